// i64.add, i64.sub and i64.mul. Sums of products are kept together within an expression, so that the high word of all of
// them costs one conversion. As a double, a product is off by 2^10 at most, far less than the half of 2^32 that its
// high word can bear once the exact low word is taken off.
//
//   a * b + c * d        t = imul(al, bl) + imul(cl, dl) | 0
//                        hi = high(al * bl + cl * dl, t) + cross terms | 0
//   s + a * b + c * d    the same, then n = t + sl | 0, hi = ... + sh + (n >>> 0 < sl >>> 0)

import type { Expr } from '../../3-ir/expr.ts'
import { double, operation } from '../../3-ir/expressions.ts'
import { add, binary, ltU, sub } from '../../3-ir/fold.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { type Words, words, ZERO } from './words.ts'

/** Products and at most one other i64. */
export interface Sum {
  /** The low word of the sum of the products, a register. */
  readonly productsLo: Expr
  /** The sum of the products as a double. */
  readonly products: Expr
  /** Whether that may be negative. */
  readonly isSigned: boolean
  /** What the products add to the high word besides. */
  readonly cross: Expr
  /** The other i64; its low word is an atom. */
  readonly other: Words | undefined
}

/** Larger sums are closed: errors add up, and trees stay below what is forced. */
const MAX_SIZE = 32

const constant = (e: Expr): number | undefined => (e.kind === 'const' ? e.value : undefined)

/** The sum that a value is, if more can be added to it. */
const sumOf = ({ sum }: Words): Sum | undefined =>
  sum !== undefined && sum.products.size <= MAX_SIZE ? sum : undefined

/** The value of a sum. */
function finish(s: OperandStack, products: Omit<Sum, 'other'>, other: Words | undefined): Words {
  const { productsLo, isSigned, cross } = products
  const op = isSigned ? 'i32.high_s' : 'i32.high_u'
  const high = add(operation(op, [products.products, productsLo]), cross)
  const lo = other === undefined ? productsLo : s.name(add(productsLo, other.lo))
  const hi = other === undefined ? high : add(add(high, other.hi), ltU(lo, other.lo))
  return words(lo, hi, { ...products, other })
}

/** The sum or difference of two sums of which one at most is more than products. */
function combine(s: OperandStack, sign: 'add' | 'sub', a: Sum, b: Sum): Words {
  const join = sign === 'add' ? add : sub
  const products = {
    productsLo: s.name(join(a.productsLo, b.productsLo)),
    products: operation(`f64.${sign}`, [a.products, b.products]),
    isSigned: a.isSigned || b.isSigned || sign === 'sub',
    cross: join(a.cross, b.cross),
  }
  return finish(s, products, a.other ?? b.other)
}

export function addWords(s: OperandStack, a: Words, b: Words): Words {
  const left = sumOf(a)
  const right = sumOf(b)
  if (left !== undefined && right !== undefined && (left.other === undefined || right.other === undefined)) {
    return combine(s, 'add', left, right)
  }
  const products = left ?? right
  if (products !== undefined && products.other === undefined) {
    const other = left === undefined ? a : b
    return finish(s, products, words(s.atom(other.lo), other.hi))
  }
  if (constant(b.lo) === 0) return words(a.lo, add(a.hi, b.hi))
  const y = s.atom(b.lo)
  const lo = s.atom(add(a.lo, y))
  return words(lo, add(add(a.hi, b.hi), ltU(lo, y)))
}

export function subWords(s: OperandStack, a: Words, b: Words): Words {
  const left = sumOf(a)
  const right = sumOf(b)
  if (left !== undefined && right !== undefined && right.other === undefined) return combine(s, 'sub', left, right)
  if (constant(b.lo) === 0) return words(a.lo, sub(a.hi, b.hi))
  const x = s.atom(a.lo)
  const y = s.atom(b.lo)
  return words(sub(x, y), sub(sub(a.hi, b.hi), ltU(x, y)))
}

//   i64.mul    lo = imul(a, c)    hi = high(a * c, lo) + imul(a, d) + imul(b, c) | 0
export function mulWords(s: OperandStack, a: Words, b: Words): Words {
  if (a.lo.kind === 'const' && b.lo.kind !== 'const') return mulWords(s, b, a)
  const x = s.atom(a.lo)
  const y = s.atom(b.lo)
  const lo = s.name(binary('i32.mul', x, y))
  const isSigned = a.isSigned && b.isSigned
  const cross = isSigned ? ZERO : add(binary('i32.mul', x, b.hi), binary('i32.mul', y, a.hi))
  const short = highOfShort(x, y, isSigned)
  if (short !== undefined || lo.kind !== 'reg') return words(lo, add(short ?? high(x, y, lo, isSigned), cross))
  return finish(s, { productsLo: lo, products: product(x, y, isSigned), isSigned, cross }, undefined)
}

function product(x: Expr, y: Expr, isSigned: boolean): Expr {
  const op = isSigned ? 'f64.convert_i32_s' : 'f64.convert_i32_u'
  return operation('f64.mul', [operation(op, [x]), operation(op, [y])])
}

const high = (x: Expr, y: Expr, lo: Expr, isSigned: boolean): Expr =>
  operation(isSigned ? 'i32.high_s' : 'i32.high_u', [product(x, y, isSigned), lo])

/** Products below 2^53 are exact, and so is their 2^32th part: x * 5 has the high word (x >>> 0) * (5 / 2^32) | 0. */
function highOfShort(x: Expr, y: Expr, isSigned: boolean): Expr | undefined {
  if (y.kind !== 'const' || y.value < 0 || y.value > 0x1fffff) return undefined
  if (y.value < 2) return isSigned ? undefined : ZERO
  const convert = operation(isSigned ? 'f64.convert_i32_s' : 'f64.convert_i32_u', [x])
  const quotient = operation('f64.mul', [convert, double(y.value / 4294967296)])
  return operation('i32.wrap_f64', [isSigned ? operation('f64.floor', [quotient]) : quotient])
}
