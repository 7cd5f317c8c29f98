// Wide arithmetic: sums, differences and products of 128 bits as operations on i64. Operands are two halves, the low one first,
// and so are results. A carry is the sign of what the operands and the sum say of it (Warren, Hacker's Delight, 2-13): as
// words it takes the high words alone, and no branch.
//
//   i64.add128    lo = a + b    hi = ah + bh + ((a & b | (a | b) & ~lo) >>> 63)
//   i64.sub128    lo = a - b    hi = ah - bh - ((~a & b | ~(a ^ b) & lo) >>> 63)

import type { Expr } from '../3-ir/expr.ts'
import { i64, operation } from '../3-ir/expressions.ts'
import type { OperandStack } from '../3-ir/operands.ts'
import type { OpsOfType } from '../3-ir/ops/index.ts'
import type { FunctionBuilder } from './builder.ts'

const op = (name: OpsOfType<'i64 i64 -> i64'>, x: Expr, y: Expr): Expr => operation(name, [x, y])
const not = (x: Expr): Expr => op('i64.xor', x, i64(-1, -1))
const signBit = (x: Expr): Expr => op('i64.shr_u', x, i64(63, 0))

const carryOf = (a: Expr, b: Expr, sum: Expr): Expr =>
  signBit(op('i64.or', op('i64.and', a, b), op('i64.and', op('i64.or', a, b), not(sum))))

const borrowOf = (a: Expr, b: Expr, difference: Expr): Expr =>
  signBit(op('i64.or', op('i64.and', not(a), b), op('i64.and', not(op('i64.xor', a, b)), difference)))

const atoms = (stack: OperandStack, count: number): Expr[] => stack.take(count).map((e) => stack.atom(e))

function linear(name: 'i64.add' | 'i64.sub', outOf: (a: Expr, b: Expr, lo: Expr) => Expr) {
  return ({ stack }: FunctionBuilder): void => {
    const [al, ah, bl, bh] = atoms(stack, 4) as [Expr, Expr, Expr, Expr]
    const lo = stack.atom(op(name, al, bl))
    stack.push(lo)
    stack.push(op(name, op(name, ah, bh), outOf(al, bl, lo)))
  }
}

export const lowerAdd128 = linear('i64.add', carryOf)
export const lowerSub128 = linear('i64.sub', borrowOf)

export function lowerMulWideU({ stack }: FunctionBuilder): void {
  const [a, b] = atoms(stack, 2) as [Expr, Expr]
  stack.push(op('i64.mul', a, b))
  stack.push(op('i64.mul_high_u', a, b))
}

/** A negative operand is 2^64 less than as an unsigned one: the high half is less by the other operand. */
export function lowerMulWideS({ stack }: FunctionBuilder): void {
  const [a, b] = atoms(stack, 2) as [Expr, Expr]
  const ifNegative = (x: Expr, y: Expr): Expr => op('i64.and', op('i64.shr_s', x, i64(63, 0)), y)
  stack.push(op('i64.mul', a, b))
  stack.push(op('i64.sub', op('i64.sub', op('i64.mul_high_u', a, b), ifNegative(a, b)), ifNegative(b, a)))
}
