// What rules for vectors are made of (rules.ts): their types, and rules that do the same in each lane.

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { and, choose, isTruth, sub, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { SignatureOf, VectorOp } from '../../../3-ir/ops/index.ts'
import { bitsOfWords, lanesAs, ofWords, type Shape, type Vector } from './vector.ts'

/** What an operand or a result is held as. */
type Held<Type extends string> = Type extends 'v128' ? Vector : Expr

type Operands<Types extends string> = Types extends `${infer First} ${infer Rest}`
  ? [Held<First>, ...Operands<Rest>]
  : [Held<Types>]

/** The rule of an op, by its type: `v128 i32 -> v128` takes a vector and an expression, and gives a vector. */
export type Rule<Op extends VectorOp> =
  SignatureOf<Op> extends `${infer Params} -> ${infer Result}`
    ? (s: OperandStack, ...operands: Operands<Params>) => Held<Result>
    : never

/** A rule for each op whose name is like this. */
export type Rules<Name extends string> = { readonly [Op in Extract<VectorOp, Name>]: Rule<Op> }

/** What happens to a lane. An operand that is used twice is made an atom first. */
export type Lane1 = (s: OperandStack, x: Expr) => Expr
export type Lane2 = (s: OperandStack, x: Expr, y: Expr, may?: MayBeSet) => Expr

/** Bits of two operands that may be set. */
export interface MayBeSet {
  readonly x: number
  readonly y: number
}

export type Unary = (s: OperandStack, x: Vector) => Vector
export type Binary = (s: OperandStack, x: Vector, y: Vector) => Vector

/** The same for each lane of a shape, which gives lanes of the same or another shape. */
export const each =
  (shape: Shape, rule: Lane1, result: Shape = shape): Unary =>
  (s, v) => ({ shape: result, lanes: lanesAs(s, v, shape).map((e) => rule(s, e)) })

export const both =
  (shape: Shape, rule: Lane2, result: Shape = shape): Binary =>
  (s, a, b) => {
    const x = lanesAs(s, a, shape)
    const y = lanesAs(s, b, shape)
    const [ofX, ofY] = [bitsOfWords(a), bitsOfWords(b)]
    const may = (e: Expr, of: number): number => (e.kind === 'const' && e.type === 'i32' ? e.value : of)
    return { shape: result, lanes: x.map((e, i) => rule(s, e, y[i]!, { x: may(e, ofX), y: may(y[i]!, ofY) })) }
  }

/** The number of a lane, which is an immediate. */
export function laneNumber(e: Expr): number {
  if (e.kind !== 'const') throw new Error('the number of a lane is a constant')
  return e.value
}

/** All ones for 1, zeros for 0. */
export const maskOf = (truth: Expr): Expr => sub(i32(0), truth)

/** The bits of `x` where the mask has ones, those of `y` where it has zeros. */
export const blend = (mask: Expr, x: Expr, y: Expr): Expr => xor(and(xor(x, y), mask), y)

/**
 * Where the mask was just made by comparisons, and both vectors are four floats, these stay what they are:
 *
 *   v128.bitselect (x) (y) (f32x4.lt (a) (b))    a0 < b0 ? x0 : y0, ...
 */
export function bitSelect(s: OperandStack, x: Vector, y: Vector, mask: Vector): Vector {
  const masks = lanesAs(s, mask, 'i32x4')
  const truths = masks.map(truthOf)
  if (x.shape === 'f32x4' && y.shape === 'f32x4' && truths.every((e) => e !== undefined)) {
    const free = (v: Vector): readonly Expr[] => lanesAs(s, v, 'f32x4').map((e) => (e.effects === 0 ? e : s.name(e)))
    const [a, b] = [free(x), free(y)]
    return { shape: 'f32x4', lanes: truths.map((truth, i) => choose(truth, a[i]!, b[i]!)) }
  }
  const [a, b] = [lanesAs(s, x, 'i32x4'), lanesAs(s, y, 'i32x4')]
  return ofWords(a.map((e, i) => blend(masks[i]!, e, s.atom(b[i]!))))
}

/** What a mask of all ones or zeros is made of. */
const truthOf = (mask: Expr): Expr | undefined => {
  if (mask.kind !== 'op' || mask.op !== 'i32.sub') return undefined
  const [zero, truth] = mask.args as [Expr, Expr]
  return zero.kind === 'const' && zero.value === 0 && isTruth(truth) ? truth : undefined
}
