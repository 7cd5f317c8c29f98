// Lanes of 8 and 16 bits become wider or narrower, and sums of neighbours twice as wide.

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, binary, choose, or, shl, shrS, shrU, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { SHORTS } from './packed.ts'
import { type Binary, each, type MayBeSet, type Unary } from './rule.ts'
import { bitsOfWords, lanesAs, ofWords, someOf } from './vector.ts'

/** The integer of so many bits at a place in a word, in full. */
export const field = (x: Expr, bits: 8 | 16, place: number, isSigned: boolean): Expr =>
  isSigned ? shrS(shl(x, 32 - bits * (place + 1)), 32 - bits) : and(shrU(x, bits * place), i32(2 ** bits - 1))

/** Two integers of 16 bits in a word. */
export const pair = (lo: Expr, hi: Expr): Expr => or(and(lo, i32(0xffff)), shl(hi, 16))

/** What a lane of the result is made of: a pair of lanes of the operand that stand side by side in a word. */
type Widening = (s: OperandStack, x: Expr, half: 0 | 1) => Expr

/** Each word of a half of a vector becomes two. */
export const widen =
  (half: 'low' | 'high', rule: Widening): Unary =>
  (s, v) => {
    const lanes = someOf(s, v, 'i32x4', half === 'low' ? [0, 1] : [2, 3]).map((e) => s.atom(e))
    return ofWords(lanes.flatMap((x) => [rule(s, x, 0), rule(s, x, 1)]))
  }

export const extendBytes =
  (isSigned: boolean): Widening =>
  (_, x, half) => {
    if (isSigned) {
      const [low, high] = half === 0 ? [shl(x, 24), shrS(shl(x, 16), 8)] : [shl(x, 8), shrS(x, 8)]
      return or(and(shrS(low, 24), i32(0xffff)), and(high, i32(-0x10000)))
    }
    return unsignedBytes(x, half)
  }

/** Two bytes of a word as two integers of 16 bits. */
export const unsignedBytes = (x: Expr, half: 0 | 1): Expr =>
  half === 0
    ? or(and(x, i32(0xff)), shl(and(x, i32(0xff00)), 8))
    : or(and(shrU(x, 16), i32(0xff)), and(shrU(x, 8), i32(0xff0000)))

export const extendShorts =
  (isSigned: boolean): Widening =>
  (_, x, half) =>
    field(x, 16, half, isSigned)

/** Lanes of both operands in lanes half as wide: two words of one become one. */
const narrow =
  (rule: (s: OperandStack, x: Expr, y: Expr, may: MayBeSet) => Expr): Binary =>
  (s, a, b) => {
    const w = [...lanesAs(s, a, 'i32x4'), ...lanesAs(s, b, 'i32x4')]
    const bits = [a, a, b, b].map(bitsOfWords)
    return ofWords(bits.map((may, i) => rule(s, w[2 * i]!, w[2 * i + 1]!, { x: may, y: may })))
  }

const twice = (x: number): Expr => i32((x << 16) | (x & 0xffff))

/** The lanes of two words between two limits, as bytes. */
export function narrowShorts(least: number, most: number): Binary {
  /** @param bits that may be set in the word */
  const bytes = (s: OperandStack, e: Expr, bits: number): Expr => {
    const isBetween = least <= 0 && ((bits | (bits >>> 16)) & 0xffff) <= most
    const x = s.atom(isBetween ? e : clamped(s, e))
    return isBetween && (bits & 0xff00) === 0
      ? and(or(x, shrU(x, 8)), i32(0xffff))
      : or(and(x, i32(0xff)), and(shrU(x, 8), i32(0xff00)))
  }
  const clamped = (s: OperandStack, e: Expr): Expr =>
    SHORTS.min_s(s, s.atom(SHORTS.max_s(s, e, twice(least))), twice(most))
  return narrow((s, x, y, may) => or(bytes(s, x, may.x), shl(bytes(s, y, may.y), 16)))
}

export const narrowWords = (least: number, most: number): Binary =>
  narrow((s, x, y) => pair(clamp(s, x, least, most), clamp(s, y, least, most)))

function clamp(s: OperandStack, e: Expr, least: number, most: number): Expr {
  const x = s.atom(e)
  const [low, high] = [i32(least), i32(most)]
  return choose(binary('i32.lt_s', x, low), low, choose(binary('i32.gt_s', x, high), high, x))
}

/** Sums of lanes side by side. Signed bytes are made 128 larger before, and their sums 256 smaller afterwards. */
export const addPairsOfBytes = (isSigned: boolean): Unary =>
  each('i32x4', (s, e) => {
    const x = s.atom(isSigned ? xor(e, i32(-0x7f7f7f80)) : e)
    const sum = add(and(x, i32(0xff00ff)), and(shrU(x, 8), i32(0xff00ff)))
    return isSigned ? xor(add(sum, i32(0x7f007f00)), i32(-0x7fff8000)) : sum
  })

export const addPairsOfShorts = (isSigned: boolean): Unary =>
  each('i32x4', (s, e) => {
    const x = s.atom(e)
    return add(field(x, 16, 0, isSigned), field(x, 16, 1, isSigned))
  })
