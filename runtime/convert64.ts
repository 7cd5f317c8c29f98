// Conversions between i64 and floats. An i64 is a pair of int32; a function that makes one returns the low half and
// leaves the high half in ri[0]. Every f32 is an f64 of the same value, so conversions from f32 are those from f64.
//
// `x | 0` is exact for a float of any size: JavaScript's ToInt32 truncates, then takes the value modulo 2^32.

import { fround, trunc } from './math.ts'
import { ri } from './results.ts'
import { trap } from './traps.ts'

export function i64_trunc_f64_s(x: number): number {
  if (!(x >= -0x8000000000000000 && x < 0x8000000000000000)) throw trap('float unrepresentable in integer range')
  ri[0] = Math.floor(trunc(x) / 4294967296)
  return x | 0
}

export function i64_trunc_f64_u(x: number): number {
  if (!(x > -1 && x < 0x10000000000000000)) throw trap('float unrepresentable in integer range')
  ri[0] = Math.floor(trunc(x) / 4294967296)
  return x | 0
}

export function i64_trunc_sat_f64_s(x: number): number {
  if (x >= -0x8000000000000000 && x < 0x8000000000000000) {
    ri[0] = Math.floor(trunc(x) / 4294967296)
    return x | 0
  }
  ri[0] = x !== x ? 0 : x < 0 ? -2147483648 : 2147483647
  return x > 0 ? -1 : 0
}

export function i64_trunc_sat_f64_u(x: number): number {
  if (x > -1 && x < 0x10000000000000000) {
    ri[0] = Math.floor(trunc(x) / 4294967296)
    return x | 0
  }
  ri[0] = x > 0 ? -1 : 0
  return ri[0]
}

export function i64_trunc_f32_s(x: number): number {
  return i64_trunc_f64_s(x)
}

export function i64_trunc_f32_u(x: number): number {
  return i64_trunc_f64_u(x)
}

export function i64_trunc_sat_f32_s(x: number): number {
  return i64_trunc_sat_f64_s(x)
}

export function i64_trunc_sat_f32_u(x: number): number {
  return i64_trunc_sat_f64_u(x)
}

// The high half times 2^32 is exact, so the sum is rounded once.

export function f64_convert_i64_s(low: number, high: number): number {
  return high * 4294967296 + (low >>> 0)
}

export function f64_convert_i64_u(low: number, high: number): number {
  return (high >>> 0) * 4294967296 + (low >>> 0)
}

export function f32_convert_i64_s(low: number, high: number): number {
  const short = (high + 0x1fffff) >>> 0 < 0x3fffff
  return fround(f64_convert_i64_s(short ? low : sticky(low), high))
}

export function f32_convert_i64_u(low: number, high: number): number {
  return fround(f64_convert_i64_u((high & 0xffe00000) === 0 ? low : sticky(low), high))
}

/**
 * The low half of an i64 of magnitude 2^53 or more, made such that the i64 is an f64 without rounding and lies on the
 * same side of every f32 and every midpoint of two (all multiples of 2^29): bit 11 says whether a lower bit was set.
 */
function sticky(low: number): number {
  return (low & 0x7ff) === 0 ? low : (low & ~0x7ff) | 0x800
}
