// Instructions on f32 and f64 that are no plain JavaScript expression, and the bits of NaN.
//
// An f32 is held as the f64 of the same value. The hardware's widening quiets a signalling NaN, so an f32 signalling NaN
// is held as a quiet f64 NaN whose lowest mantissa bit, which no widened f32 has, says "was signalling" (the mark).
// Rounding to f32 drops the mark, which is what arithmetic has to do with a signalling NaN.

import { bits_f32, bits_f32_i32, bits_f64, bits_high, bits_i32, bits_low, bits_put } from './bits.ts'
import { fround, trunc } from './math.ts'
import { ri } from './results.ts'

/** Rounds to the nearest integer, ties to even. */
export function f64_nearest(x: number): number {
  // At 2^52 and above an f64 has no fraction: the sum is rounded to an integer, ties to even.
  if (x > 0) return x < 4503599627370496 ? x + 4503599627370496 - 4503599627370496 : x
  if (x < 0) return x > -4503599627370496 ? -(4503599627370496 - x - 4503599627370496) : x
  return x === x ? x : NaN
}

/** The result of arithmetic on f64 or f32 that an engine may have left out or given a NaN of its own: the canonical NaN. */
export function f64_quiet(x: number): number {
  return x === x ? x : NaN
}

export function f32_nearest(x: number): number {
  return f64_nearest(x)
}

export function f64_trunc(x: number): number {
  return x === x ? trunc(x) : NaN
}

export function f32_trunc(x: number): number {
  return f64_trunc(x)
}

/** `x` with the sign of `y`, NaN and -0 included. */
export function f64_copysign(x: number, y: number): number {
  if (x === x && y === y) return y < 0 || (y === 0 && 1 / y < 0) ? -Math.abs(x) : Math.abs(x)
  bits_f64[0] = y
  const sign = bits_i32[bits_high]! & 0x80000000
  bits_put(x)
  bits_i32[bits_high] = (bits_i32[bits_high]! & 0x7fffffff) | sign
  return bits_f64[0]
}

export function f32_copysign(x: number, y: number): number {
  return f64_copysign(x, y)
}

// JavaScript's own operators need not keep the bits of a NaN.

export function f64_neg(x: number): number {
  return x === x ? -x : nan_negate(x)
}

export function f32_neg(x: number): number {
  return x === x ? -x : nan_negate(x)
}

export function f64_abs(x: number): number {
  return x === x ? Math.abs(x) : f64_copysign(x, 1)
}

export function f32_abs(x: number): number {
  return x === x ? Math.abs(x) : f64_copysign(x, 1)
}

function nan_negate(x: number): number {
  bits_put(x)
  bits_i32[bits_high]! ^= 0x80000000
  return bits_f64[0]!
}

/** @returns the low half; the high half is in ri[0]. */
export function i64_reinterpret_f64(x: number): number {
  bits_put(x)
  ri[0] = bits_i32[bits_high]!
  return bits_i32[bits_low]!
}

export function f64_reinterpret_i64(low: number, high: number): number {
  bits_i32[bits_low] = low
  bits_i32[bits_high] = high
  return bits_f64[0]!
}

export function i32_reinterpret_f32(x: number): number {
  if (x !== x) return f32_nan_bits(x)
  bits_f32[0] = x
  return bits_f32_i32[0]!
}

export function f32_reinterpret_i32(x: number): number {
  bits_f32_i32[0] = x
  const y = bits_f32[0]!
  return y === y ? y : f32_nan(x)
}

/** @returns the bits of an f32 that is a NaN */
export function f32_nan_bits(x: number): number {
  bits_put(x)
  const high = bits_i32[bits_high]!
  const low = bits_i32[bits_low]!
  const bits = (high & 0x80000000) | 0x7f800000 | ((high & 0xfffff) << 3) | (low >>> 29)
  return (low & 1) === 0 ? bits : bits & ~0x400000
}

/** @returns the NaN with these bits */
export function f32_nan(x: number): number {
  bits_i32[bits_low] = (x << 29) | ((x & 0x400000) === 0 ? 1 : 0)
  bits_i32[bits_high] = (x & 0x80000000) | 0x7ff80000 | ((x & 0x7fffff) >> 3)
  return bits_f64[0]!
}

/** Rounding an f32 changes only the mark of a NaN, which an f64 must not have. */
export function f64_promote_f32(x: number): number {
  return fround(x)
}

export function f32_demote_f64(x: number): number {
  return fround(x)
}
