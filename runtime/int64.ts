// Instructions on i64 that are no short expression, division apart. An i64 is a pair of int32. Counts fit the low half:
// the high half is 0, and ri[0] is left alone.

import { i32_ctz, i32_popcnt } from './int32.ts'
import { clz32 } from './math.ts'

export function i64_clz(al: number, ah: number): number {
  return ah !== 0 ? clz32(ah) : 32 + clz32(al)
}

export function i64_ctz(al: number, ah: number): number {
  return al !== 0 ? i32_ctz(al) : 32 + i32_ctz(ah)
}

export function i64_popcnt(al: number, ah: number): number {
  return i32_popcnt(al) + i32_popcnt(ah)
}
