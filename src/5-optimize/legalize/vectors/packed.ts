// Arithmetic on small integers that share a word: two of 16 bits, or four of 8. Carries between them are kept from
// happening, or put right (Hacker's Delight, 2-18).
//
//   i8x16.add    (x & 0x7f7f7f7f) + (y & 0x7f7f7f7f) ^ (x ^ y) & 0x80808080

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, binary, or, shl, shrU, sub, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { Lane1, Lane2 } from './rule.ts'

export const not = (x: Expr): Expr => xor(x, i32(-1))

/** The bits of `y` where `mask` has zeros, those of `x` where it has ones. */
export const blend = (mask: Expr, x: Expr, y: Expr): Expr => xor(and(xor(x, y), mask), y)

/** @param unit a word of ones, one for each integer: 0x01010101 */
function packedBy(bits: 8 | 16, unit: number) {
  const high = i32(unit << (bits - 1))
  const low = i32(~(unit << (bits - 1)))

  /** All bits of each integer as its highest bit is; the others of `x` are zero. */
  const spread = (s: OperandStack, x: Expr): Expr => {
    const top = s.atom(x)
    return sub(shl(top, 1), shrU(top, bits - 1))
  }
  const tops = (x: Expr): Expr => and(x, high)

  const plus: Lane2 = (s, a, b) => {
    const [x, y] = [s.atom(a), s.atom(b)]
    return xor(add(and(x, low), and(y, low)), tops(xor(x, y)))
  }
  const minus: Lane2 = (s, a, b) => {
    const [x, y] = [s.atom(a), s.atom(b)]
    return xor(sub(or(x, high), and(y, low)), tops(not(xor(x, y))))
  }

  /** The highest bit of each integer says whether it is less. Of `x` and `y`, `x <_u y` if `y` has the higher top bit. */
  const less =
    (isSigned: boolean): Lane2 =>
    (s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      const rest = sub(or(x, high), and(y, low))
      const byTop = isSigned ? and(x, not(y)) : and(not(x), y)
      return tops(or(byTop, and(not(xor(x, y)), not(rest))))
    }
  const [lessS, lessU] = [less(true), less(false)]

  const differ: Lane2 = (s, a, b) => {
    const x = s.atom(xor(a, b))
    return tops(or(add(and(x, low), low), x))
  }

  const filled =
    (test: Lane2): Lane2 =>
    (s, a, b) =>
      spread(s, test(s, a, b))
  const inverted =
    (test: Lane2): Lane2 =>
    (s, a, b) =>
      not(spread(s, test(s, a, b)))
  const swapped =
    (rule: Lane2): Lane2 =>
    (s, a, b) =>
      rule(s, b, a)

  const least =
    (test: Lane2): Lane2 =>
    (s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      return blend(filled(test)(s, x, y), x, y)
    }

  /** 0x7f for what is not negative, 0x80 for what is: no sum is larger. */
  const limit = (x: Expr): Expr => add(shrU(tops(x), bits - 1), low)
  const saturated = (s: OperandStack, x: Expr, result: Expr, isOver: Expr): Expr =>
    blend(spread(s, isOver), limit(x), result)

  /** A shift count, which is taken modulo the bits. */
  const count = (s: OperandStack, n: Expr): Expr => s.atom(and(n, i32(bits - 1)))
  /** What is left of all ones after a shift. */
  const shiftedOnes = (op: 'i32.shl' | 'i32.shr_u', n: Expr): Expr =>
    binary('i32.mul', and(binary(op, i32(2 ** bits - 1), n), i32(2 ** bits - 1)), i32(unit))

  return {
    tops,
    add: plus,
    sub: minus,
    neg: ((s, x) => minus(s, i32(0), x)) satisfies Lane1,
    abs: ((s, a) => {
      const x = s.atom(a)
      const signs = s.atom(tops(x))
      return add(xor(x, spread(s, signs)), shrU(signs, bits - 1))
    }) satisfies Lane1,
    eq: inverted(differ),
    ne: filled(differ),
    lt_s: filled(lessS),
    lt_u: filled(lessU),
    gt_s: filled(swapped(lessS)),
    gt_u: filled(swapped(lessU)),
    le_s: inverted(swapped(lessS)),
    le_u: inverted(swapped(lessU)),
    ge_s: inverted(lessS),
    ge_u: inverted(lessU),
    min_s: least(lessS),
    min_u: least(lessU),
    max_s: least(swapped(lessS)),
    max_u: least(swapped(lessU)),
    avgr_u: ((s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      return sub(or(x, y), and(shrU(xor(x, y), 1), low))
    }) satisfies Lane2,
    add_sat_s: ((s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      const sum = s.atom(plus(s, x, y))
      return saturated(s, x, sum, tops(and(not(xor(x, y)), xor(x, sum))))
    }) satisfies Lane2,
    add_sat_u: ((s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      const sum = s.atom(plus(s, x, y))
      return or(sum, spread(s, tops(or(and(x, y), and(or(x, y), not(sum))))))
    }) satisfies Lane2,
    sub_sat_s: ((s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      const rest = s.atom(minus(s, x, y))
      return saturated(s, x, rest, tops(and(xor(x, y), xor(x, rest))))
    }) satisfies Lane2,
    sub_sat_u: ((s, a, b) => {
      const [x, y] = [s.atom(a), s.atom(b)]
      return and(minus(s, x, y), not(spread(s, lessU(s, x, y))))
    }) satisfies Lane2,
    /** Shifts: what a word becomes, by the count. What depends on the count alone is worked out once. */
    shl: (s: OperandStack, by: Expr): ((x: Expr) => Expr) => {
      const n = count(s, by)
      const ones = s.atom(shiftedOnes('i32.shl', n))
      return (x) => and(binary('i32.shl', x, n), ones)
    },
    shr_u: (s: OperandStack, by: Expr): ((x: Expr) => Expr) => {
      const n = count(s, by)
      const ones = s.atom(shiftedOnes('i32.shr_u', n))
      return (x) => and(binary('i32.shr_u', x, n), ones)
    },
    shr_s: (s: OperandStack, by: Expr): ((x: Expr) => Expr) => {
      const n = count(s, by)
      const ones = s.atom(shiftedOnes('i32.shr_u', n))
      return (e) => {
        const x = s.atom(e)
        return or(and(binary('i32.shr_u', x, n), ones), and(spread(s, tops(x)), not(ones)))
      }
    },
    /** Whether none of the integers is zero, as the highest bits. */
    nonZero: ((s, x) => differ(s, x, i32(0))) satisfies Lane1,
    allNonZero: high,
  }
}

export const BYTES = packedBy(8, 0x01010101)
export const SHORTS = packedBy(16, 0x00010001)
