// What is known of sums, products, quotients and remainders.

import { type KnownBits, known, withZeros } from './known-bits.ts'

/** The carries into a word, least and most: 0 or 1. */
interface Carry {
  readonly least: number
  readonly most: number
}

const NO_CARRY: Carry = { least: 0, most: 0 }
const CARRY: Carry = { least: 1, most: 1 }

export const add = (a: KnownBits, b: KnownBits): KnownBits => sum(a, b, NO_CARRY)

export const sub = (a: KnownBits, b: KnownBits): KnownBits => sum(a, not(b), CARRY)

/** What is known of `~a`. */
const not = (a: KnownBits): KnownBits => known(a.width, a.onesLo, a.onesHi, a.zerosLo, a.zerosHi, a.signs)

/** As by hand: where both bits and the carry are known, so is the sum. A sum has one copy of the sign less. */
function sum(a: KnownBits, b: KnownBits, carry: Carry): KnownBits {
  const signs = Math.min(a.signs, b.signs) - 1
  const lo = sumOfWords(a.zerosLo, a.onesLo, b.zerosLo, b.onesLo, carry)
  if (a.width === 32) return known(32, lo.zeros, 0, lo.ones, 0, signs)
  const hi = sumOfWords(a.zerosHi, a.onesHi, b.zerosHi, b.onesHi, lo.carry)
  return known(64, lo.zeros, hi.zeros, lo.ones, hi.ones, signs)
}

/** Adds words of which some bits are known: the least and the most it may be say where carries are known. */
function sumOfWords(aZeros: number, aOnes: number, bZeros: number, bOnes: number, { least, most }: Carry) {
  const highest = (~aZeros >>> 0) + (~bZeros >>> 0) + most
  const lowest = (aOnes >>> 0) + (bOnes >>> 0) + least
  const noCarry = ~(highest ^ aZeros ^ bZeros)
  const isCarry = lowest ^ aOnes ^ bOnes
  const isKnown = (aZeros | aOnes) & (bZeros | bOnes) & (noCarry | isCarry)
  return {
    zeros: ~highest & isKnown,
    ones: lowest & isKnown,
    carry: { least: Number(lowest > 0xffffffff), most: Number(highest > 0xffffffff) },
  }
}

/** Factors below 2^m and 2^n have a product below 2^(m + n); zeros at the bottom add up. */
export function mul(a: KnownBits, b: KnownBits): KnownBits {
  const { width } = a
  const leading = a.leadingZeros + b.leadingZeros - width
  // Signed factors of m and n bits, signs included, have a product of m + n.
  const signs = a.signs + b.signs - width - 1
  return withZeros(width, leading, Math.min(a.trailingZeros + b.trailingZeros, width), signs)
}

/** A divisor of at least 2^n shortens by n bits. */
export function divUnsigned(a: KnownBits, b: KnownBits): KnownBits {
  const { width } = a
  const divisor = b.isNotZero ? lengthOf(b.onesLo, b.onesHi) - 1 : 0
  return withZeros(width, Math.min(a.leadingZeros + divisor, width), 0)
}

export function divSigned(a: KnownBits, b: KnownBits): KnownBits {
  if (a.isNotNegative && b.isNotNegative) return divUnsigned(a, b)
  // Only a division by -1 may need a bit more: the negative of the least number.
  const mayNegate = (b.zerosLo | b.zerosHi) === 0
  return known(a.width, 0, 0, 0, 0, mayNegate ? a.signs - 1 : a.signs)
}

/** A remainder is not above the dividend, and below the divisor. That by 2^n is the lowest n bits. */
export function remUnsigned(a: KnownBits, b: KnownBits): KnownBits {
  const { width } = a
  if (b.isConstant && !b.isZero) {
    const [lo, hi] = [b.onesLo - 1, b.onesLo === 0 ? b.onesHi - 1 : b.onesHi]
    if ((b.onesLo & lo) === 0 && (b.onesHi & hi) === 0)
      return known(width, a.zerosLo | ~lo, width === 32 ? 0 : a.zerosHi | ~hi, a.onesLo & lo, a.onesHi & hi)
    return withZeros(width, Math.max(a.leadingZeros, width - lengthOf(lo, hi)), 0)
  }
  return withZeros(width, Math.max(a.leadingZeros, b.leadingZeros), 0)
}

/** It has the sign of the dividend, and is not further from zero than either. */
export function remSigned(a: KnownBits, b: KnownBits): KnownBits {
  if (a.isNotNegative && b.isNotNegative) return remUnsigned(a, b)
  const { width } = a
  const signs = Math.max(a.signs, b.signs)
  return withZeros(width, a.isNotNegative ? signs : 0, 0, signs)
}

/** How many bits an unsigned number has. */
const lengthOf = (lo: number, hi: number): number => (hi === 0 ? 32 - Math.clz32(lo) : 64 - Math.clz32(hi))
