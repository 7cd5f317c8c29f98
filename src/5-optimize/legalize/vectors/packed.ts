// Arithmetic on small integers that share a word: two of 16 bits, or four of 8. Carries between them are kept from
// happening, or put right (Hacker's Delight, 2-18).
//
//   i8x16.add    (x & 0x7f7f7f7f) + (y & 0x7f7f7f7f) ^ (x ^ y) & 0x80808080

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, binary, not, or, shl, shrU, sub, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { blend, type Lane1, type Lane2, type MayBeSet } from './rule.ts'

const ANYTHING: MayBeSet = { x: -1, y: -1 }

type Rule = (s: OperandStack, x: Expr, y: Expr, may: MayBeSet) => Expr

/** A rule for two operands that are atoms. */
const ofAtoms =
  (rule: Rule): Lane2 =>
  (s, a, b, may = ANYTHING) =>
    rule(s, s.atom(a), s.atom(b), may)

const swapped =
  (rule: Lane2): Lane2 =>
  (s, a, b, may = ANYTHING) =>
    rule(s, b, a, { x: may.y, y: may.x })

/** `~e`, which may be a `~x` itself. */
const inverse = (e: Expr): Expr =>
  e.kind === 'op' && e.op === 'i32.xor' && e.args[1]!.kind === 'const' && e.args[1].value === -1 ? e.args[0]! : not(e)

/** A shift: what words become, given the count. What depends on the count alone is worked out once. */
export type Shift = (s: OperandStack, count: Expr) => (x: Expr) => Expr

class Packed {
  readonly #bits: 8 | 16
  /** A one for each integer, its highest bit, and all others. */
  readonly #unit: Expr
  readonly #high: Expr
  readonly #low: Expr
  readonly #highBits: number

  /** @param unit 0x01010101 for bytes */
  constructor(bits: 8 | 16, unit: number) {
    this.#bits = bits
    this.#unit = i32(unit)
    this.#highBits = unit << (bits - 1)
    this.#high = i32(this.#highBits)
    this.#low = i32(~this.#highBits)
  }

  readonly #tops = (x: Expr): Expr => and(x, this.#high)

  /** All bits of each integer as its highest bit is. */
  readonly #spread = (s: OperandStack, x: Expr): Expr => {
    const tops = s.atom(this.#tops(x))
    return sub(shl(tops, 1), shrU(tops, this.#bits - 1))
  }

  #hasTops(bits: number): boolean {
    return (bits & this.#highBits) !== 0
  }

  /** What is left of `x` without its highest bits. */
  #rest(x: Expr, bits: number): Expr {
    return this.#hasTops(bits) ? and(x, this.#low) : x
  }

  /** The highest bits of `x ^ y`. */
  #topsOfXor(x: Expr, y: Expr, may: MayBeSet): Expr {
    if (!this.#hasTops(may.y)) return this.#hasTops(may.x) ? this.#tops(x) : i32(0)
    return this.#tops(this.#hasTops(may.x) ? xor(x, y) : y)
  }

  /** Whether a sum may need more room than its operands. */
  #mayCarry({ x, y }: MayBeSet): boolean {
    const ones = 2 ** this.#bits - 1
    for (let at = 0; at < 32; at += this.#bits) if (((x >>> at) & ones) + ((y >>> at) & ones) > ones) return true
    return false
  }

  readonly add = ofAtoms((_, x, y, may) => {
    if (!this.#mayCarry(may)) return add(x, y)
    return xor(add(this.#rest(x, may.x), this.#rest(y, may.y)), this.#topsOfXor(x, y, may))
  })

  readonly sub = ofAtoms((_, x, y, may) =>
    xor(this.#difference(x, y, may), xor(this.#topsOfXor(x, y, may), this.#high)),
  )

  readonly neg: Lane1 = (s, x) => this.sub(s, i32(0), x)

  readonly abs: Lane1 = (s, e) => {
    const x = s.atom(e)
    return add(xor(x, this.#spread(s, x)), shrU(this.#tops(x), this.#bits - 1))
  }

  /** `x - y` but for the highest bits, which are set where the rest of `x` is not less than that of `y`. */
  #difference(x: Expr, y: Expr, may: MayBeSet): Expr {
    return sub(or(x, this.#high), this.#rest(y, may.y))
  }

  /** Comparisons give their answer in the highest bits: the other bits are anything. */
  readonly #differ = ofAtoms((s, a, b, may) => {
    const x = s.atom(xor(a, b))
    if (!this.#hasTops(may.x | may.y)) return add(x, this.#low)
    return or(add(and(x, this.#low), this.#low), x)
  })

  readonly #lessU = ofAtoms((_, x, y, may) => {
    const difference = this.#difference(x, y, may)
    if (!this.#hasTops(may.y)) return not(this.#hasTops(may.x) ? or(x, difference) : difference)
    if (!this.#hasTops(may.x)) return or(y, not(difference))
    return or(and(not(x), y), and(not(xor(x, y)), not(difference)))
  })

  readonly #lessS = ofAtoms((_, x, y, may) => {
    const difference = this.#difference(x, y, may)
    if (!this.#hasTops(may.y)) return this.#hasTops(may.x) ? or(x, not(difference)) : not(difference)
    if (!this.#hasTops(may.x)) return not(or(y, difference))
    return or(and(x, not(y)), and(not(xor(x, y)), not(difference)))
  })

  #where(test: Lane2): Lane2 {
    return (s, a, b, may) => this.#spread(s, test(s, a, b, may))
  }

  #unless(test: Lane2): Lane2 {
    return (s, a, b, may) => this.#spread(s, inverse(test(s, a, b, may)))
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

  readonly min_s = ofAtoms((s, x, y, may) => blend(this.lt_s(s, x, y, may), x, y))
  readonly min_u = ofAtoms((s, x, y, may) => blend(this.lt_u(s, x, y, may), x, y))
  readonly max_s = ofAtoms((s, x, y, may) => blend(this.lt_s(s, x, y, may), y, x))
  readonly max_u = ofAtoms((s, x, y, may) => blend(this.lt_u(s, x, y, may), y, x))

  /** Half of the sum, rounded up. */
  readonly avgr_u = ofAtoms((_, x, y) => sub(or(x, y), and(shrU(xor(x, y), 1), this.#low)))

  readonly add_sat_u = ofAtoms((s, x, y, may) => {
    const sum = s.atom(this.add(s, x, y, may))
    if (!this.#mayCarry(may)) return sum
    return or(sum, this.#spread(s, or(and(x, y), and(or(x, y), not(sum)))))
  })
  /** Where `x` is not less than `y`: if `y` has no highest bits, the difference has one where `x` has. */
  readonly sub_sat_u = ofAtoms((s, x, y, may) => {
    if (y.kind === 'const' && y.value === -1) return i32(0)
    if (this.#hasTops(may.y)) return and(this.sub(s, x, y, may), this.ge_u(s, x, y, may))
    const difference = s.atom(this.#difference(x, y, may))
    const hasTops = this.#hasTops(may.x)
    const isLeft = s.atom(this.#tops(hasTops ? or(x, difference) : difference))
    if (!hasTops) return and(difference, sub(isLeft, shrU(isLeft, this.#bits - 1)))
    return and(and(difference, or(x, this.#low)), this.#spread(s, isLeft))
  })

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
