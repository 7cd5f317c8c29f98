// Division of i64 by a constant, and of what has no high words. Everything else is a runtime function.

import { TRAP } from '../../3-ir/effects.ts'
import type { Expr } from '../../3-ir/expr.ts'
import { anyOperation, double, operation } from '../../3-ir/expressions.ts'
import { sub } from '../../3-ir/fold.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { isShort, type Words, words, zeroExtended } from './words.ts'

const TWO_32 = 4294967296

/** Divisors up to here leave doubles under 2^53: the remainder of the high word, then the low word. */
const MAX_DIVISOR = 2 ** 21

/** Divisors up to here leave doubles under 2^51. */
const MAX_RECIPROCAL = 2 ** 19

/** The divisor if it is a small constant. */
const smallDivisor = (x: Words): number | undefined =>
  x.lo.kind === 'const' && isShort(x) && x.lo.value > 0 && x.lo.value <= MAX_DIVISOR ? x.lo.value : undefined

const unsigned = (e: Expr): Expr => operation('f64.convert_i32_u', [e])
const f64 = (op: 'add' | 'sub' | 'mul' | 'div' | 'floor', ...args: readonly Expr[]): Expr =>
  anyOperation(`f64.${op}`, args)

/** A division of words: both high words are 0. */
const short = (op: 'i32.div_u' | 'i32.rem_u', { lo: x }: Words, { lo: y }: Words): Words =>
  zeroExtended(operation(op, [x, y], y.kind === 'const' && y.value > 0 ? 0 : TRAP))

//   x / 10    hi = (xh >>> 0) / 10 | 0    lo = ((xh - hi * 10) * 2^32 + (xl >>> 0) + 0.5) * 0.1 | 0
export function divideUnsigned(s: OperandStack, a: Words, b: Words): Words | undefined {
  if (isShort(a) && isShort(b)) return short('i32.div_u', a, b)
  const divisor = smallDivisor(b)
  if (divisor === undefined) return undefined
  const x = s.atom(a.hi)
  const hi = s.name(operation('i32.div_u', [x, b.lo], 0))
  const rest = sub(x, operation('i32.mul', [hi, b.lo]))
  const dividend = f64('add', f64('mul', unsigned(rest), double(TWO_32)), unsigned(a.lo))
  return words(operation('i32.wrap_f64', [quotientOf(dividend, divisor)]), hi)
}

//   x % 10    d = (xh >>> 0) * (2^32 % 10) + (xl >>> 0)    lo = d - floor((d + 0.5) * 0.1) * 10 | 0    hi = 0
export function remainderUnsigned(s: OperandStack, a: Words, b: Words): Words | undefined {
  if (isShort(a) && isShort(b)) return short('i32.rem_u', a, b)
  const divisor = smallDivisor(b)
  if (divisor === undefined) return undefined
  const d = s.name(f64('add', f64('mul', unsigned(a.hi), double(TWO_32 % divisor)), unsigned(a.lo)))
  const quotient = f64('floor', quotientOf(d, divisor))
  return zeroExtended(operation('i32.wrap_f64', [f64('sub', d, f64('mul', quotient, double(divisor)))]))
}

/**
 * Something with the floor of `d / divisor`. Below 2^51 a product will do: (d + 0.5) / divisor is away from every integer
 * by 0.5 / divisor at least, and two roundings of 2^-53 are less than that.
 */
const quotientOf = (d: Expr, divisor: number): Expr =>
  divisor <= MAX_RECIPROCAL
    ? f64('mul', f64('add', d, double(0.5)), double(1 / divisor))
    : f64('div', d, double(divisor))
