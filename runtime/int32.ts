// Instructions on i32 that are no plain JavaScript expression. Operands and results are signed int32.

import { clz32, imul } from './math.ts'
import { trap } from './traps.ts'

export function i32_div_s(x: number, y: number): number {
  if (y === 0) throw trap('divide by zero')
  if (y === -1 && x === -2147483648) throw trap('divide result unrepresentable')
  return (x / y) | 0
}

export function i32_div_u(x: number, y: number): number {
  if (y === 0) throw trap('divide by zero')
  return ((x >>> 0) / (y >>> 0)) | 0
}

export function i32_rem_s(x: number, y: number): number {
  if (y === 0) throw trap('remainder by zero')
  return (x % y) | 0
}

export function i32_rem_u(x: number, y: number): number {
  if (y === 0) throw trap('remainder by zero')
  return ((x >>> 0) % (y >>> 0)) | 0
}

export function i32_ctz(x: number): number {
  return x === 0 ? 32 : 31 - clz32(x & -x)
}

export function i32_popcnt(x: number): number {
  // Hacker's Delight, 5-1: sums in fields of 2, 4 and 8 bits, and all of these in the highest byte of a product.
  const pairs = x - ((x >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export function i32_trunc_f64_s(x: number): number {
  if (x > -2147483649 && x < 2147483648) return x | 0
  throw trap('float unrepresentable in integer range')
}

export function i32_trunc_f64_u(x: number): number {
  if (x > -1 && x < 4294967296) return x | 0
  throw trap('float unrepresentable in integer range')
}

export function i32_trunc_sat_f64_s(x: number): number {
  if (x > -2147483648 && x < 2147483647) return x | 0
  return x !== x ? 0 : x < 0 ? -2147483648 : 2147483647
}

export function i32_trunc_sat_f64_u(x: number): number {
  if (x > -1 && x < 4294967295) return x | 0
  return x > 0 ? -1 : 0
}

// Every f32 is an f64 of the same value, so the conversions from f32 are those from f64.

export function i32_trunc_f32_s(x: number): number {
  return i32_trunc_f64_s(x)
}

export function i32_trunc_f32_u(x: number): number {
  return i32_trunc_f64_u(x)
}

export function i32_trunc_sat_f32_s(x: number): number {
  return i32_trunc_sat_f64_s(x)
}

export function i32_trunc_sat_f32_u(x: number): number {
  return i32_trunc_sat_f64_u(x)
}
