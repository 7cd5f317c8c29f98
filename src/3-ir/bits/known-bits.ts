// What is known of an integer for sure, whatever the program does: which of its bits are 0, which are 1, and how many bits
// at the top are copies of the sign. The less is known, the fewer bits; ranges, alignments, constants and whether an i64
// is an extended i32 all follow from these.
//
//   i32.and (x) (i32.const 12)       bits 0, 1 and 4 to 31 are 0: a multiple of 4, at most 12
//   i64.extend_i32_s (x)             at least 33 copies of the sign: the high word is the sign of the low word

/** Bits of a type. */
export type Width = 32 | 64

export class KnownBits {
  readonly width: Width
  /** The bits that are 0 for sure. High words are those of an i64; of an i32 nothing is said in them. */
  readonly zerosLo: number
  readonly zerosHi: number
  /** The bits that are 1 for sure. */
  readonly onesLo: number
  readonly onesHi: number
  /** How many bits at the top are equal to each other: from 1 to the width. */
  readonly signs: number

  /** Use `known`, which also draws what follows from the parts. */
  constructor(width: Width, zerosLo: number, zerosHi: number, onesLo: number, onesHi: number, signs: number) {
    this.width = width
    this.zerosLo = zerosLo | 0
    this.zerosHi = zerosHi | 0
    this.onesLo = onesLo | 0
    this.onesHi = onesHi | 0
    this.signs = signs
  }

  /** Whether it has one value only: its words are `onesLo` and `onesHi`. */
  get isConstant(): boolean {
    return (this.zerosLo | this.onesLo) === -1 && (this.width === 32 || (this.zerosHi | this.onesHi) === -1)
  }

  get isZero(): boolean {
    return this.zerosLo === -1 && (this.width === 32 || this.zerosHi === -1)
  }

  get isNotZero(): boolean {
    return (this.onesLo | this.onesHi) !== 0
  }

  /** Whether it is 0 or 1. */
  get isTruth(): boolean {
    return (this.zerosLo | 1) === -1 && (this.width === 32 || this.zerosHi === -1)
  }

  get isNotNegative(): boolean {
    return (this.width === 32 ? this.zerosLo : this.zerosHi) < 0
  }

  get isNegative(): boolean {
    return (this.width === 32 ? this.onesLo : this.onesHi) < 0
  }

  /** Whether an i64 is a zero-extended i32. */
  get highIsZero(): boolean {
    return this.zerosHi === -1
  }

  /** Whether an i64 is a sign-extended i32. */
  get highIsSign(): boolean {
    return this.signs > 32
  }

  /** The bits of the low word, or of an i32, that may be 1. */
  get mayBeSetLo(): number {
    return ~this.zerosLo
  }

  /** How many bits at the top are 0 for sure. */
  get leadingZeros(): number {
    return leadingOnes(this.width, this.zerosLo, this.zerosHi)
  }

  /** How many bits at the bottom are 0 for sure: it is a multiple of 2 to the power of that. */
  get trailingZeros(): number {
    return trailingOnes(this.width, this.zerosLo, this.zerosHi)
  }

  /** How many bits are not known. */
  get unknown(): number {
    const low = 32 - countOnes(this.zerosLo | this.onesLo)
    return this.width === 32 ? low : low + 32 - countOnes(this.zerosHi | this.onesHi)
  }

  /** The highest number of bits that may be 1, counted from the bottom: what is not negative is below 2 to that. */
  get length(): number {
    return this.width - this.leadingZeros
  }

  /** Whether both say the same. */
  equals(other: KnownBits): boolean {
    return (
      this.zerosLo === other.zerosLo &&
      this.zerosHi === other.zerosHi &&
      this.onesLo === other.onesLo &&
      this.onesHi === other.onesHi &&
      this.signs === other.signs &&
      this.width === other.width
    )
  }
}

/** Nothing is known: no others say so. */
export const ANY32 = new KnownBits(32, 0, 0, 0, 0, 1)
export const ANY64 = new KnownBits(64, 0, 0, 0, 0, 1)

/** What is known of every value of a width. */
export const anyOf = (width: Width): KnownBits => (width === 32 ? ANY32 : ANY64)

/** The i32 0 or 1: what comparisons give. */
export const TRUTH = new KnownBits(32, -2, 0, 0, 0, 31)

/** @param atLeast so many bits at the top are equal; it may be more, by the others */
export function known(
  width: Width,
  zerosLo: number,
  zerosHi: number,
  onesLo: number,
  onesHi: number,
  atLeast = 1,
): KnownBits {
  const signs = Math.max(atLeast, 1)
  if ((zerosLo | zerosHi | onesLo | onesHi) === 0 && signs === 1) return anyOf(width)
  const ofZeros = leadingOnes(width, zerosLo, zerosHi)
  const ofOnes = ofZeros > 0 ? 0 : leadingOnes(width, onesLo, onesHi)
  if (signs <= ofZeros) return new KnownBits(width, zerosLo, zerosHi, onesLo, onesHi, ofZeros)
  if (signs <= ofOnes) return new KnownBits(width, zerosLo, zerosHi, onesLo, onesHi, ofOnes)
  if (ofZeros + ofOnes === 0) return new KnownBits(width, zerosLo, zerosHi, onesLo, onesHi, signs)
  const [lo, hi] = [topLow(width, signs), topHigh(width, signs)]
  if (ofZeros > 0) return new KnownBits(width, zerosLo | lo, zerosHi | hi, onesLo, onesHi, signs)
  return new KnownBits(width, zerosLo, zerosHi, onesLo | lo, onesHi | hi, signs)
}

export const constant32 = (value: number): KnownBits => known(32, ~value, 0, value | 0, 0)

export const constant64 = (lo: number, hi: number): KnownBits => known(64, ~lo, ~hi, lo | 0, hi | 0)

/** A number whose top and bottom bits are 0. Of negative counts there are none. */
export const withZeros = (width: Width, leading: number, trailing: number, signs = 1): KnownBits =>
  known(
    width,
    topLow(width, leading) | bottomLow(trailing),
    topHigh(width, leading) | bottomHigh(width, trailing),
    0,
    0,
    signs,
  )

/** A number of the width from `min` to `max`, which are not negative and below 2^32. */
export function inRange(width: Width, min: number, max: number): KnownBits {
  const differs = min ^ max
  const below = differs === 0 ? 0 : -1 >>> Math.clz32(differs)
  return known(width, ~max & ~below, width === 32 ? 0 : -1, min & ~below, 0)
}

/** What is known of a value that is one or the other. */
export const join = (a: KnownBits, b: KnownBits): KnownBits =>
  a === b
    ? a
    : known(
        a.width,
        a.zerosLo & b.zerosLo,
        a.zerosHi & b.zerosHi,
        a.onesLo & b.onesLo,
        a.onesHi & b.onesHi,
        Math.min(a.signs, b.signs),
      )

/** The top `count` bits of a width, in the low word and in the high one. */
export const topLow = (width: Width, count: number): number => topOfWord(width === 32 ? count : count - 32)
export const topHigh = (width: Width, count: number): number => (width === 32 ? 0 : topOfWord(count))

const topOfWord = (count: number): number => (count <= 0 ? 0 : count >= 32 ? -1 : -1 << (32 - count))

/** How many bits at the top of a mask are 1. */
function leadingOnes(width: Width, lo: number, hi: number): number {
  if (width === 32) return Math.clz32(~lo)
  return hi === -1 ? 32 + Math.clz32(~lo) : Math.clz32(~hi)
}

function trailingOnes(width: Width, lo: number, hi: number): number {
  if (lo !== -1) return countTrailingZeros(~lo)
  return width === 32 ? 32 : 32 + countTrailingZeros(~hi)
}

export const countTrailingZeros = (word: number): number => (word === 0 ? 32 : 31 - Math.clz32(word & -word))

/** How many bits are 1, by adding up neighbours. */
export function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The lowest `count` bits, in the low word and in the high one of an i64. */
export const bottomLow = (count: number): number => (count >= 32 ? -1 : ~(-1 << count))
export const bottomHigh = (width: Width, count: number): number =>
  width === 32 || count <= 32 ? 0 : bottomLow(count - 32)
