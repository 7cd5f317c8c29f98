// Division of i64. Operands are pairs of int32; a function returns the low half of its result and leaves the high half
// in ri[0].
//
// Both operands under 2^53: `floor(a / b)` in doubles is the exact quotient, for a quotient that rounds up to the next
// integer needs a >= 2^53. Anything else goes through a guess of a digit of 32 bits that is right or one too small.
//
// Words cross calls as int32: V8 allocates for numbers above.

import { imul, trunc } from './math.ts'
import { ri } from './results.ts'
import { trap } from './traps.ts'

export function i64_div_u(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('divide by zero')
  if ((ah | bh) === 0) {
    ri[0] = 0
    return ((al >>> 0) / (bl >>> 0)) | 0
  }
  if (((ah | bh) & 0xffe00000) === 0) {
    const quotient = Math.floor((ah * 4294967296 + (al >>> 0)) / (bh * 4294967296 + (bl >>> 0)))
    ri[0] = quotient / 4294967296
    return quotient | 0
  }
  return u64_divide(al, ah, bl, bh)
}

export function i64_rem_u(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('remainder by zero')
  if ((ah | bh) === 0) {
    ri[0] = 0
    return ((al >>> 0) % (bl >>> 0)) | 0
  }
  if (((ah | bh) & 0xffe00000) === 0) {
    const a = ah * 4294967296 + (al >>> 0)
    const b = bh * 4294967296 + (bl >>> 0)
    const remainder = a - Math.floor(a / b) * b
    ri[0] = remainder / 4294967296
    return remainder | 0
  }
  return u64_remainder(al, ah, bl, bh)
}

export function i64_div_s(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('divide by zero')
  if (is_short(ah) && is_short(bh)) {
    const quotient = trunc((ah * 4294967296 + (al >>> 0)) / (bh * 4294967296 + (bl >>> 0)))
    ri[0] = Math.floor(quotient / 4294967296)
    return quotient | 0
  }
  if ((bl & bh) === -1 && al === 0 && ah === -2147483648) throw trap('divide result unrepresentable')
  const low = u64_divide(magnitude_low(al, ah), magnitude_high(al, ah), magnitude_low(bl, bh), magnitude_high(bl, bh))
  return (ah ^ bh) < 0 ? negate(low, ri[0]!) : low
}

export function i64_rem_s(al: number, ah: number, bl: number, bh: number): number {
  if ((bl | bh) === 0) throw trap('remainder by zero')
  if (is_short(ah) && is_short(bh)) {
    const a = ah * 4294967296 + (al >>> 0)
    const b = bh * 4294967296 + (bl >>> 0)
    const remainder = a - trunc(a / b) * b
    ri[0] = Math.floor(remainder / 4294967296)
    return remainder | 0
  }
  const low = u64_remainder(
    magnitude_low(al, ah),
    magnitude_high(al, ah),
    magnitude_low(bl, bh),
    magnitude_high(bl, bh),
  )
  return ah < 0 ? negate(low, ri[0]!) : low
}

/** Whether the magnitude of an i64 with this high half is under 2^53. */
function is_short(high: number): boolean {
  return (high + 0x1fffff) >>> 0 < 0x3fffff
}

function negate(low: number, high: number): number {
  ri[0] = ~high + (low === 0 ? 1 : 0)
  return -low | 0
}

function magnitude_low(low: number, high: number): number {
  return high < 0 ? -low | 0 : low
}

function magnitude_high(low: number, high: number): number {
  return high < 0 ? (~high + (low === 0 ? 1 : 0)) | 0 : high
}

/** The quotient of unsigned operands, `b` not 0. */
function u64_divide(al: number, ah: number, bl: number, bh: number): number {
  if (bh !== 0) {
    ri[0] = 0
    return digit_long(al, ah, bl, bh)
  }
  const high = ((ah >>> 0) / (bl >>> 0)) | 0
  ri[0] = high
  return digit_short(al, (ah - imul(high, bl)) | 0, bl)
}

/** The remainder of unsigned operands, `b` not 0. */
function u64_remainder(al: number, ah: number, bl: number, bh: number): number {
  if (bh !== 0) {
    const quotient = digit_long(al, ah, bl, bh)
    ri[0] = rest_high(al, ah, bl, bh, quotient)
    return (al - imul(bl, quotient)) | 0
  }
  ri[0] = 0
  return (al - imul(digit_short(al, ((ah >>> 0) % (bl >>> 0)) | 0, bl), bl)) | 0
}

/**
 * The quotient by `b` < 2^32, for ah < b: it is under 2^32.
 *
 * `ratio` is off by less than 2^-19 of 1, with three roundings of 2^-53 of 2^32 at most. The guess is the floor of
 * something smaller by 0 to 2^-18: right, or one too small. In the second case what is left over is less than 2^14 more
 * than b; in the first, if `ratio` is nearer to the next integer, it is less than b by half of b at most. Modulo 2^32
 * these are told apart by a sign.
 */
function digit_short(al: number, ah: number, bl: number): number {
  const ratio = ((ah >>> 0) * 4294967296 + (al >>> 0)) / (bl >>> 0)
  const guess = Math.floor(ratio - 1.9073486328125e-6)
  const rest = (al - imul(guess | 0, bl)) | 0
  return (ratio - guess > 0.5 && ((rest - bl) | 0) >= 0 ? guess + 1 : guess) | 0
}

/** The quotient by `b` >= 2^32: it is under 2^32. */
function digit_long(al: number, ah: number, bl: number, bh: number): number {
  // Four roundings can add 2^-51 of the quotient; 2^-50 taken off, the guess is right or one too small.
  const ratio = ((ah >>> 0) * 4294967296 + (al >>> 0)) / ((bh >>> 0) * 4294967296 + (bl >>> 0))
  const guess = Math.floor(ratio * (1 - 8.881784197001252e-16)) | 0
  const low = (al - imul(bl, guess)) | 0
  const high = rest_high(al, ah, bl, bh, guess)
  const above = high >>> 0 > bh >>> 0 || (high === bh && low >>> 0 >= bl >>> 0)
  return above ? (guess + 1) | 0 : guess
}

/** The high half of `a - b * quotient`, for a quotient under 2^32. */
function rest_high(al: number, ah: number, bl: number, bh: number, quotient: number): number {
  const low = imul(bl, quotient)
  // The double product is off by 2^10 at most.
  const high = (((bl >>> 0) * (quotient >>> 0) - (low >>> 0)) * 2.3283064365386963e-10 + 0.5) | 0
  return (ah - high - imul(bh, quotient) - (al >>> 0 < low >>> 0 ? 1 : 0)) | 0
}
