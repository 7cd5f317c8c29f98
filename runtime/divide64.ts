// Division of i64. Operands are pairs of int32; a function returns the low half of its result and leaves the high half
// in ri[0].
//
// Both operands under 2^53: `floor(a / b)` in doubles is the exact quotient, for a quotient that rounds up to the next
// integer needs a >= 2^53. Anything else goes to `u64_divide`.

import { i64_mul } from './int64.ts'
import { ri } from './results.ts'
import { trap } from './traps.ts'

export function i64_div_u(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('divide by zero')
  if (((ah | bh) & 0xffe00000) === 0) {
    const quotient = Math.floor((ah * 4294967296 + (al >>> 0)) / (bh * 4294967296 + (bl >>> 0)))
    ri[0] = quotient / 4294967296
    return quotient | 0
  }
  return u64_divide(al, ah, bl, bh)
}

export function i64_rem_u(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('remainder by zero')
  if (((ah | bh) & 0xffe00000) === 0) {
    const a = ah * 4294967296 + (al >>> 0)
    const b = bh * 4294967296 + (bl >>> 0)
    const remainder = a - Math.floor(a / b) * b
    ri[0] = remainder / 4294967296
    return remainder | 0
  }
  if (bh === 0) return u64_remainder_short(al, ah, bl)
  return u64_remainder(al, ah, bl, bh, u64_divide(al, ah, bl, bh), ri[0])
}

export function i64_div_s(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('divide by zero')
  if (is_short(ah) && is_short(bh)) {
    const exact = (ah * 4294967296 + (al >>> 0)) / (bh * 4294967296 + (bl >>> 0))
    const quotient = exact < 0 ? Math.ceil(exact) : Math.floor(exact)
    ri[0] = Math.floor(quotient / 4294967296)
    return quotient | 0
  }
  if ((bl & bh) === -1 && al === 0 && ah === -2147483648) throw trap('divide result unrepresentable')
  const low = u64_divide(magnitude(al, ah), ri[0], magnitude(bl, bh), ri[0])
  return (ah ^ bh) < 0 ? negate(low, ri[0]) : low
}

export function i64_rem_s(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('remainder by zero')
  if (is_short(ah) && is_short(bh)) {
    const a = ah * 4294967296 + (al >>> 0)
    const b = bh * 4294967296 + (bl >>> 0)
    const exact = a / b
    const remainder = a - (exact < 0 ? Math.ceil(exact) : Math.floor(exact)) * b
    ri[0] = Math.floor(remainder / 4294967296)
    return remainder | 0
  }
  const ml = magnitude(al, ah)
  const mh = ri[0]
  const nl = magnitude(bl, bh)
  const nh = ri[0]
  const low = u64_remainder(ml, mh, nl, nh, u64_divide(ml, mh, nl, nh), ri[0])
  return ah < 0 ? negate(low, ri[0]) : low
}

/** Whether the magnitude of an i64 with this high half is under 2^53. */
function is_short(high: number): boolean {
  return (high + 0x1fffff) >>> 0 < 0x3fffff
}

function negate(low: number, high: number): number {
  ri[0] = ~high + (low === 0 ? 1 : 0)
  return -low | 0
}

function magnitude(low: number, high: number): number {
  if (high < 0) return negate(low, high)
  ri[0] = high
  return low
}

/** Exact quotient of unsigned operands, `b` not 0. */
function u64_divide(al: number, ah: number, bl: number, bh: number): number {
  return bh === 0 ? u64_divide_short(al, ah, bl) : u64_divide_long(al, ah, bl, bh)
}

/** Schoolbook division by `b` < 2^32, in digits of 32, 16 and 16 bits: every step stays under 2^48. */
function u64_divide_short(al: number, ah: number, bl: number): number {
  const high = ah >>> 0
  const b = bl >>> 0
  const q2 = Math.floor(high / b)
  const d1 = (high - q2 * b) * 65536 + (al >>> 16)
  const q1 = Math.floor(d1 / b)
  const q0 = Math.floor(((d1 - q1 * b) * 65536 + (al & 0xffff)) / b)
  ri[0] = q2
  return (q1 * 65536 + q0) | 0
}

/** The remainder of a division by `b` < 2^32, in two digits if what is left of the first fits a double with the second. */
function u64_remainder_short(al: number, ah: number, bl: number): number {
  // Words cross calls as int32: V8 allocates for larger numbers.
  const high = ah >>> 0
  const b = bl >>> 0
  const r2 = high - Math.floor(high / b) * b
  ri[0] = 0
  if (b <= 0x200000) {
    const d = r2 * 4294967296 + (al >>> 0)
    return (d - Math.floor(d / b) * b) | 0
  }
  const d1 = r2 * 65536 + (al >>> 16)
  const d0 = (d1 - Math.floor(d1 / b) * b) * 65536 + (al & 0xffff)
  return (d0 - Math.floor(d0 / b) * b) | 0
}

/** Division by `b` >= 2^32: the quotient is under 2^32. */
function u64_divide_long(al: number, ah: number, bl: number, bh: number): number {
  // Four roundings can add 2^-51 of the quotient; 2^-50 taken off, the guess is right or one too small.
  const ratio = ((ah >>> 0) * 4294967296 + (al >>> 0)) / ((bh >>> 0) * 4294967296 + (bl >>> 0))
  const guess = Math.floor(ratio * (1 - 8.881784197001252e-16)) | 0
  const low = u64_remainder(al, ah, bl, bh, guess, 0)
  const high = ri[0]
  const above = high >>> 0 > bh >>> 0 || (high === bh && low >>> 0 >= bl >>> 0)
  ri[0] = 0
  return above ? (guess + 1) | 0 : guess
}

/** `a - b * quotient` */
function u64_remainder(al: number, ah: number, bl: number, bh: number, ql: number, qh: number): number {
  const low = i64_mul(bl, bh, ql, qh)
  ri[0] = ah - ri[0] - (al >>> 0 < low >>> 0 ? 1 : 0)
  return (al - low) | 0
}
