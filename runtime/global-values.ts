// The values of globals as JavaScript sees them: a function to read and one to set, by type. A module has those of the
// types of its globals.

import { i64_in, i64_out, ref_in_F } from './boundary.ts'
import { type FuncRef, func_object } from './func.ts'
import type { GlobalGetter, GlobalInstance, GlobalPutter } from './global.ts'
import { fround } from './math.ts'
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

/** @param type letter of a value type */
export function global_getter(type: string): GlobalGetter {
  return type === 'I' ? global_get_I : type === 'F' ? global_get_F : global_get
}

export function global_putter(type: string): GlobalPutter {
  const putters = [global_put_i, global_put_I, global_put_f, global_put_d, global_put_F, global_put_x]
  return putters['iIfdFx'.indexOf(type)]!
}
