// What is known of comparisons, and of counts of bits.

import {
  constant32,
  countOnes,
  countTrailingZeros,
  inRange,
  type KnownBits,
  TRUTH,
  topHigh,
  topLow,
} from './known-bits.ts'

type Comparison = (a: KnownBits, b: KnownBits) => KnownBits

const ZERO = constant32(0)
const ONE = constant32(1)

/** Words of a bound. */
type Bound = readonly [lo: number, hi: number]

const leastUnsigned = (a: KnownBits): Bound => [a.onesLo, a.onesHi]
const mostUnsigned = (a: KnownBits): Bound => [~a.zerosLo, ~a.zerosHi]

/** If it may be negative, all copies of the sign are 1. */
const leastSigned = (a: KnownBits): Bound =>
  a.isNotNegative ? leastUnsigned(a) : [a.onesLo | topLow(a.width, a.signs), a.onesHi | topHigh(a.width, a.signs)]

const mostSigned = (a: KnownBits): Bound =>
  a.isNegative ? mostUnsigned(a) : [~a.zerosLo & ~topLow(a.width, a.signs), ~a.zerosHi & ~topHigh(a.width, a.signs)]

type Less = (x: Bound, y: Bound) => boolean

const isBelow = (x: number, y: number): boolean => x >>> 0 < y >>> 0
const lessUnsigned: Less = (x, y) => isBelow(x[1], y[1]) || (x[1] === y[1] && isBelow(x[0], y[0]))
const lessSigned: Less = (x, y) => x[1] < y[1] || (x[1] === y[1] && isBelow(x[0], y[0]))

/** Of an i32, the low word alone counts. */
const low =
  (less: (x: number, y: number) => boolean): Less =>
  (x, y) =>
    less(x[0], y[0])
const lowUnsigned = low(isBelow)
const lowSigned = low((x, y) => x < y)

/** Whether every value of the one, or none, is less than those of the other. */
function decide(less: Less, least: Bound[], most: Bound[]): KnownBits {
  if (less(most[0]!, least[1]!)) return ONE
  return less(least[0]!, most[1]!) ? TRUTH : ZERO
}

export const ltUnsigned: Comparison = (a, b) =>
  decide(
    a.width === 32 ? lowUnsigned : lessUnsigned,
    [leastUnsigned(a), leastUnsigned(b)],
    [mostUnsigned(a), mostUnsigned(b)],
  )

export const ltSigned: Comparison = (a, b) =>
  decide(a.width === 32 ? lowSigned : lessSigned, [leastSigned(a), leastSigned(b)], [mostSigned(a), mostSigned(b)])

export const swapped =
  (compare: Comparison): Comparison =>
  (a, b) =>
    compare(b, a)

export const negated =
  (compare: Comparison): Comparison =>
  (a, b) => {
    const result = compare(a, b)
    return result === TRUTH ? TRUTH : result.isZero ? ONE : ZERO
  }

/** A bit that is 1 in the one and 0 in the other makes two values different. */
export const eq: Comparison = (a, b) => {
  const differ = (a.zerosLo & b.onesLo) | (a.onesLo & b.zerosLo) | (a.zerosHi & b.onesHi) | (a.onesHi & b.zerosHi)
  if (differ !== 0) return ZERO
  return a.isConstant && b.isConstant ? ONE : TRUTH
}

export const eqz = (a: KnownBits): KnownBits => (a.isNotZero ? ZERO : a.isZero ? ONE : TRUTH)

/** Zeros at the top: up to the highest bit that is 1. */
export function clz(a: KnownBits): KnownBits {
  const { width } = a
  const ones = width === 32 ? Math.clz32(a.onesLo) : a.onesHi === 0 ? 32 + Math.clz32(a.onesLo) : Math.clz32(a.onesHi)
  return inRange(width, a.leadingZeros, ones)
}

export function ctz(a: KnownBits): KnownBits {
  const { width } = a
  const low = countTrailingZeros(a.onesLo)
  const ones = width === 32 || low < 32 ? low : 32 + countTrailingZeros(a.onesHi)
  return inRange(width, a.trailingZeros, ones)
}

export function popcnt(a: KnownBits): KnownBits {
  const { width } = a
  const ones = countOnes(a.onesLo) + countOnes(a.onesHi)
  return inRange(width, ones, width - countOnes(a.zerosLo) - countOnes(a.zerosHi))
}
