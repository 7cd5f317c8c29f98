// Typing by instruction: those of fixed type straight from their row, the others by a rule of their own.

import { type Op, type OpName, ops, type PlainOp } from '../0-wasm/ops/index.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { aggregateRules } from './aggregate-rules.ts'
import type { Checker } from './checker.ts'
import { controlRules } from './control-rules.ts'
import { exceptionRules } from './exception-rules.ts'
import { addressType, CHECKS } from './immediates.ts'
import { referenceRules } from './reference-rules.ts'
import { variableRules } from './variable-rules.ts'

type Rule = (checker: Checker, ins: Instruction) => void

/** Every instruction whose row has no type, and no other: the type checker counts. */
const RULES: { readonly [Op in Exclude<OpName, PlainOp>]: Rule } = {
  ...controlRules,
  ...variableRules,
  ...exceptionRules,
  ...referenceRules,
  ...aggregateRules,
}

const isSpecial = (name: OpName): name is keyof typeof RULES => name in RULES

/** The rule of each instruction by `Op.id`. */
const RULE_OF: readonly Rule[] = ops.map(({ name }: Op) => (isSpecial(name) ? RULES[name] : plain))

/** Checks an instruction in its context and applies its type to the operand stack. */
export function applyRule(checker: Checker, ins: Instruction): void {
  checker.ins = ins
  CHECKS[ins.op.id]?.(checker, ins)
  RULE_OF[ins.op.id]!(checker, ins)
}

function plain(checker: Checker, ins: Instruction): void {
  const { params, results } = ins.op.type!
  for (let index = params.length - 1; index >= 0; index--) {
    const type = params[index]!
    checker.popVal(type === 'addr' ? addressType(checker.module, ins) : type)
  }
  for (let index = 0; index < results.length; index++) {
    const type = results[index]!
    checker.pushVal(type === 'addr' ? addressType(checker.module, ins) : type)
  }
}
