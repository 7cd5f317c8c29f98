// Constant expressions: lowered as the body of a function would be, and emitted where instantiation needs the value.

import type * as es from 'estree'
import type { ConstExpr } from '../0-wasm/module.ts'
import type { AddressType, ValType } from '../0-wasm/types.ts'
import { lowerConstant } from '../4-lower/lower.ts'
import { optimize } from '../5-optimize/passes.ts'
import { cond, type Node, num, vars } from './build.ts'
import { FunctionContext } from './context.ts'
import { value } from './expression.ts'
import type { InstanceContext } from './instance-context.ts'
import { emitBody } from './statement.ts'

/** The registers of the value, and statements that must stand before it. */
export interface Constant {
  readonly before: readonly es.Statement[]
  readonly registers: readonly Node[]
}

/** What it uses, the instance uses. */
export function emitConstant({ c, uses }: InstanceContext, expr: ConstExpr, type: ValType): Constant {
  const optimized = optimize(lowerConstant(c.module, expr, type), undefined)[0]!
  const context = new FunctionContext(c, optimized, uses)
  const body = optimized.func.body.slice(0, -1)
  const last = optimized.func.body[optimized.func.body.length - 1]!
  if (last.kind !== 'return') throw new Error('a constant expression ends in its value')
  const before = emitBody(context, body)
  const names = optimized.allocation.types.map((_, i): [string, null] => [context.numbered(i), null])
  const registers = last.values.map((e) => value(context, e))
  return { before: names.length === 0 ? before : [vars(names), ...before], registers }
}

/** The place of a segment, as an i32: one of 64 bits is 2^32 - 1 if it is larger (4-lower/addresses.ts). */
export function emitAddress(
  i: InstanceContext,
  expr: ConstExpr,
  type: AddressType,
): { readonly before: readonly es.Statement[]; readonly address: Node } {
  const { before, registers } = emitConstant(i, expr, type)
  const [lo, hi] = registers as [Node, Node?]
  return { before, address: hi === undefined ? lo : cond(hi, num(-1), lo) }
}
