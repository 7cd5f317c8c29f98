// A local of each number type, and ways from one type to another.

import type { Operation } from '../../../src/0-wasm/ops/index.ts'
import { type NumName, opcode } from '../../binary/code.ts'
import { get, join, ofCode, set } from '../code.ts'

export const TYPES: readonly NumName[] = ['i32', 'i64', 'f32', 'f64']

/** A local of the type: local 0 is the parameter, 1 the result, then one of each. */
export const LOCAL: Record<NumName, number> = { i32: 2, i64: 3, f32: 4, f64: 5 }

/** From a type to another one. */
const CONVERT: Record<NumName, Record<NumName, readonly Operation[]>> = {
  i32: { i32: [], i64: ['i64.extend_i32_s'], f32: ['f32.convert_i32_s'], f64: ['f64.convert_i32_s'] },
  i64: { i32: ['i32.wrap_i64'], i64: [], f32: ['f32.convert_i64_s'], f64: ['f64.convert_i64_s'] },
  f32: { i32: ['i32.reinterpret_f32'], i64: ['i64.trunc_sat_f32_s'], f32: [], f64: ['f64.promote_f32'] },
  f64: { i32: ['i32.trunc_sat_f64_s'], i64: ['i64.reinterpret_f64'], f32: ['f32.demote_f64'], f64: [] },
}

export const convert = (from: NumName, to: NumName): number[] => CONVERT[from][to].flatMap((op) => opcode(op))

/** Sets the locals of all types to what only the caller knows. */
const BEGIN = [
  ...get(0),
  ...set(2),
  ...TYPES.slice(1).flatMap((type) => [...get(0), ...convert('i32', type), ...set(LOCAL[type])]),
]

/** A module whose function has the locals of all types. */
export const ofValues = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  ofCode(join(BEGIN, code), 2, ['i64', 'f32', 'f64'])

/** Gives local 1 what depends on a value. */
export const use = (type: NumName): number[] => [...convert(type, 'i32'), ...set(1)]
