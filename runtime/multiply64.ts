// Products of 128 bits. Operands are pairs of int32; a function returns the low half of its result and leaves the high half
// in ri[0].

import { imul } from './math.ts'
import { ri } from './results.ts'

/** The high 64 bits of the product of two unsigned i64, added up by columns of words as doubles, which are exact below 2^53. */
export function i64_mul_high_u(al: number, ah: number, bl: number, bh: number): number {
  const second = u32_mul_high(al, bl) + (imul(ah, bl) >>> 0) + (imul(al, bh) >>> 0)
  const carry = Math.floor(second / 4294967296)
  const third = u32_mul_high(ah, bl) + u32_mul_high(al, bh) + (imul(ah, bh) >>> 0) + carry
  ri[0] = u32_mul_high(ah, bh) + Math.floor(third / 4294967296)
  return third | 0
}

/** The rounded product is off by 2^10 at most, far less than the half of 2^32 that is added. */
function u32_mul_high(a: number, b: number): number {
  return Math.floor(((a >>> 0) * (b >>> 0) - (imul(a, b) >>> 0)) / 4294967296 + 0.5)
}
