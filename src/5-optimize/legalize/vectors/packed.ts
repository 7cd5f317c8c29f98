// Arithmetic on small integers that share a word: two of 16 bits, or four of 8. Carries between them are kept from
// happening, or put right (Hacker's Delight, 2-18).
//
//   i8x16.add    (x & 0x7f7f7f7f) + (y & 0x7f7f7f7f) ^ (x ^ y) & 0x80808080

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, binary, not, or, shl, shrU, sub, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { blend, type Lane1, type Lane2 } from './rule.ts'

/** A rule for two operands that are atoms. */
const ofAtoms =
  (rule: (s: OperandStack, x: Expr, y: Expr) => Expr): Lane2 =>
  (s, a, b) =>
    rule(s, s.atom(a), s.atom(b))

const swapped =
  (rule: Lane2): Lane2 =>
  (s, a, b) =>
    rule(s, b, a)

/** A shift: what words become, given the count. What depends on the count alone is worked out once. */
export type Shift = (s: OperandStack, count: Expr) => (x: Expr) => Expr

class Packed {
  readonly #bits: 8 | 16
  /** A one for each integer, its highest bit, and all others. */
  readonly #unit: Expr
  readonly #high: Expr
  readonly #low: Expr

  /** @param unit 0x01010101 for bytes */
  constructor(bits: 8 | 16, unit: number) {
    this.#bits = bits
    this.#unit = i32(unit)
    this.#high = i32(unit << (bits - 1))
    this.#low = i32(~(unit << (bits - 1)))
  }

  readonly #tops = (x: Expr): Expr => and(x, this.#high)

  /** All bits of each integer as its highest bit is. */
  readonly #spread = (s: OperandStack, x: Expr): Expr => {
    const tops = s.atom(this.#tops(x))
    return sub(shl(tops, 1), shrU(tops, this.#bits - 1))
  }

  readonly add = ofAtoms((_, x, y) => xor(add(and(x, this.#low), and(y, this.#low)), this.#tops(xor(x, y))))
  readonly sub = ofAtoms((_, x, y) => xor(this.#difference(x, y), this.#tops(not(xor(x, y)))))
  readonly neg: Lane1 = (s, x) => this.sub(s, i32(0), x)

  readonly abs: Lane1 = (s, e) => {
    const x = s.atom(e)
    return add(xor(x, this.#spread(s, x)), shrU(this.#tops(x), this.#bits - 1))
  }

  /** `x - y` but for the highest bits, which are set where the rest of `x` is not less than that of `y`. */
  #difference(x: Expr, y: Expr): Expr {
    return sub(or(x, this.#high), and(y, this.#low))
  }

  /** Comparisons give their answer in the highest bits: the other bits are anything. */
  readonly #differ = ofAtoms((s, a, b) => {
    const x = s.atom(xor(a, b))
    return or(add(and(x, this.#low), this.#low), x)
  })

  readonly #lessU = ofAtoms((_, x, y) => or(and(not(x), y), and(not(xor(x, y)), not(this.#difference(x, y)))))
  readonly #lessS = ofAtoms((_, x, y) => or(and(x, not(y)), and(not(xor(x, y)), not(this.#difference(x, y)))))

  #where(test: Lane2): Lane2 {
    return (s, a, b) => this.#spread(s, test(s, a, b))
  }

  #unless(test: Lane2): Lane2 {
    return (s, a, b) => not(this.#spread(s, test(s, a, b)))
  }

  readonly eq = this.#unless(this.#differ)
  readonly ne = this.#where(this.#differ)
  readonly lt_s = this.#where(this.#lessS)
  readonly lt_u = this.#where(this.#lessU)
  readonly gt_s = swapped(this.lt_s)
  readonly gt_u = swapped(this.lt_u)
  readonly ge_s = this.#unless(this.#lessS)
  readonly ge_u = this.#unless(this.#lessU)
  readonly le_s = swapped(this.ge_s)
  readonly le_u = swapped(this.ge_u)

  readonly min_s = ofAtoms((s, x, y) => blend(this.lt_s(s, x, y), x, y))
  readonly min_u = ofAtoms((s, x, y) => blend(this.lt_u(s, x, y), x, y))
  readonly max_s = ofAtoms((s, x, y) => blend(this.lt_s(s, x, y), y, x))
  readonly max_u = ofAtoms((s, x, y) => blend(this.lt_u(s, x, y), y, x))

  /** Half of the sum, rounded up. */
  readonly avgr_u = ofAtoms((_, x, y) => sub(or(x, y), and(shrU(xor(x, y), 1), this.#low)))

  readonly add_sat_u = ofAtoms((s, x, y) => {
    const sum = s.atom(this.add(s, x, y))
    return or(sum, this.#spread(s, or(and(x, y), and(or(x, y), not(sum)))))
  })
  readonly sub_sat_u = ofAtoms((s, x, y) => and(this.sub(s, x, y), this.ge_u(s, x, y)))

  readonly add_sat_s = ofAtoms((s, x, y) => {
    const sum = s.atom(this.add(s, x, y))
    return this.#saturated(s, x, sum, and(not(xor(x, y)), xor(x, sum)))
  })
  readonly sub_sat_s = ofAtoms((s, x, y) => {
    const difference = s.atom(this.sub(s, x, y))
    return this.#saturated(s, x, difference, and(xor(x, y), xor(x, difference)))
  })

  /** @param isOver in the highest bits, where the result left the range: on the side where `x` is */
  #saturated(s: OperandStack, x: Expr, result: Expr, isOver: Expr): Expr {
    const limit = add(shrU(this.#tops(x), this.#bits - 1), this.#low)
    return blend(this.#spread(s, isOver), limit, result)
  }

  /** Whether no integer in any of the words is zero. */
  areAllSet(s: OperandStack, words: readonly Expr[]): Expr {
    const tops = words.map((e) => this.#differ(s, e, i32(0))).reduce(and)
    return binary('i32.eq', this.#tops(tops), this.#high)
  }

  /** What a shift leaves of integers of all ones. */
  #shiftedOnes(op: 'i32.shl' | 'i32.shr_u', count: Expr): Expr {
    const ones = i32(2 ** this.#bits - 1)
    return binary('i32.mul', and(binary(op, ones, count), ones), this.#unit)
  }

  #shift(op: 'i32.shl' | 'i32.shr_u', s: OperandStack, by: Expr): { readonly count: Expr; readonly ones: Expr } {
    const count = s.atom(and(by, i32(this.#bits - 1)))
    return { count, ones: s.atom(this.#shiftedOnes(op, count)) }
  }

  readonly shl: Shift = (s, by) => {
    const { count, ones } = this.#shift('i32.shl', s, by)
    return (x) => and(binary('i32.shl', x, count), ones)
  }

  readonly shr_u: Shift = (s, by) => {
    const { count, ones } = this.#shift('i32.shr_u', s, by)
    return (x) => and(binary('i32.shr_u', x, count), ones)
  }

  readonly shr_s: Shift = (s, by) => {
    const { count, ones } = this.#shift('i32.shr_u', s, by)
    return (e) => {
      const x = s.atom(e)
      return blend(ones, binary('i32.shr_u', x, count), this.#spread(s, x))
    }
  }
}

export const BYTES = new Packed(8, 0x01010101)
export const SHORTS = new Packed(16, 0x00010001)
