// Products of lanes of 8 and 16 bits: one by one, since they need more room than their operands have in a word.

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, binary, or, shrS, shrU, sub } from '../../../3-ir/fold.ts'
import type { Binary, Lane2 } from './rule.ts'
import { ofWords, someOf } from './vector.ts'
import { field, pair, unsignedBytes } from './widths.ts'

export const mul = (x: Expr, y: Expr): Expr => binary('i32.mul', x, y)

/** Products of the lanes of a half, in lanes twice as wide. */
const multiply =
  (half: 'low' | 'high', product: (x: Expr, y: Expr, half: 0 | 1) => Expr): Binary =>
  (s, a, b) => {
    const places = half === 'low' ? [0, 1] : [2, 3]
    const [x, y] = [a, b].map((v) => someOf(s, v, 'i32x4', places).map((e) => s.atom(e))) as [Expr[], Expr[]]
    return ofWords(x.flatMap((e, i) => [product(e, y[i]!, 0), product(e, y[i]!, 1)]))
  }

const products = (half: 'low' | 'high', isSigned: boolean): Binary =>
  multiply(half, (x, y, part) => {
    const product = (place: number): Expr => mul(field(x, 8, place, isSigned), field(y, 8, place, isSigned))
    return pair(product(2 * part), product(2 * part + 1))
  })

/** If all factors on one side are equal, two products fit side by side into that of two factors and one. */
const productsWithEqual = (half: 'low' | 'high', isEqualFirst: boolean): Binary =>
  multiply(half, (x, y, part) => {
    const [factors, equal] = isEqualFirst ? [y, x] : [x, y]
    return mul(unsignedBytes(factors, part), field(equal, 8, 0, false))
  })

export function multiplyBytes(half: 'low' | 'high', isSigned: boolean): Binary {
  const all = products(half, isSigned)
  if (isSigned) return all
  const [equalFirst, equalLast] = [productsWithEqual(half, true), productsWithEqual(half, false)]
  return (s, a, b) => (a.known?.hasEqualBytes ? equalFirst : b.known?.hasEqualBytes ? equalLast : all)(s, a, b)
}

export const multiplyShorts = (half: 'low' | 'high', isSigned: boolean): Binary =>
  multiply(half, (x, y, part) => mul(field(x, 16, part, isSigned), field(y, 16, part, isSigned)))

/** Sums of products of lanes side by side. */
export const dotShorts: Lane2 = (s, a, b) => {
  const [x, y] = [s.atom(a), s.atom(b)]
  return add(mul(field(x, 16, 0, true), field(y, 16, 0, true)), mul(field(x, 16, 1, true), field(y, 16, 1, true)))
}

/** The same for bytes, of which two sums share a word. Only -128 * -128 * 2 is too large: it becomes the largest there is. */
export const dotBytes: Lane2 = (s, a, b) => {
  const [x, y] = [s.atom(a), s.atom(b)]
  const product = (place: number): Expr => mul(field(x, 8, place, true), field(y, 8, place, true))
  const sum = (place: number): Expr => {
    const exact = s.atom(add(product(place), product(place + 1)))
    return sub(exact, binary('i32.eq', exact, i32(0x8000)))
  }
  return pair(sum(0), sum(2))
}

/** Fixed-point products of 15 bits behind the point, rounded. Only -1 * -1 is too large. */
export const roundedProducts: Lane2 = (s, a, b) => {
  const [x, y] = [s.atom(a), s.atom(b)]
  const product = (place: number): Expr => {
    const exact = mul(field(x, 16, place, true), field(y, 16, place, true))
    const rounded = s.atom(shrS(add(exact, i32(0x4000)), 15))
    return sub(rounded, binary('i32.eq', rounded, i32(0x8000)))
  }
  return pair(product(0), product(1))
}

/** The low 16 bits of two products. The upper one needs no shift back: it is of an operand that was not shifted. */
export const multiplied: Lane2 = (s, a, b) => {
  const [x, y] = [s.atom(a), s.atom(b)]
  return or(and(mul(x, y), i32(0xffff)), mul(shrU(x, 16), and(y, i32(-0x10000))))
}
