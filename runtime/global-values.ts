// The values of globals as JavaScript sees them: a function to read and one to set for each type. A module has those of the
// types of its globals (src/6-emit/values.ts).

import { i64_in, i64_out, no_js_value, ref_in_F } from './boundary.ts'
import { type FuncRef, func_object } from './func.ts'
import type { GlobalInstance } from './global.ts'
import { fround } from './math.ts'
import type { RefType } from './ref-types.ts'
import { ri } from './results.ts'

/** Of numbers that are a register as they stand, and of externref. */
export function global_get(g: GlobalInstance): unknown {
  return g.v
}

export function global_get_I(g: GlobalInstance): unknown {
  return i64_out(g.v as number, g.h)
}

export function global_get_F(g: GlobalInstance): unknown {
  return func_object(g.v as FuncRef)
}

/** Of references of the types without a letter. */
export function global_get_ref(g: GlobalInstance): unknown {
  return (g.type as RefType).give(g.v)
}

export function global_put_ref(g: GlobalInstance, x: unknown): void {
  g.v = (g.type as RefType).take(x, false)
}

/** Of values that JavaScript has none for. */
export function global_get_none(): never {
  throw no_js_value()
}

export function global_put_none(): never {
  throw no_js_value()
}

export function global_put_i(g: GlobalInstance, x: unknown): void {
  g.v = (x as number) | 0
}

export function global_put_I(g: GlobalInstance, x: unknown): void {
  g.v = i64_in(x)
  g.h = ri[0]!
}

export function global_put_f(g: GlobalInstance, x: unknown): void {
  g.v = fround(x as number)
}

export function global_put_d(g: GlobalInstance, x: unknown): void {
  g.v = +(x as number)
}

export function global_put_F(g: GlobalInstance, x: unknown): void {
  g.v = ref_in_F(x)
}

export function global_put_x(g: GlobalInstance, x: unknown): void {
  g.v = x
}
