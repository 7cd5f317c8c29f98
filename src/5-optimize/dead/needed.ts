// Expressions without what has no part in the bits that are needed of them.

import { topLow } from '../../3-ir/bits/known-bits.ts'
import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr, Operation } from '../../3-ir/expr.ts'
import { anyOperation, zeroOf } from '../../3-ir/expressions.ts'
import { refold } from '../../3-ir/fold.ts'
import { located } from '../../3-ir/positions.ts'
import { type Demand, demandOn, isNothing } from '../facts/demand.ts'

/** @returns an expression with the same effects and the same bits where they are needed, the others may be anything */
export function neededOf(e: Expr, needed: Demand): Expr {
  if (e.kind === 'const') return e
  if (isNothing(needed) && (e.effects & (LEAVE | WRITE)) === 0) return zeroOf(e.type)
  if (e.args.length === 0) return e
  let args: Expr[] | undefined
  for (let i = 0; i < e.args.length; i++) {
    const made = neededOf(e.args[i]!, demandOn(e, i, needed))
    if (made !== e.args[i]) args ??= [...e.args]
    if (args !== undefined) args[i] = made
  }
  const made = args === undefined ? e : refold(e, args)
  return made.kind === 'op' ? simpler(made, needed) : made
}

function simpler(e: Operation, needed: Demand): Expr {
  const first = e.args[0]!
  const last = e.args[1]!
  // Engines take the result of a shift that brings in zeros for an unsigned number.
  if (e.op === 'i32.shr_u' && isWithoutTop(last, needed)) return located(anyOperation('i32.shr_s', e.args), e.at)
  return hasNoPart(e, needed) ? first : e
}

/** Whether the bits that a shift by a constant brings in are not needed. */
const isWithoutTop = (count: Expr, { lo }: Demand): boolean =>
  count.kind === 'const' && (lo & topLow(32, count.value & 31)) === 0

/** Whether the first operand alone has the bits that are needed. */
function hasNoPart({ op, args }: Operation, { lo, hi }: Demand): boolean {
  const last = args[args.length - 1]!
  switch (op) {
    case 'i32.and':
      return last.kind === 'const' && (lo & ~last.value) === 0
    case 'i32.or':
    case 'i32.xor':
      return last.kind === 'const' && (lo & last.value) === 0
    case 'i64.and':
      return last.kind === 'const' && (lo & ~last.lo) === 0 && (hi & ~last.hi) === 0
    case 'i64.or':
    case 'i64.xor':
      return last.kind === 'const' && (lo & last.lo) === 0 && (hi & last.hi) === 0
    case 'i32.extend8_s':
      return (lo & ~0xff) === 0
    case 'i32.extend16_s':
      return (lo & ~0xffff) === 0
    case 'i64.extend8_s':
      return hi === 0 && (lo & ~0xff) === 0
    case 'i64.extend16_s':
      return hi === 0 && (lo & ~0xffff) === 0
    case 'i64.extend32_s':
      return hi === 0
    default:
      return false
  }
}
