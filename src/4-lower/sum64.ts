// i64.add, i64.sub and i64.mul. Sums of products are kept together while they are pending, so that the high word of all
// of them costs one conversion. As a double, a product is off by 2^10 at most, far less than the half of 2^32 that its
// high word can bear once the exact low word is taken off.
//
//   a * b + c * d        t = imul(al, bl) + imul(cl, dl) | 0
//                        hi = high(al * bl + cl * dl, t) + cross terms | 0
//   s + a * b + c * d    the same, then n = t + sl | 0, hi = ... + sh + (n >>> 0 < sl >>> 0)

import { bitsOf } from '../3-ir/bits/of-tree.ts'
import type { Expr } from '../3-ir/expr.ts'
import { double, i32, plain } from '../3-ir/expressions.ts'
import { add, binary, ltU, sub } from '../3-ir/fold.ts'
import type { OperandStack, Value } from './operands.ts'

/** Products and at most one other i64, as a pending value. */
export interface Sum {
  /** The low word of the value, a register. */
  readonly lo: Expr
  /** The low word of the sum of the products, a register. */
  readonly productsLo: Expr
  /** The sum of the products as a double. */
  readonly products: Expr
  /** Whether that may be negative. */
  readonly isSigned: boolean
  /** What the products add to the high word besides. */
  readonly cross: Expr
  /** The other i64; its low word is an atom. */
  readonly other: readonly [Expr, Expr] | undefined
}

/** Larger sums are closed: errors add up, and trees stay below what is forced. */
const MAX_SIZE = 32

const ZERO = i32(0)

const constant = (e: Expr): number | undefined => (e.kind === 'const' ? e.value : undefined)

const isSameReg = (x: Expr, y: Expr): boolean => x.kind === 'reg' && y.kind === 'reg' && x.reg === y.reg

/** Whether a high word is the sign of its low word. */
export function isSignOf(hi: Expr, lo: Expr): boolean {
  if (hi.kind === 'const')
    return lo.kind === 'const' ? hi.value === lo.value >> 31 : hi.value === 0 && bitsOf(lo).isNotNegative
  return hi.kind === 'plain' && hi.op === 'i32.shr_s' && constant(hi.args[1]!) === 31 && isSameReg(hi.args[0]!, lo)
}

/** The sum that a pending value is, if it is one still. */
function sumOf(s: OperandStack, [lo, hi]: Value): Sum | undefined {
  const sum = s.sums.get(hi!)
  return sum !== undefined && isSameReg(sum.lo, lo!) && sum.products.size <= MAX_SIZE ? sum : undefined
}

/** The value of a sum. */
function finish(s: OperandStack, products: Omit<Sum, 'lo' | 'other'>, other: Sum['other']): Value {
  const { productsLo, isSigned, cross } = products
  const op = isSigned ? 'i32.high_s' : 'i32.high_u'
  const high = add(plain(op, 'i32', [products.products, productsLo]), cross)
  const lo = other === undefined ? productsLo : s.name(add(productsLo, other[0]))
  const hi = other === undefined ? high : add(add(high, other[1]), ltU(lo, other[0]))
  s.sums.set(hi, { ...products, lo, other })
  return [lo, hi]
}

/** The sum or difference of two sums of which one at most is more than products. */
function combine(s: OperandStack, sign: 'add' | 'sub', a: Sum, b: Sum): Value {
  const words = sign === 'add' ? add : sub
  const products = {
    productsLo: s.name(words(a.productsLo, b.productsLo)),
    products: plain(`f64.${sign}`, 'f64', [a.products, b.products]),
    isSigned: a.isSigned || b.isSigned || sign === 'sub',
    cross: words(a.cross, b.cross),
  }
  return finish(s, products, a.other ?? b.other)
}

export function addPair(s: OperandStack, a: Value, b: Value): Value {
  const [left, right] = [sumOf(s, a), sumOf(s, b)]
  if (left !== undefined && right !== undefined && (left.other === undefined || right.other === undefined)) {
    return combine(s, 'add', left, right)
  }
  const [products, other] = left === undefined ? [right, a] : [left, b]
  if (products !== undefined && products.other === undefined) return finish(s, products, [s.atom(other[0]!), other[1]!])
  const [[al, ah], [bl, bh]] = [a, b]
  if (constant(bl!) === 0) return [al!, add(ah!, bh!)]
  const y = s.atom(bl!)
  const lo = s.atom(add(al!, y))
  return [lo, add(add(ah!, bh!), ltU(lo, y))]
}

export function subPair(s: OperandStack, a: Value, b: Value): Value {
  const [left, right] = [sumOf(s, a), sumOf(s, b)]
  if (left !== undefined && right !== undefined && right.other === undefined) return combine(s, 'sub', left, right)
  const [[al, ah], [bl, bh]] = [a, b]
  if (constant(bl!) === 0) return [al!, sub(ah!, bh!)]
  const [x, y] = [s.atom(al!), s.atom(bl!)]
  return [sub(x, y), sub(sub(ah!, bh!), ltU(x, y))]
}

//   i64.mul    lo = imul(a, c)    hi = high(a * c, lo) + imul(a, d) + imul(b, c) | 0
export function mulPair(s: OperandStack, [al, ah]: Value, [bl, bh]: Value): Value {
  if (al!.kind === 'const' && bl!.kind !== 'const') return mulPair(s, [bl!, bh!], [al!, ah!])
  s.hasProducts = true
  const [x, y] = [s.atom(al!), s.atom(bl!)]
  const lo = s.name(binary('i32.mul', x, y))
  const isSigned = isSignOf(ah!, x) && isSignOf(bh!, y)
  const cross = isSigned ? ZERO : add(binary('i32.mul', x, bh!), binary('i32.mul', y, ah!))
  const short = highOfShort(x, y, isSigned)
  if (short !== undefined || lo.kind !== 'reg') return [lo, add(short ?? high(x, y, lo, isSigned), cross)]
  return finish(s, { productsLo: lo, products: product(x, y, isSigned), isSigned, cross }, undefined)
}

function product(x: Expr, y: Expr, isSigned: boolean): Expr {
  const op = isSigned ? 'f64.convert_i32_s' : 'f64.convert_i32_u'
  return plain('f64.mul', 'f64', [plain(op, 'f64', [x]), plain(op, 'f64', [y])])
}

const high = (x: Expr, y: Expr, lo: Expr, isSigned: boolean): Expr =>
  plain(isSigned ? 'i32.high_s' : 'i32.high_u', 'i32', [product(x, y, isSigned), lo])

/** Products below 2^53 are exact, and so is their 2^32th part: x * 5 has the high word (x >>> 0) * (5 / 2^32) | 0. */
function highOfShort(x: Expr, y: Expr, isSigned: boolean): Expr | undefined {
  if (y.kind !== 'const' || y.value < 0 || y.value > 0x1fffff) return undefined
  if (y.value < 2) return isSigned ? undefined : ZERO
  const convert = plain(isSigned ? 'f64.convert_i32_s' : 'f64.convert_i32_u', 'f64', [x])
  const quotient = plain('f64.mul', 'f64', [convert, double(y.value / 4294967296)])
  return plain('i32.wrap_f64', 'i32', [isSigned ? plain('f64.floor', 'f64', [quotient]) : quotient])
}
