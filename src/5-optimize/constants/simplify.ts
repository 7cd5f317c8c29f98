// Expressions that give the same value by less, since enough is known of their operands.
//
//   (x & 7) & 15               x & 7
//   (x >>> 1) <_u (y >>> 1)    (x >>> 1) <_s (y >>> 1): nothing has to be made an unsigned number

import type { KnownBits } from '../../3-ir/bits/known-bits.ts'
import { bitsFrom } from '../../3-ir/bits/of-tree.ts'
import type { Const, Expr, Plain } from '../../3-ir/expr.ts'
import { i32, i64, operation } from '../../3-ir/expressions.ts'
import { eqz, refold } from '../../3-ir/fold.ts'
import type { IrOp } from '../../3-ir/ops/index.ts'
import { located } from '../../3-ir/positions.ts'
import type { Values } from '../facts/values.ts'

export class Simplifier {
  readonly #values: Values
  /** What is known of the expression that was simplified last, if it is an integer. */
  #bits: KnownBits | undefined

  constructor(values: Values) {
    this.#values = values
  }

  /** @returns an expression of the same value and the same effects */
  readonly simplify = (e: Expr): Expr => {
    if (e.kind === 'const') {
      this.#bits = undefined
      return e
    }
    if ((e.reads & this.#values.knownReads) === 0 && isOfRegisters(e)) {
      this.#bits = undefined
      return e
    }
    const made = e.args.length === 0 ? e : this.#ofOperands(e)
    if (made !== e || e.args.length === 0) this.#bits = this.#values.of(made)
    if (made.kind === 'const') return made
    const bits = this.#bits!
    if (bits.isConstant && made.effects === 0 && isInteger(made)) return constantOf(bits)
    const simpler = made.kind === 'plain' ? RULES.get(made.op)?.(made, this.#values) : undefined
    return simpler === undefined ? made : located(simpler, made.at)
  }

  /** The expression on simpler operands. */
  #ofOperands(e: Expr): Expr {
    const operands: KnownBits[] = []
    let args: Expr[] | undefined
    for (let i = 0; i < e.args.length; i++) {
      const made = this.simplify(e.args[i]!)
      operands.push(this.#bits ?? this.#values.of(made))
      if (made !== e.args[i]) args ??= [...e.args]
      if (args !== undefined) args[i] = made
    }
    if (args !== undefined) return refold(e, args)
    this.#bits = bitsFrom(e, operands)
    return e
  }
}

/** Whether an expression has registers for operands, or is one: if nothing is known of them, there is nothing to simplify. */
const isOfRegisters = ({ kind, args }: Expr): boolean =>
  kind === 'reg' || (args.length > 0 && args.every((arg) => arg.kind === 'reg'))

const isInteger = ({ type }: Expr): boolean => type === 'i32' || type === 'i64'

const constantOf = ({ width, onesLo, onesHi }: KnownBits): Const => (width === 32 ? i32(onesLo) : i64(onesLo, onesHi))

/** What has the same value; undefined: nothing simpler is known. */
type Rule = (e: Plain, values: Values) => Expr | undefined

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
  (op: IrOp): Rule =>
  ({ args, own }, values) =>
    args.every((arg) => values.of(arg).isNotNegative) ? operation(op, args, own) : undefined

/** The same if the dividend is not negative and the divisor a number above 0: other divisions are calls. */
const divideSigned =
  (op: IrOp): Rule =>
  (e, values) =>
    e.args[1]!.kind === 'const' ? unlessNegative(op)(e, values) : undefined

/** A shift that brings in zeros is one that brings in signs; by constants, engines know what is not negative themselves. */
const shiftSigned =
  (op: IrOp): Rule =>
  ({ args }, values) =>
    args[1]!.kind !== 'const' && values.of(args[0]!).isNotNegative ? operation(op, args) : undefined

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
  if (count.kind !== 'const' || shifted.kind !== 'plain' || !isShl(shifted.op)) return undefined
  const [x, other] = shifted.args as [Expr, Expr]
  if (other.kind !== 'const' || lowOf(other) !== lowOf(count)) return undefined
  const { width, signs } = values.of(x)
  return signs > (lowOf(count) & (width - 1)) ? x : undefined
}

const isShl = (op: IrOp): boolean => op === 'i32.shl' || op === 'i64.shl'

/** The low word of a number. */
const lowOf = (e: Const): number => (e.type === 'i32' ? e.value : e.lo)

/** A comparison of what is 0 or 1 with the other of them or with itself. */
const equality =
  (same: 0 | 1): Rule =>
  ({ args }, values) => {
    const [x, y] = args as [Expr, Expr]
    if (y.kind !== 'const' || (y.value !== 0 && y.value !== 1) || !values.of(x).isTruth) return undefined
    return y.value === same ? x : eqz(x)
  }

function rulesOf(type: 'i32' | 'i64'): [IrOp, Rule][] {
  return [
    [`${type}.and`, either(isWithin)],
    [`${type}.or`, either((left, right) => isWithin(right, left))],
    [`${type}.shr_s`, extendByShifts],
    [`${type}.shr_u`, shiftSigned(`${type}.shr_s`)],
    ...(['lt', 'gt', 'le', 'ge'] as const).map((op): [IrOp, Rule] => [
      `${type}.${op}_u`,
      unlessNegative(`${type}.${op}_s`),
    ]),
    [`${type}.extend8_s`, extendFrom(8)],
    [`${type}.extend16_s`, extendFrom(16)],
  ]
}

const RULES: ReadonlyMap<IrOp, Rule> = new Map<IrOp, Rule>([
  ...rulesOf('i32'),
  ...rulesOf('i64'),
  ['i32.div_u', divideSigned('i32.div_s')],
  ['i32.rem_u', divideSigned('i32.rem_s')],
  ['i32.eq', equality(1)],
  ['i32.ne', equality(0)],
  ['i64.extend32_s', extendFrom(32)],
  ['f32.convert_i32_u', unlessNegative('f32.convert_i32_s')],
  ['f64.convert_i32_u', unlessNegative('f64.convert_i32_s')],
])
