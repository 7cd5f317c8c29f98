// Expressions that give the same value by less, since enough is known of their operands.
//
//   (x & 7) & 15               x & 7
//   (x >>> 1) <_u (y >>> 1)    (x >>> 1) <_s (y >>> 1): nothing has to be made an unsigned number

import type { KnownBits } from '../../3-ir/bits/known-bits.ts'
import type { Const, Expr, Plain, Select } from '../../3-ir/expr.ts'
import { i32, i64, plain } from '../../3-ir/expressions.ts'
import { and, eqz, or, refold } from '../../3-ir/fold.ts'
import type { Values } from '../facts/values.ts'

/** @returns an expression of the same value and the same effects */
export function simplify(e: Expr, values: Values): Expr {
  if (e.args.length === 0) return e.kind === 'reg' ? (constantIn(e, values) ?? e) : e
  if ((e.reads & values.knownReads) === 0 && isOfRegisters(e)) return e
  let args: Expr[] | undefined
  for (let i = 0; i < e.args.length; i++) {
    const made = simplify(e.args[i]!, values)
    if (made !== e.args[i]) args ??= [...e.args]
    if (args !== undefined) args[i] = made
  }
  const made = args === undefined ? e : refold(e, args)
  if (made.kind === 'select') return simplerSelect(made, values) ?? made
  if (made.kind !== 'plain') return made
  const rule = made.reads === 0 && made.effects === 0 ? constantIn : RULES.get(made.op)
  return rule?.(made, values) ?? made
}

const isOfRegisters = ({ args }: Expr): boolean => {
  for (let i = 0; i < args.length; i++) if (args[i]!.kind !== 'reg') return false
  return true
}

/** The only number that an integer may be, if it does nothing else. */
function constantIn(e: Expr, values: Values): Const | undefined {
  if ((e.type !== 'i32' && e.type !== 'i64') || e.effects !== 0) return undefined
  const bits = values.of(e)
  if (!bits.isConstant) return undefined
  return bits.width === 32 ? i32(bits.onesLo) : i64(bits.onesLo, bits.onesHi)
}

/** What has the same value; undefined: nothing simpler is known. */
type Rule = (e: Plain, values: Values) => Expr | undefined

/** One number, or else another rule. */
const constantOr =
  (rule: Rule): Rule =>
  (e, values) =>
    constantIn(e, values) ?? rule(e, values)

/** Whether all bits that may be 1 in the one are 1 in the other. */
const isWithin = (a: KnownBits, b: KnownBits): boolean =>
  (~a.zerosLo & ~b.onesLo) === 0 && (a.width === 32 || (~a.zerosHi & ~b.onesHi) === 0)

/** One of two operands, if the other does nothing. */
const either =
  (isLeft: (left: KnownBits, right: KnownBits) => boolean): Rule =>
  ({ args }, values) => {
    const [x, y] = args as [Expr, Expr]
    const [left, right] = [values.of(x), values.of(y)]
    if (y.effects === 0 && isLeft(left, right)) return x
    return x.effects === 0 && isLeft(right, left) ? y : undefined
  }

/** Another instruction, if no operand is negative. */
const unlessNegative =
  (op: string): Rule =>
  ({ type, args, own }, values) =>
    args.every((arg) => values.of(arg).isNotNegative) ? plain(op, type, args, own) : undefined

/** The same if the dividend is not negative and the divisor a number above 0: other divisions are calls. */
const divideSigned =
  (op: string): Rule =>
  (e, values) =>
    e.args[1]!.kind === 'const' ? unlessNegative(op)(e, values) : undefined

/** A shift that brings in zeros is one that brings in signs; by constants, engines know what is not negative themselves. */
const shiftSigned =
  (op: string): Rule =>
  ({ type, args }, values) =>
    args[1]!.kind !== 'const' && values.of(args[0]!).isNotNegative ? plain(op, type, args) : undefined

/** Nothing, if the bits are copies of the sign already. */
const extendFrom =
  (count: number): Rule =>
  ({ args }, values) => {
    const { width, signs } = values.of(args[0]!)
    return signs > width - count ? args[0] : undefined
  }

//   x << 24 >> 24
const extendByShifts: Rule = ({ args }, values) => {
  const [shifted, count] = args as [Expr, Expr]
  if (count.kind !== 'const' || shifted.kind !== 'plain' || !shifted.op.endsWith('.shl')) return undefined
  const [x, other] = shifted.args as [Expr, Expr]
  if (other.kind !== 'const' || lowOf(other) !== lowOf(count)) return undefined
  const { width, signs } = values.of(x)
  return signs > (lowOf(count) & (width - 1)) ? x : undefined
}

/** The low word of a number. */
const lowOf = (e: Const): number => (e.type === 'i32' ? e.value : e.lo)

/** A comparison of what is 0 or 1 with 0 or 1. */
const equality =
  (same: 0 | 1): Rule =>
  ({ args }, values) => {
    const [x, y] = args as [Expr, Expr]
    if (y.kind !== 'const' || (y.value !== 0 && y.value !== 1) || !values.of(x).isTruth) return undefined
    return y.value === same ? x : eqz(x)
  }

const none: Rule = () => undefined

const rulesOf = (type: 'i32' | 'i64'): [string, Rule][] => [
  [`${type}.and`, constantOr(either(isWithin))],
  [`${type}.or`, either((left, right) => isWithin(right, left))],
  [`${type}.shl`, constantOr(none)],
  [`${type}.shr_s`, constantOr(extendByShifts)],
  [`${type}.shr_u`, constantOr(shiftSigned(`${type}.shr_s`))],
  [`${type}.eqz`, constantOr(none)],
  ...['lt', 'gt', 'le', 'ge'].flatMap((op): [string, Rule][] => [
    [`${type}.${op}_s`, constantOr(none)],
    [`${type}.${op}_u`, constantOr(unlessNegative(`${type}.${op}_s`))],
  ]),
  [`${type}.extend8_s`, extendFrom(8)],
  [`${type}.extend16_s`, extendFrom(16)],
]

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...rulesOf('i32'),
  ...rulesOf('i64'),
  ['i32.div_u', constantOr(divideSigned('i32.div_s'))],
  ['i32.rem_u', constantOr(divideSigned('i32.rem_s'))],
  ['i32.eq', constantOr(equality(1))],
  ['i32.ne', constantOr(equality(0))],
  ['i64.eq', constantOr(none)],
  ['i64.ne', constantOr(none)],
  ['i64.extend32_s', extendFrom(32)],
  ['i32.wrap_i64', constantOr(none)],
  ['i64.low', constantOr(none)],
  ['i64.high', constantOr(none)],
  ['f32.convert_i32_u', unlessNegative('f32.convert_i32_s')],
  ['f64.convert_i32_u', unlessNegative('f64.convert_i32_s')],
])

/** Both arms are computed where there is no choice: they may not be larger than this. */
const MAX_ARM = 8

/**
 * A choice between a truth and a number that is one is an operation on bits:
 *
 *   c ? t : 0     c & t          c ? 1 : t     c | t
 */
function simplerSelect({ args }: Select, values: Values): Expr | undefined {
  const [cond, then, otherwise] = args as [Expr, Expr, Expr]
  const bits = values.of(cond)
  if (cond.effects === 0 && bits.isNotZero) return then
  if (cond.effects === 0 && bits.isZero) return otherwise
  if (then.type !== 'i32' || !bits.isTruth || then.size + otherwise.size > MAX_ARM) return undefined
  if (then.kind === 'const') return values.of(otherwise).isTruth ? chooseTruth(then.value, cond, otherwise) : undefined
  if (otherwise.kind !== 'const' || !values.of(then).isTruth) return undefined
  return chooseTruth(otherwise.value, eqz(cond), then)
}

/** A number if a condition holds, else a truth; undefined: the number is none. */
function chooseTruth(number: number, cond: Expr, otherwise: Expr): Expr | undefined {
  if (number === 1) return or(cond, otherwise)
  return number === 0 ? and(eqz(cond), otherwise) : undefined
}
