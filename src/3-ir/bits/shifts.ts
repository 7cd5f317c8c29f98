// What is known of shifted, rotated and extended values. A count is taken modulo the width; of an i64's, only the low word
// is looked at.

import { ANY32, bottomHigh, bottomLow, join, type KnownBits, known, topHigh, topLow, withZeros } from './known-bits.ts'

type ByCount = (a: KnownBits, count: number) => KnownBits
type ByRange = (a: KnownBits, least: number, most: number) => KnownBits

/** Counts of more values are only known to be in a range. */
const MOST_COUNTS = 4

const shift =
  (byCount: ByCount, byRange: ByRange) =>
  (a: KnownBits, b: KnownBits): KnownBits => {
    const mask = a.width - 1
    const least = b.onesLo & mask
    const most = ~b.zerosLo & mask
    let result = byCount(a, least)
    let counts = 1
    // All numbers between whose bits are among those that may be 1.
    for (let count = least; count !== most; ) {
      count = (((count | ~most) + 1) & most) | least
      if (++counts > MOST_COUNTS) return byRange(a, least, most)
      result = join(result, byCount(a, count))
    }
    return result
  }

/** The words of a shifted i64. */
export const shlLow = (lo: number, n: number): number => (n < 32 ? lo << n : 0)
export const shlHigh = (lo: number, hi: number, n: number): number =>
  n === 0 ? hi : n < 32 ? (hi << n) | (lo >>> (32 - n)) : lo << (n - 32)
export const shrLow = (lo: number, hi: number, n: number): number =>
  n === 0 ? lo : n < 32 ? (lo >>> n) | (hi << (32 - n)) : hi >>> (n - 32)
export const shrHigh = (hi: number, n: number): number => (n < 32 ? hi >>> n : 0)

function shlBy({ width, zerosLo, zerosHi, onesLo, onesHi, signs }: KnownBits, n: number): KnownBits {
  if (width === 32) return known(32, (zerosLo << n) | bottomLow(n), 0, onesLo << n, 0, signs - n)
  return known(
    64,
    shlLow(zerosLo, n) | bottomLow(n),
    shlHigh(zerosLo, zerosHi, n) | bottomHigh(64, n),
    shlLow(onesLo, n),
    shlHigh(onesLo, onesHi, n),
    signs - n,
  )
}

export const shl = shift(shlBy, (a, least, most) =>
  withZeros(a.width, 0, Math.min(a.trailingZeros + least, a.width), a.signs - most),
)

function shrUBy({ width, zerosLo, zerosHi, onesLo, onesHi, signs }: KnownBits, n: number): KnownBits {
  if (n === 0) return known(width, zerosLo, zerosHi, onesLo, onesHi, signs)
  if (width === 32) return known(32, (zerosLo >>> n) | topLow(32, n), 0, onesLo >>> n, 0)
  return known(
    64,
    shrLow(zerosLo, zerosHi, n) | topLow(64, n),
    shrHigh(zerosHi, n) | topHigh(64, n),
    shrLow(onesLo, onesHi, n),
    shrHigh(onesHi, n),
  )
}

export const shrU = shift(shrUBy, (a, least) => withZeros(a.width, Math.min(a.leadingZeros + least, a.width), 0))

function shrSBy(a: KnownBits, n: number): KnownBits {
  const { width, zerosLo, zerosHi, onesLo, onesHi } = a
  const signs = Math.min(a.signs + n, width)
  if (width === 32) return known(32, zerosLo >> n, 0, onesLo >> n, 0, signs)
  return known(
    64,
    sarLow(zerosLo, zerosHi, n),
    sarHigh(zerosHi, n),
    sarLow(onesLo, onesHi, n),
    sarHigh(onesHi, n),
    signs,
  )
}

const sarLow = (lo: number, hi: number, n: number): number => (n < 32 ? shrLow(lo, hi, n) : hi >> (n - 32))
const sarHigh = (hi: number, n: number): number => hi >> Math.min(n, 31)

export const shrS = shift(shrSBy, (a, least) => {
  const { width } = a
  const [lo, hi] = [topLow(width, 1), topHigh(width, 1)]
  const [zero, one] = [a.isNotNegative ? -1 : 0, a.isNegative ? -1 : 0]
  return known(width, lo & zero, hi & zero, lo & one, hi & one, Math.min(a.signs + least, width))
})

function rotlBy({ width, zerosLo, zerosHi, onesLo, onesHi }: KnownBits, n: number): KnownBits {
  const low = (lo: number, hi: number): number => (width === 32 ? (lo << n) | (lo >>> -n) : rotatedLow(lo, hi, n))
  const high = (lo: number, hi: number): number => (width === 32 ? 0 : rotatedLow(hi, lo, n))
  return known(width, low(zerosLo, zerosHi), high(zerosLo, zerosHi), low(onesLo, onesHi), high(onesLo, onesHi))
}

/** The low word of a rotated i64; the high word is that of its words in the other order. */
export function rotatedLow(lo: number, hi: number, n: number): number {
  const [x, y] = n < 32 ? [lo, hi] : [hi, lo]
  return n % 32 === 0 ? x : (x << n) | (y >>> -n)
}

const rotate = (byCount: ByCount) => {
  const rotated = shift(byCount, ({ width }) => known(width, 0, 0, 0, 0))
  return (a: KnownBits, b: KnownBits): KnownBits => (a.signs === a.width ? a : rotated(a, b))
}

export const rotl = rotate(rotlBy)
export const rotr = rotate((a, n) => rotlBy(a, -n & (a.width - 1)))

/** The lowest bits with their sign. */
export const extendFrom =
  (bits: number) =>
  (a: KnownBits): KnownBits =>
    a.signs > a.width - bits ? a : shrSBy(shlBy(a, a.width - bits), a.width - bits)

/** The low word of an i64. */
export const wrap = (a: KnownBits): KnownBits => known(32, a.zerosLo, 0, a.onesLo, 0, a.signs - 32)

/** To 32 bits, unsigned. */
export function saturate(a: KnownBits): KnownBits {
  if (a.highIsZero) return wrap(a)
  return a.onesHi === 0 ? ANY32 : known(32, 0, 0, -1, 0, 32)
}

export const highWord = (a: KnownBits): KnownBits => known(32, a.zerosHi, 0, a.onesHi, 0, Math.min(a.signs, 32))

export const extendSigned = (a: KnownBits): KnownBits =>
  known(64, a.zerosLo, a.zerosLo >> 31, a.onesLo, a.onesLo >> 31, a.signs + 32)

export const extendUnsigned = (a: KnownBits): KnownBits => known(64, a.zerosLo, -1, a.onesLo, 0)

export const joinWords = (lo: KnownBits, hi: KnownBits): KnownBits =>
  known(64, lo.zerosLo, hi.zerosLo, lo.onesLo, hi.onesLo, hi.signs)
