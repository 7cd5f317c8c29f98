// Typing rules of the control instructions (spec, "Validation / Instructions / Control Instructions").

import { matches, matchesAll } from '../0-wasm/subtyping.ts'
import { FUNCREF, type FuncType, typeName as name } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { type Checker, type FrameKind, labelTypes } from './checker.ts'

/** Opens a block of this kind. */
const enter =
  (kind: FrameKind) =>
  (checker: Checker, { blockType }: Instruction): void => {
    checkBlockType(checker, blockType)
    checker.popVals(blockType.params)
    checker.pushCtrl(kind, blockType)
  }

/** The one result that a block type may name in place of a type index. */
function checkBlockType(checker: Checker, { results }: FuncType): void {
  if (results.length === 1) checker.checkType(results[0]!)
}

const enterIf = enter('if')

/** Where the format wants another instruction, or `end`: a fault of form, not of types. */
function otherwise(checker: Checker): void {
  if (checker.frame.kind !== 'if') throw checker.fail('END opcode expected: else without if', 'malformed')
  const { type } = checker.popCtrl()
  checker.pushCtrl('else', type)
}

function end(checker: Checker): void {
  const { kind, type } = checker.popCtrl()
  // An if without else passes its parameters on.
  if (kind === 'if' && !matchesAll(checker.module, type.params, type.results)) {
    throw checker.fail('type mismatch: if without else must have results like its parameters')
  }
  if (checker.depth > 0) checker.pushVals(type.results)
}

function branch(checker: Checker, ins: Instruction): void {
  checker.popVals(labelTypes(checker.label(ins.index)))
  checker.unreachable()
}

function branchIf(checker: Checker, ins: Instruction): void {
  checker.popVal('i32')
  const types = labelTypes(checker.label(ins.index))
  checker.popVals(types)
  checker.pushVals(types)
}

function branchTable(checker: Checker, ins: Instruction): void {
  checker.popVal('i32')
  const { labels } = ins
  const defaults = labelTypes(checker.label(labels.at(-1)!))
  for (let index = 0; index < labels.length; index++) {
    const frame = checker.label(labels[index]!)
    if (frame.seenBy === ins.offset) continue
    frame.seenBy = ins.offset
    const types = labelTypes(frame)
    if (types.length !== defaults.length) {
      const arities = `${types.length} and ${defaults.length}`
      throw checker.fail(`type mismatch: br_table has labels with different numbers of values: ${arities}`)
    }
    checker.peekVals(types)
  }
  checker.unreachable()
}

function applyCall(checker: Checker, type: FuncType): void {
  checker.popVals(type.params)
  checker.pushVals(type.results)
}

function tailCall(checker: Checker, type: FuncType): void {
  if (!matchesAll(checker.module, type.results, checker.func.results)) {
    const [callee, own] = [type.results, checker.func.results].map((types) => `[${types.map(name).join(' ')}]`)
    throw checker.fail(`type mismatch: a tail call returns ${callee}, the function ${own}`)
  }
  checker.popVals(type.params)
  checker.unreachable()
}

/** Pops the function. @returns the type that it has. */
function referencedCallee(checker: Checker, ins: Instruction): FuncType {
  const type = funcType(checker, ins.index)
  checker.popOperand(ins, { nullable: true, heap: ins.index })
  return type
}

function funcType(checker: Checker, index: number): FuncType {
  const type = checker.module.types[index]!.composite
  if (type.kind !== 'func') throw checker.fail(`type mismatch: type ${index} is not a function type`)
  return type
}

/** @returns the type of the function an instruction calls directly. */
const callee = ({ module }: Checker, ins: Instruction): FuncType =>
  module.types[module.funcs[ins.index]!.type]!.composite as FuncType

/** Pops the table index. @returns the type the instruction expects of the function. */
function indirectCallee(checker: Checker, ins: Instruction): FuncType {
  const { module } = checker
  const { element, addressType } = module.tables[ins.index2]!.type
  if (!matches(module, element, FUNCREF)) {
    throw checker.fail(
      `type mismatch: ${ins.op.name} needs a table of functions, table ${ins.index2} has ${name(element)}`,
    )
  }
  const type = funcType(checker, ins.index)
  checker.popVal(addressType)
  return type
}

export const controlRules = {
  'unreachable': (checker: Checker) => checker.unreachable(),
  'block': enter('block'),
  'loop': enter('loop'),
  'if': (checker: Checker, ins: Instruction) => {
    checker.popVal('i32')
    enterIf(checker, ins)
  },
  'else': otherwise,
  'end': end,
  'br': branch,
  'br_if': branchIf,
  'br_table': branchTable,
  'return': (checker: Checker) => {
    checker.popVals(checker.func.results)
    checker.unreachable()
  },
  'call': (checker: Checker, ins: Instruction) => applyCall(checker, callee(checker, ins)),
  'call_indirect': (checker: Checker, ins: Instruction) => applyCall(checker, indirectCallee(checker, ins)),
  'call_ref': (checker: Checker, ins: Instruction) => applyCall(checker, referencedCallee(checker, ins)),
  'return_call': (checker: Checker, ins: Instruction) => tailCall(checker, callee(checker, ins)),
  'return_call_indirect': (checker: Checker, ins: Instruction) => tailCall(checker, indirectCallee(checker, ins)),
  'return_call_ref': (checker: Checker, ins: Instruction) => tailCall(checker, referencedCallee(checker, ins)),
} as const
