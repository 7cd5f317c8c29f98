// Expressions that give the same value by less, since enough is known of their operands.
//
//   (x & 7) & 15               x & 7
//   (x >>> 1) <_u (y >>> 1)    (x >>> 1) <_s (y >>> 1): nothing has to be made an unsigned number

import type { KnownBits } from '../../3-ir/bits/known-bits.ts'
import type { Const, Expr, Operation } from '../../3-ir/expr.ts'
import { anyOperation, i32, i64 } from '../../3-ir/expressions.ts'
import { eqz, refold } from '../../3-ir/fold.ts'
import type { IrOp } from '../../3-ir/ops/index.ts'
import { located } from '../../3-ir/positions.ts'
import type { Values } from '../facts/values.ts'

/**
 * @param known a filter like `Expr.reads`: the registers of which something is known
 * @returns an expression of the same value and the same effects
 */
export function simplify(e: Expr, values: Values, known = values.knownReads): Expr {
  const isOfUnknown = (e.reads & known) === 0
  if (e.args.length === 0) return isOfUnknown || e.kind !== 'reg' ? e : (constantIn(e, values) ?? e)
  if (isOfUnknown && isOfRegisters(e)) return e
  let args: Expr[] | undefined
  for (let i = 0; i < e.args.length; i++) {
    const made = simplify(e.args[i]!, values, known)
    if (made !== e.args[i]) args ??= [...e.args]
    if (args !== undefined) args[i] = made
  }
  const made = args === undefined ? e : refold(e, args)
  if (made.kind !== 'op') return made
  // Only these may be constant though their operands are not.
  const rule = made.reads === 0 ? constantIn : RULES.get(made.op)
  const simpler = rule?.(made, values)
  return simpler === undefined ? made : located(simpler, made.at)
}

/** Whether all operands are registers. If nothing is known of these, the expression is already as simple as when it was made. */
function isOfRegisters({ args }: Expr): boolean {
  for (let i = 0; i < args.length; i++) if (args[i]!.kind !== 'reg') return false
  return true
}

/** The only number that an integer may be, if it does nothing else. */
function constantIn(e: Expr, values: Values): Const | undefined {
  if ((e.type !== 'i32' && e.type !== 'i64') || e.effects !== 0) return undefined
  const { isConstant, width, onesLo, onesHi } = values.of(e)
  if (!isConstant) return undefined
  return width === 32 ? i32(onesLo) : i64(onesLo, onesHi)
}

/** What has the same value; undefined: nothing simpler is known. */
type Rule = (e: Operation, values: Values) => Expr | undefined

/** One number, or else what another rule says. */
const constantOr =
  (rule: Rule): Rule =>
  (e, values) =>
    constantIn(e, values) ?? rule(e, values)

const nothing: Rule = () => undefined

/** Whether all bits that may be 1 in the one are 1 in the other. */
const isWithin = (a: KnownBits, b: KnownBits): boolean =>
  (~a.zerosLo & ~b.onesLo) === 0 && (a.width === 32 || (~a.zerosHi & ~b.onesHi) === 0)

/** One of two operands, if the other does nothing. */
const either =
  (isLeft: (left: KnownBits, right: KnownBits) => boolean): Rule =>
  ({ args }, values) => {
    const x = args[0]!
    const y = args[1]!
    const left = values.of(x)
    const right = values.of(y)
    if (y.effects === 0 && isLeft(left, right)) return x
    return x.effects === 0 && isLeft(right, left) ? y : undefined
  }

/** Another instruction, if no operand is negative. */
const unlessNegative =
  (op: IrOp): Rule =>
  ({ args, own }, values) =>
    args.every((arg) => values.of(arg).isNotNegative) ? anyOperation(op, args, own) : undefined

/** The same if the dividend is not negative and the divisor a number above 0: other divisions are calls. */
const divideSigned =
  (op: IrOp): Rule =>
  (e, values) =>
    e.args[1]!.kind === 'const' ? unlessNegative(op)(e, values) : undefined

/** A shift that brings in zeros is one that brings in signs; by constants, engines know what is not negative themselves. */
const shiftSigned =
  (op: IrOp): Rule =>
  ({ args }, values) =>
    args[1]!.kind !== 'const' && values.of(args[0]!).isNotNegative ? anyOperation(op, args) : undefined

/** Nothing, if the bits are copies of the sign already. */
const extendFrom =
  (count: number): Rule =>
  ({ args }, values) => {
    const { width, signs } = values.of(args[0]!)
    return signs > width - count ? args[0] : undefined
  }

//   x << 24 >> 24
const extendByShifts: Rule = ({ args }, values) => {
  const shifted = args[0]!
  const count = args[1]!
  if (count.kind !== 'const' || shifted.kind !== 'op' || !isShl(shifted.op)) return undefined
  const [x, other] = shifted.args as [Expr, Expr]
  if (other.kind !== 'const' || lowOf(other) !== lowOf(count)) return undefined
  const { width, signs } = values.of(x)
  return signs > (lowOf(count) & (width - 1)) ? x : undefined
}

const isShl = (op: IrOp): boolean => op === 'i32.shl' || op === 'i64.shl'

/** The low word of a number. */
const lowOf = (e: Const): number => (e.type === 'i32' ? e.value : e.lo)

/** A comparison of what is 0 or 1 with 0 or 1. */
const equality =
  (same: 0 | 1): Rule =>
  ({ args }, values) => {
    const x = args[0]!
    const y = args[1]!
    if (x.type !== 'i32' || y.kind !== 'const' || (y.value !== 0 && y.value !== 1)) return undefined
    if (!values.of(x).isTruth) return undefined
    return y.value === same ? x : eqz(x)
  }

/** The low word of an extended i32 is that i32. */
const wrapExtended: Rule = ({ args }) => {
  const [long] = args as [Expr]
  if (long.kind !== 'op') return undefined
  return long.op === 'i64.extend_i32_s' || long.op === 'i64.extend_i32_u' ? long.args[0] : undefined
}

/** Nothing is saturated where the high word is zero: of an extended i32 that i32 is left. */
const saturateExtended: Rule = (e, values) => (values.of(e.args[0]!).highIsZero ? wrapExtended(e, values) : undefined)

const rulesOf = (type: 'i32' | 'i64'): [IrOp, Rule][] => [
  [`${type}.and`, constantOr(either(isWithin))],
  [`${type}.or`, either((left, right) => isWithin(right, left))],
  [`${type}.shl`, constantOr(nothing)],
  [`${type}.shr_s`, constantOr(extendByShifts)],
  [`${type}.shr_u`, constantOr(shiftSigned(`${type}.shr_s`))],
  [`${type}.eqz`, constantOr(nothing)],
  [`${type}.eq`, constantOr(equality(1))],
  [`${type}.ne`, constantOr(equality(0))],
  ...(['lt', 'gt', 'le', 'ge'] as const).flatMap((op): [IrOp, Rule][] => [
    [`${type}.${op}_s`, constantOr(nothing)],
    [`${type}.${op}_u`, constantOr(unlessNegative(`${type}.${op}_s`))],
  ]),
  [`${type}.extend8_s`, extendFrom(8)],
  [`${type}.extend16_s`, extendFrom(16)],
]

const RULES: ReadonlyMap<IrOp, Rule> = new Map<IrOp, Rule>([
  ...rulesOf('i32'),
  ...rulesOf('i64'),
  ['i32.div_u', constantOr(divideSigned('i32.div_s'))],
  ['i32.rem_u', constantOr(divideSigned('i32.rem_s'))],
  ['i64.extend32_s', extendFrom(32)],
  ['i32.wrap_i64', constantOr(wrapExtended)],
  ['i32.sat_i64_u', constantOr(saturateExtended)],
  ['i64.low', constantOr(nothing)],
  ['i64.high', constantOr(nothing)],
  ['f32.convert_i32_u', unlessNegative('f32.convert_i32_s')],
  ['f64.convert_i32_u', unlessNegative('f64.convert_i32_s')],
])
