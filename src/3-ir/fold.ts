// i32 nodes with constants folded away. The i64 rules build everything from these, so half of what they build folds.

import { bitsOf } from './bits/of-tree.ts'
import type { Expr, Operation } from './expr.ts'
import { anyOperation, i32, operation, select, withOperands } from './expressions.ts'
import { type IrOp, OPS, type OpsOfType } from './ops/index.ts'
import { located } from './positions.ts'

const isConst = (e: Expr, value: number): boolean => e.kind === 'const' && e.value === value

/** Ops on two operands that give an i32. */
export type BinaryOp = OpsOfType<`${string} ${string} -> i32`>

/** `op` on two expressions, folded where a constant decides. */
export function binary(op: BinaryOp, x: Expr, y: Expr): Expr {
  const { fold, commutes, rightIdentity, isComparison } = OPS[op]
  if (fold === undefined) return operation(op, [x, y])
  if (x.kind === 'const' && y.kind === 'const') return i32(fold(x.value, y.value))
  if (x.kind === 'const' && commutes) return binary(op, y, x)
  if (rightIdentity !== undefined && isConst(y, rightIdentity)) return x
  if (op === 'i32.and' && y.kind === 'const') return mask(x, y.value) ?? operation(op, [x, y])
  if ((op === 'i32.and' || op === 'i32.mul') && isConst(y, 0) && x.effects === 0) return y
  if (op === 'i32.ne' && isConst(y, 0) && isTruth(x)) return x
  const made = operation(op, [x, y])
  return isComparison && y.kind === 'const' ? decided(made) : made
}

/** A comparison with the end of a range is always true or false: `x <_u 0`. */
function decided(comparison: Expr): Expr {
  const bits = bitsOf(comparison)
  return bits.isConstant && comparison.effects === 0 ? i32(bits.onesLo) : comparison
}

/** `x & bits` without what the mask does not change: (a << 1 | b >>> 31) & 1 is b >>> 31. */
function mask(x: Expr, bits: number): Expr | undefined {
  if ((bitsOf(x).mayBeSetLo & ~bits) === 0) return x
  if (bits === 0 && x.effects === 0) return i32(0)
  if (x.kind !== 'op' || x.op !== 'i32.or') return undefined
  const left = x.args[0]!
  const right = x.args[1]!
  if ((bitsOf(left).mayBeSetLo & bits) === 0 && left.effects === 0) return binary('i32.and', right, i32(bits))
  if ((bitsOf(right).mayBeSetLo & bits) === 0 && right.effects === 0) return binary('i32.and', left, i32(bits))
  return undefined
}

export const add = (x: Expr, y: Expr): Expr => binary('i32.add', x, y)
export const sub = (x: Expr, y: Expr): Expr => binary('i32.sub', x, y)
export const and = (x: Expr, y: Expr): Expr => binary('i32.and', x, y)
export const or = (x: Expr, y: Expr): Expr => binary('i32.or', x, y)
export const xor = (x: Expr, y: Expr): Expr => binary('i32.xor', x, y)
export const not = (x: Expr): Expr => xor(x, i32(-1))
export const shl = (x: Expr, count: number): Expr => binary('i32.shl', x, i32(count))
export const shrS = (x: Expr, count: number): Expr => binary('i32.shr_s', x, i32(count))
export const shrU = (x: Expr, count: number): Expr => binary('i32.shr_u', x, i32(count))
export const ltU = (x: Expr, y: Expr): Expr => binary('i32.lt_u', x, y)

/** Whether it is 0 or 1. */
export const isTruth = (e: Expr): boolean => bitsOf(e).isTruth

export function eqz(x: Expr): Expr {
  if (x.kind === 'const') return i32(Number(x.value === 0))
  const opposite = x.kind === 'op' ? oppositeOf(x) : undefined
  return opposite === undefined
    ? operation('i32.eqz', [x])
    : located(anyOperation(opposite, (x as Operation).args), x.at)
}

/** The opposite of a comparison; not of an i64, since `a ^ b | c ^ d` is true without a comparison of words. */
const oppositeOf = ({ op }: Operation): IrOp | undefined => (OPS[op].params[0] === 'i64' ? undefined : OPS[op].negation)

/** The opposite of a condition, of which only zero or not counts. */
export const negate = (cond: Expr): Expr => (cond.kind === 'op' && cond.op === 'i32.eqz' ? cond.args[0]! : eqz(cond))

/** A choice between two values; both must be free of effects. */
export function choose(cond: Expr, then: Expr, otherwise: Expr): Expr {
  if (cond.kind === 'const') return cond.value === 0 ? otherwise : then
  const same =
    then.kind === 'const' && otherwise.kind === 'const' && then.type === 'i32' && then.value === otherwise.value
  if (same && cond.effects === 0) return then
  return chooseTruth(cond, then, otherwise) ?? select(cond, then, otherwise)
}

/**
 * A choice between a truth and 0 or 1 is an operation on bits:
 *
 *   c ? t : 0     c & t          c ? 1 : t     c | t
 */
function chooseTruth(cond: Expr, then: Expr, otherwise: Expr): Expr | undefined {
  if (then.type !== 'i32' || then.size + otherwise.size > MAX_MASKED) return undefined
  const isFirst = then.kind === 'const'
  const number = isFirst ? then : otherwise
  const truth = isFirst ? otherwise : then
  if (!isConst(number, 0) && !isConst(number, 1)) return undefined
  if (!isTruth(cond) || !isTruth(truth)) return undefined
  return isConst(number, 1) ? or(isFirst ? cond : eqz(cond), truth) : and(isFirst ? eqz(cond) : cond, truth)
}

/** Both arms of a `select` are computed; what is more than this is not worth it where a branch may skip it. */
const MAX_MASKED = 8

/**
 * A `select` by 0 or 1: a choice between a value and zero is a mask. Compilers of C select where they expect no pattern, and
 * engines make a branch of `?:`.
 *
 *   (a < b) ? x : 0     0 - (a < b | 0) & x
 */
export function chooseMasked(cond: Expr, then: Expr, otherwise: Expr): Expr {
  if (cond.kind === 'const' || then.type !== 'i32') return choose(cond, then, otherwise)
  if (isConst(otherwise, 0) && then.size <= MAX_MASKED) return and(sub(i32(0), cond), then)
  if (isConst(then, 0) && otherwise.size <= MAX_MASKED) return and(sub(cond, i32(1)), otherwise)
  return choose(cond, then, otherwise)
}

/** A node on other operands, folded. */
export const refold = (e: Expr, args: readonly Expr[]): Expr => located(folded(e, args), e.at)

function folded(e: Expr, args: readonly Expr[]): Expr {
  if (e.kind === 'select' && args.every((arg) => arg.effects === 0)) return choose(args[0]!, args[1]!, args[2]!)
  if (e.kind !== 'op' || e.type !== 'i32') return withOperands(e, args)
  if (e.op === 'i32.eqz') return eqz(args[0]!)
  return OPS[e.op].fold === undefined ? withOperands(e, args) : binary(e.op as BinaryOp, args[0]!, args[1]!)
}
