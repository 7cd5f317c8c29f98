// Operands of which few bits are unknown: every value they may have is tried, which is exact where rules on bits are not.
//
//   0 - (a < b)     0 - {0, 1} is {0, -1}: 32 copies of the sign

import { type Concrete, LONG_DIVISIONS, LONGS, long, WORD_DIVISIONS, WORDS } from '../ops/folds.ts'
import { constant32, constant64, join, type KnownBits, type Width } from './known-bits.ts'

/** Unknown bits of both operands together. */
const MOST = 2

/**
 * @param width of the result
 * @returns what is known of the result; undefined: there are too many values, or it always traps
 */
export function tryAll(op: Concrete, width: Width, a: KnownBits, b: KnownBits): KnownBits | undefined {
  const unknown = unknownBits(a)
  if (unknown > MOST || unknown + unknownBits(b) > MOST) return undefined
  return a.width === 32 ? tryWords(op, a, b) : tryLongs(op, width, a, b)
}

/** All bits equal are one unknown bit. */
const unknownBits = (bits: KnownBits): number => (bits.signs === bits.width ? Number(!bits.isConstant) : bits.unknown)

function tryWords(op: Concrete, a: KnownBits, b: KnownBits): KnownBits | undefined {
  const compute = WORDS[op as keyof typeof WORDS] ?? WORD_DIVISIONS[op as keyof typeof WORD_DIVISIONS]
  let all: KnownBits | undefined
  for (const x of wordsOf(a)) {
    for (const y of wordsOf(b)) {
      const value = compute(x, y)
      if (value !== undefined) all = joined(all, constant32(value))
    }
  }
  return all
}

function tryLongs(op: Concrete, width: Width, a: KnownBits, b: KnownBits): KnownBits | undefined {
  const compute = LONGS[op as keyof typeof LONGS] ?? LONG_DIVISIONS[op as keyof typeof LONG_DIVISIONS]
  let all: KnownBits | undefined
  for (const x of longsOf(a)) {
    for (const y of longsOf(b)) {
      const value = compute(x, y)
      if (value !== undefined) all = joined(all, constantOf(value, width))
    }
  }
  return all
}

const joined = (a: KnownBits | undefined, b: KnownBits): KnownBits => (a === undefined ? b : join(a, b))

const constantOf = (value: bigint, width: Width): KnownBits =>
  width === 32 ? constant32(Number(value)) : constant64(...words(value))

const words = (value: bigint): [lo: number, hi: number] => [
  Number(BigInt.asIntN(32, value)),
  Number(BigInt.asIntN(32, value >> 32n)),
]

/** Every value of an i32. */
const wordsOf = (a: KnownBits): number[] => valuesOf(a).map(([lo]) => lo)

/** Every value of an i64; a count of bits may be an i32. */
const longsOf = (a: KnownBits): bigint[] => valuesOf(a).map(([lo, hi]) => long(lo, a.width === 32 ? lo >> 31 : hi))

function valuesOf(a: KnownBits): [lo: number, hi: number][] {
  if (a.signs === a.width && !a.isConstant) return [[0, 0], [-1, -1]] // biome-ignore format: a table
  let values: [lo: number, hi: number][] = [[a.onesLo, a.onesHi]]
  const double = (lo: number, hi: number): void => {
    if ((lo | hi) !== 0) values = values.flatMap(([l, h]): [number, number][] => [[l, h], [l | lo, h | hi]]) // biome-ignore format: a table
  }
  let lo = ~(a.zerosLo | a.onesLo)
  let hi = a.width === 32 ? 0 : ~(a.zerosHi | a.onesHi)
  for (; lo !== 0; lo &= lo - 1) double(lo & -lo, 0)
  for (; hi !== 0; hi &= hi - 1) double(0, hi & -hi)
  return values
}
