// The numeric instructions of fixed type, from the instruction table.

import { type Op, ops } from '../../src/0-wasm/ops/index.ts'
import type { NumName } from '../binary/code.ts'

const NUMBERS: readonly string[] = ['i32', 'i64', 'f32', 'f64']

export interface PlainNumeric {
  readonly name: Op['name']
  readonly params: readonly NumName[]
  readonly result: NumName
  /** Whether a NaN result is one the instruction computes, and not one it moves. */
  readonly arithmetic: boolean
}

const MOVES_NAN = /abs|neg|copysign|reinterpret/

/** Every instruction from numbers to one number, constants aside. */
export const plainNumeric: readonly PlainNumeric[] = ops.flatMap(({ name, type, immediates, effect }) => {
  const computes = effect === 'pure' || effect === 'trap'
  if (!type || !computes || immediates.length > 0 || type.params.length === 0 || type.results.length !== 1) return []
  if (![...type.params, ...type.results].every((atom) => NUMBERS.includes(atom))) return []
  const params = type.params as NumName[]
  return [{ name, params, result: type.results[0] as NumName, arithmetic: !MOVES_NAN.test(name) }]
})
