// An i64 as two i32 expressions.

import { bitsOf } from '../../3-ir/bits/of-tree.ts'
import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr } from '../../3-ir/expr.ts'
import { i32 } from '../../3-ir/expressions.ts'
import { shrS } from '../../3-ir/fold.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import type { IrOp, SignatureOf } from '../../3-ir/ops/index.ts'
import type { Sum } from './sums.ts'

export interface Words {
  readonly lo: Expr
  readonly hi: Expr
  /** The high word is the sign of the low word. */
  readonly isSigned: boolean
  /** The products that it is the sum of, if it is one (sums.ts). */
  readonly sum: Sum | undefined
}

/** What an operand or a result is held as. */
type Held<Type extends string> = Type extends 'i64' ? Words : Expr

type Operands<Types extends string> = Types extends ''
  ? []
  : Types extends `${infer First} ${infer Rest}`
    ? [Held<First>, ...Operands<Rest>]
    : [Held<Types>]

/** The rule of an op, by its type: `i64 i64 -> i32` takes the words of two i64 and gives an expression. */
export type Rule<Op extends IrOp> =
  SignatureOf<Op> extends `${infer Params} -> ${infer Result}`
    ? (s: OperandStack, ...operands: Operands<Params>) => Held<Result>
    : never

export const ZERO = i32(0)

export const words = (lo: Expr, hi: Expr, sum?: Sum): Words => ({ lo, hi, isSigned: isSignOf(hi, lo), sum })

/** Whether a constant high word is the sign of its low word. */
const isSignOf = (hi: Expr, lo: Expr): boolean => {
  if (hi.kind !== 'const') return false
  return lo.kind === 'const' ? hi.value === lo.value >> 31 : hi.value === 0 && bitsOf(lo).isNotNegative
}

/** A word extended by its sign. */
export function signExtended(s: OperandStack, e: Expr): Words {
  const lo = s.atom(e)
  return { lo, hi: shrS(lo, 31), isSigned: true, sum: undefined }
}

/** Evaluates what is not needed any more, for its traps. */
export function drop(s: OperandStack, e: Expr): void {
  if (e.effects & (LEAVE | WRITE)) s.name(e)
}

export const zeroExtended = (lo: Expr): Words => words(lo, ZERO)

/** Whether an i64 is below 2^32. */
export const isShort = ({ hi }: Words): boolean => hi.kind === 'const' && hi.value === 0
