// Values on their way between WebAssembly and JavaScript (JavaScript API, ToWebAssemblyValue and ToJSValue), as far as
// a JavaScript operator does not do it. BigInt appears here only.

import { bits_high, bits_low } from './bits.ts'
import { type FuncRef, func_object, func_raw } from './func.ts'
import { ri } from './results.ts'

// A cell to take a BigInt apart; engines had BigInt before they had arrays of it.
const big_cell: BigInt64Array | null = typeof BigInt64Array === 'function' ? new BigInt64Array(1) : null
const big_halves: Int32Array | null = big_cell !== null ? new Int32Array(big_cell.buffer) : null

/**
 * ToBigInt64.
 * @returns the low half; the high half is in ri[0]
 */
export function i64_in(x: unknown): number {
  if (big_cell !== null) {
    big_cell[0] = x as bigint
    ri[0] = big_halves![bits_high]!
    return big_halves![bits_low]!
  }
  return i64_in_plain(x)
}

export function i64_out(low: number, high: number): bigint {
  if (big_cell !== null) {
    big_halves![bits_low] = low
    big_halves![bits_high] = high
    return big_cell[0]!
  }
  return i64_out_plain(low, high)
}

/** `i64_in` for engines without BigInt64Array. */
export function i64_in_plain(x: unknown): number {
  const value = BigInt.asUintN(64, x as bigint)
  ri[0] = Number(value / BigInt(4294967296))
  return Number(BigInt.asIntN(32, value))
}

/** `i64_out` for engines without BigInt64Array. */
export function i64_out_plain(low: number, high: number): bigint {
  return BigInt(high) * BigInt(4294967296) + BigInt(low >>> 0)
}

/** What functions throw that would pass values which JavaScript has none for. */
export function no_js_value(): Error {
  return new TypeError('type incompatibility when transforming from/to JS')
}

/** @returns the raw function of an Exported Function, or null; a TypeError for any other value */
export function ref_in_F(x: unknown): FuncRef {
  if (x === null) return null
  const raw = func_raw(x)
  if (raw === undefined) throw new TypeError('function-typed object must be null or a WebAssembly function object')
  return raw
}

/** @returns the Exported Function, or null */
export function ref_out_F(raw: FuncRef): object | null {
  return func_object(raw)
}

/**
 * The results of a host function that gives several.
 * @param n how many it must be
 */
export function iterate(x: unknown, n: number): unknown[] {
  const values = iterate_list(x)
  if (values.length !== n) throw new TypeError('multi-return length mismatch: expected ' + n + ', got ' + values.length)
  return values
}

/** @returns the values of an iterable; of an array, where engines have no others */
export function iterate_list(x: unknown): unknown[] {
  if (typeof Symbol === 'function') return iterate_all(x as Iterable<unknown>)
  if (Array.isArray(x)) return x
  throw new TypeError('multi-return value must be an array')
}

function iterate_all(x: Iterable<unknown>): unknown[] {
  const method = x[Symbol.iterator]
  if (typeof method !== 'function') throw new TypeError('multi-return value must be iterable')
  const iterator = method.call(x)
  const next = iterator.next
  const values: unknown[] = []
  for (;;) {
    const step = next.call(iterator)
    if (step === null || (typeof step !== 'object' && typeof step !== 'function')) {
      throw new TypeError('iterator result ' + String(step) + ' is not an object')
    }
    if (step.done) return values
    values.push(step.value)
  }
}
