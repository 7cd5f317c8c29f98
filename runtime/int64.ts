// Instructions on i64 that are no short expression, division apart. An i64 is a pair of int32; a function returns the
// low half and leaves the high half in ri[0].

import { i32_ctz, i32_popcnt } from './int32.ts'
import { clz32, imul } from './math.ts'
import { ri } from './results.ts'

export function i64_mul(al: number, ah: number, bl: number, bh: number): number {
  // Hacker's Delight, 8-2: the high word of the product of the low words, from 16-bit halves.
  const a0 = al & 0xffff
  const a1 = al >>> 16
  const b0 = bl & 0xffff
  const b1 = bl >>> 16
  const middle = (imul(a1, b0) + (imul(a0, b0) >>> 16)) | 0
  const carry = (imul(a0, b1) + (middle & 0xffff)) | 0
  const high = (imul(a1, b1) + (middle >>> 16) + (carry >>> 16)) | 0
  ri[0] = (high + ((imul(al, bh) + imul(ah, bl)) | 0)) | 0
  return imul(al, bl)
}

// Counts fit the low half: these three leave ri[0] alone, the high half is 0.

export function i64_clz(al: number, ah: number): number {
  return ah !== 0 ? clz32(ah) : 32 + clz32(al)
}

export function i64_ctz(al: number, ah: number): number {
  return al !== 0 ? i32_ctz(al) : 32 + i32_ctz(ah)
}

export function i64_popcnt(al: number, ah: number): number {
  return i32_popcnt(al) + i32_popcnt(ah)
}
