// Integers of 8 or 16 bits that share a word, for functions of so many vector instructions that these are called and do not
// stand where they are needed (5-optimize/legalize/vectors/calls.ts). `bits` is 8 or 16; each result is a signed int32.
// Hacker's Delight, 2-18: the highest bit of each integer is kept apart from sums, so that none carries into the next.

import { imul } from './math.ts'
import { ri } from './results.ts'

/** The highest bit of each. */
function packed_tops(bits: number): number {
  return bits === 8 ? -0x7f7f7f80 : -0x7fff8000
}

/** All bits of each as its highest bit is. */
function packed_spread(x: number, bits: number): number {
  const tops = x & packed_tops(bits)
  return ((tops << 1) - (tops >>> (bits - 1))) | 0
}

/** The bits of `x` where the mask has ones, those of `y` where it has zeros. */
function packed_blend(mask: number, x: number, y: number): number {
  return ((x ^ y) & mask) ^ y
}

/** `x - y` but for the highest bits, which are set where the rest of `x` is not less than that of `y`. */
function packed_difference(x: number, y: number, bits: number): number {
  const tops = packed_tops(bits)
  return (x | tops) - (y & ~tops)
}

export function packed_add(x: number, y: number, bits: number): number {
  const tops = packed_tops(bits)
  return ((x & ~tops) + (y & ~tops)) ^ ((x ^ y) & tops)
}

export function packed_sub(x: number, y: number, bits: number): number {
  return packed_difference(x, y, bits) ^ (~(x ^ y) & packed_tops(bits))
}

export function packed_abs(x: number, bits: number): number {
  return ((x ^ packed_spread(x, bits)) + ((x & packed_tops(bits)) >>> (bits - 1))) | 0
}

export function packed_eq(x: number, y: number, bits: number): number {
  const rest = ~packed_tops(bits)
  const differ = x ^ y
  return packed_spread(~(((differ & rest) + rest) | differ), bits)
}

export function packed_lt_s(x: number, y: number, bits: number): number {
  return packed_spread((x & ~y) | (~(x ^ y) & ~packed_difference(x, y, bits)), bits)
}

export function packed_lt_u(x: number, y: number, bits: number): number {
  return packed_spread((~x & y) | (~(x ^ y) & ~packed_difference(x, y, bits)), bits)
}

export function packed_min_s(x: number, y: number, bits: number): number {
  return packed_blend(packed_lt_s(x, y, bits), x, y)
}

export function packed_min_u(x: number, y: number, bits: number): number {
  return packed_blend(packed_lt_u(x, y, bits), x, y)
}

export function packed_max_s(x: number, y: number, bits: number): number {
  return packed_blend(packed_lt_s(x, y, bits), y, x)
}

export function packed_max_u(x: number, y: number, bits: number): number {
  return packed_blend(packed_lt_u(x, y, bits), y, x)
}

/** Half of the sum, rounded up. */
export function packed_avgr_u(x: number, y: number, bits: number): number {
  return ((x | y) - (((x ^ y) >>> 1) & ~packed_tops(bits))) | 0
}

export function packed_add_sat_u(x: number, y: number, bits: number): number {
  const sum = packed_add(x, y, bits)
  return sum | packed_spread((x & y) | ((x | y) & ~sum), bits)
}

export function packed_sub_sat_u(x: number, y: number, bits: number): number {
  return packed_sub(x, y, bits) & ~packed_lt_u(x, y, bits)
}

export function packed_add_sat_s(x: number, y: number, bits: number): number {
  const sum = packed_add(x, y, bits)
  return packed_saturated(x, sum, ~(x ^ y) & (x ^ sum), bits)
}

export function packed_sub_sat_s(x: number, y: number, bits: number): number {
  const difference = packed_sub(x, y, bits)
  return packed_saturated(x, difference, (x ^ y) & (x ^ difference), bits)
}

/** @param isOver in the highest bits, where the result left the range: on the side where `x` is */
function packed_saturated(x: number, result: number, isOver: number, bits: number): number {
  const tops = packed_tops(bits)
  return packed_blend(packed_spread(isOver, bits), ((x & tops) >>> (bits - 1)) + ~tops, result)
}

/** @param count below `bits` */
export function packed_shr_s(x: number, count: number, bits: number): number {
  const ones = (1 << bits) - 1
  const kept = imul(ones >>> count, bits === 8 ? 0x01010101 : 0x00010001)
  return packed_blend(kept, x >>> count, packed_spread(x, bits))
}

/** The ones of each byte. */
export function packed_popcnt(x: number): number {
  const pairs = x - ((x >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f
}

function packed_pair(low: number, high: number): number {
  return (low & 0xffff) | (high << 16)
}

function packed_byte_s(x: number, place: number): number {
  return (x << (24 - 8 * place)) >> 24
}

function packed_byte_u(x: number, place: number): number {
  return (x >>> (8 * place)) & 0xff
}

function packed_clamped(x: number, least: number, most: number): number {
  if (x < least) return least
  if (x > most) return most
  return x
}

/** Two bytes in 16 bits each: those of the low half of the word if `half` is 0, of the high one if it is 1. */
export function packed_extend_s(x: number, half: number): number {
  return packed_pair(packed_byte_s(x, 2 * half), packed_byte_s(x, 2 * half + 1))
}

export function packed_extend_u(x: number, half: number): number {
  return packed_pair(packed_byte_u(x, 2 * half), packed_byte_u(x, 2 * half + 1))
}

/** Products of two bytes in 16 bits each, of the same halves. */
export function packed_extmul_s(x: number, y: number, half: number): number {
  const low = packed_byte_s(x, 2 * half) * packed_byte_s(y, 2 * half)
  return packed_pair(low, packed_byte_s(x, 2 * half + 1) * packed_byte_s(y, 2 * half + 1))
}

export function packed_extmul_u(x: number, y: number, half: number): number {
  const low = packed_byte_u(x, 2 * half) * packed_byte_u(y, 2 * half)
  return packed_pair(low, packed_byte_u(x, 2 * half + 1) * packed_byte_u(y, 2 * half + 1))
}

/** Sums of bytes side by side, in 16 bits each. */
export function packed_extadd_s(x: number): number {
  return packed_pair(packed_byte_s(x, 0) + packed_byte_s(x, 1), packed_byte_s(x, 2) + packed_byte_s(x, 3))
}

export function packed_extadd_u(x: number): number {
  return packed_pair(packed_byte_u(x, 0) + packed_byte_u(x, 1), packed_byte_u(x, 2) + packed_byte_u(x, 3))
}

/** Sums of 16 bits side by side. */
export function packed_sum_s(x: number): number {
  return ((x << 16) >> 16) + (x >> 16)
}

export function packed_sum_u(x: number): number {
  return (x & 0xffff) + (x >>> 16)
}

/** The low 16 bits of two products. */
export function packed_mul(x: number, y: number): number {
  return packed_pair(imul(x, y), imul(x >>> 16, y >>> 16))
}

/** Fixed-point products of 15 bits behind the point, rounded. */
export function packed_q15mulr(x: number, y: number): number {
  const low = (imul((x << 16) >> 16, (y << 16) >> 16) + 0x4000) >> 15
  const high = (imul(x >> 16, y >> 16) + 0x4000) >> 15
  return packed_pair(packed_clamped(low, -0x8000, 0x7fff), packed_clamped(high, -0x8000, 0x7fff))
}

/** The sum of two products of 16 bits. */
export function packed_dot(x: number, y: number): number {
  return (imul((x << 16) >> 16, (y << 16) >> 16) + imul(x >> 16, y >> 16)) | 0
}

/** Two sums of two products of bytes each. */
export function packed_dot_bytes(x: number, y: number): number {
  const low = packed_byte_s(x, 0) * packed_byte_s(y, 0) + packed_byte_s(x, 1) * packed_byte_s(y, 1)
  const high = packed_byte_s(x, 2) * packed_byte_s(y, 2) + packed_byte_s(x, 3) * packed_byte_s(y, 3)
  return packed_pair(packed_clamped(low, -0x8000, 0x7fff), packed_clamped(high, -0x8000, 0x7fff))
}

/** Four integers of 16 bits, between the limits, in bytes. */
export function packed_narrow(x: number, y: number, least: number, most: number): number {
  const low =
    (packed_clamped((x << 16) >> 16, least, most) & 0xff) | ((packed_clamped(x >> 16, least, most) & 0xff) << 8)
  const high =
    (packed_clamped((y << 16) >> 16, least, most) & 0xff) | ((packed_clamped(y >> 16, least, most) & 0xff) << 8)
  return packed_pair(low, high)
}

/** Two words, between the limits, in 16 bits each. */
export function packed_narrow_words(x: number, y: number, least: number, most: number): number {
  return packed_pair(packed_clamped(x, least, most), packed_clamped(y, least, most))
}

export function packed_abs_word(x: number): number {
  return ((x ^ (x >> 31)) - (x >> 31)) | 0
}

// An i64 is a pair of int32: a function returns the low half of its result and leaves the high half in ri[0].

export function packed_neg_long(low: number, high: number): number {
  ri[0] = low === 0 ? -high : ~high
  return -low | 0
}

export function packed_abs_long(low: number, high: number): number {
  if (high < 0) return packed_neg_long(low, high)
  ri[0] = high
  return low
}

export function packed_shl_long(low: number, high: number, count: number): number {
  ri[0] = count & 32 ? low << count : (high << count) | ((low >>> 1) >>> ~count)
  return count & 32 ? 0 : low << count
}

export function packed_shr_s_long(low: number, high: number, count: number): number {
  ri[0] = count & 32 ? high >> 31 : high >> count
  return count & 32 ? high >> count : (low >>> count) | ((high << 1) << ~count)
}

export function packed_shr_u_long(low: number, high: number, count: number): number {
  ri[0] = count & 32 ? 0 : high >>> count
  return (count & 32 ? high >>> count : (low >>> count) | ((high << 1) << ~count)) | 0
}
