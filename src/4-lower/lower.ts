// Validates and lowers a function in one walk over its instructions.

import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import { FunctionValidator } from '../2-validate/function.ts'
import type { Func } from '../3-ir/ir.ts'
import { FunctionLowering } from './function.ts'
import type { Inlinable } from './inline.ts'
import { LIMITS, type Limits } from './limits.ts'

/** A function's IR, and what lowering noted on the way. */
export interface Lowered {
  readonly func: Func
  readonly lowering: FunctionLowering
}

/**
 * @param index of a function with code. Throws a CompileError if it is not valid.
 * @param isWide whether an i64 is one register (wide.ts)
 */
export function lowerFunction(
  module: Module,
  index: number,
  inlinable?: Inlinable,
  isWide = false,
  limits: Limits = LIMITS,
): Lowered {
  const { body, type: typeIndex } = module.funcs[index]!
  const reader = new CodeReader(module, body!.start, body!.end)
  const type = module.types[typeIndex]!.composite as FuncType
  const locals = [...type.params, ...reader.locals()]
  const validator = new FunctionValidator(module, index, locals)
  const lowering = new FunctionLowering(module, index, type, locals, inlinable, isWide, limits)
  while (reader.next()) {
    validator.step(reader.ins)
    lowering.step(reader.ins)
  }
  validator.finish()
  return { func: lowering.finish(), lowering }
}
