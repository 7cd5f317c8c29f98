// Constant expressions: lowered as the body of a function would be, and emitted where instantiation needs the value.

import type * as es from 'estree'
import type { ConstExpr } from '../0-wasm/module.ts'
import type { ValType } from '../0-wasm/types.ts'
import { lowerConstant } from '../4-lower/lower.ts'
import { optimize } from '../5-optimize/passes.ts'
import { type Node, vars } from './build.ts'
import { FunctionContext, type ModuleContext } from './context.ts'
import { value } from './expression.ts'
import { emitBody } from './statement.ts'

/** The registers of the value, and statements that must stand before it. */
export interface Constant {
  readonly before: readonly es.Statement[]
  readonly registers: readonly Node[]
}

export function emitConstant(module: ModuleContext, expr: ConstExpr, type: ValType): Constant {
  const optimized = optimize(lowerConstant(module.module, expr, type), undefined)[0]!
  const context = new FunctionContext(module, optimized)
  const body = optimized.func.body.slice(0, -1)
  const last = optimized.func.body[optimized.func.body.length - 1]!
  if (last.kind !== 'return') throw new Error('a constant expression ends in its value')
  const before = emitBody(context, body)
  const names = optimized.allocation.types.map((_, i): [string, null] => [context.numbered(i), null])
  return {
    before: names.length === 0 ? before : [vars(names), ...before],
    registers: last.values.map((e) => value(context, e)),
  }
}
