// Validates and lowers a function in one walk over its instructions.

import { refusal } from '../0-wasm/feature-use.ts'
import type { Feature } from '../0-wasm/features.ts'
import { Locals } from '../0-wasm/locals.ts'
import type { ConstExpr, Module } from '../0-wasm/module.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import { FunctionValidator } from '../2-validate/function.ts'
import type { Func } from '../3-ir/ir.ts'
import { lowerPlainTail } from './branches.ts'
import { FunctionBuilder } from './builder.ts'
import { skip } from './control.ts'
import { type Inlinable, inlineCall } from './inline.ts'
import { LIMITS, type Limits } from './limits.ts'
import { LOWER } from './rules.ts'
import { callTargets, type Targets } from './targets.ts'

/** Those of whose instructions lowering is told what the validator found (`Instruction.operand`). */
const TOLD: ReadonlySet<Feature> = new Set<Feature>(['function-references', 'gc'])

/** Whether functions of a module that is valid are validated again as they are lowered. */
export const needsValidator = ({ features }: Module): boolean => features.used.some((feature) => TOLD.has(feature))

/** A function's IR, and what lowering noted on the way. */
export interface Lowered {
  readonly func: Func
  readonly hasLoops: boolean
  /** Indices of the locals that it sets. */
  readonly setLocals: ReadonlySet<number>
}

/** What is known of the functions that a function calls. */
export interface Callees {
  /** The functions to put where they are called. */
  readonly inlinable: Inlinable
  readonly targets: Targets
  /** Whether a tail call of a function may be a plain call. */
  readonly isPlainTail: (func: number) => boolean
}

const UNKNOWN: Callees = { inlinable: () => undefined, targets: () => undefined, isPlainTail: () => false }

/**
 * @param index of a function with code
 * @param isValid whether it has been validated, and need not be again (`needsValidator`)
 *
 * Throws a CompileError if it is not valid, or uses a feature that is not available.
 */
export function lowerFunction(
  module: Module,
  index: number,
  callees = UNKNOWN,
  limits: Limits = LIMITS,
  isValid = false,
): Lowered {
  const { body, type: typeIndex } = module.funcs[index]!
  const reader = new CodeReader(module, body!.start, body!.end)
  const type = module.types[typeIndex]!.composite as FuncType
  const locals = new Locals(type.params, reader.locals(type.params.length))
  const { features } = module
  if (features.isLacking) throw refusal(module)
  const validator = isValid ? undefined : new FunctionValidator(module, index, locals)
  const b = new FunctionBuilder({ module, index, type, locals }, limits)
  while (reader.next()) {
    validator?.step(reader.ins)
    if (features.isLacking) throw refusal(module)
    step(b, reader, callees)
  }
  validator?.finish()
  return b
}

/** Lowers a constant expression, which is valid, as the body of a function that returns its value. */
export function lowerConstant(module: Module, expr: ConstExpr, type: ValType): Func {
  const reader = new CodeReader(module, expr.start, expr.end)
  const b = new FunctionBuilder(
    { module, index: -1, type: { kind: 'func', params: [], results: [type] }, locals: [] },
    LIMITS,
  )
  while (reader.next()) step(b, reader, UNKNOWN)
  return b.func
}

/** Lowers one instruction; those that cannot be reached leave nothing. */
function step(b: FunctionBuilder, { ins }: CodeReader, { inlinable, targets, isPlainTail }: Callees): void {
  b.at = ins.offset
  if (!b.reachable) return skip(b, ins)
  if (ins.op.name === 'call' && inlineCall(b, ins.index, inlinable)) return
  if (ins.op.name === 'call_indirect' && callTargets(b, ins, targets)) return
  if (ins.op.name === 'return_call' && b.tries === 0 && isPlainTail(ins.index)) return lowerPlainTail(b, ins)
  LOWER[ins.op.id]!(b, ins)
}
