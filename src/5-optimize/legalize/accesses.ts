// Loads and stores of an i64 as accesses to words.

import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr, LoadOp } from '../../3-ir/expr.ts'
import { i32, load } from '../../3-ir/expressions.ts'
import type { Store } from '../../3-ir/ir.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { ACCESSES } from '../../3-ir/ops/accesses.ts'
import { located } from '../../3-ir/positions.ts'
import { store } from '../../3-ir/statements.ts'
import { signExtended, type Words, words, zeroExtended } from './words.ts'

/** The words that a load of an i64 gives. */
export function loadWords(s: OperandStack, op: LoadOp, memory: number, address: Expr, offset: number): Words {
  const { word, isSigned } = ACCESSES[op]
  if (word === undefined) {
    const addr = s.atom(address)
    return words(load('i32.load', memory, addr, offset), load('i32.load', memory, addr, offset + 4))
  }
  const lo = load(word, memory, address, offset)
  return isSigned ? signExtended(s, lo) : zeroExtended(lo)
}

/** The low word of an i64 whose high word nobody needs; the traps of both happen. */
export function lowWord(s: OperandStack, { lo, hi }: Words): Expr {
  const guarded = guardedLoad(lo, hi)
  if (guarded !== undefined) return guarded
  if (hi.effects & (LEAVE | WRITE)) s.name(hi)
  return lo
}

/** The load of the low word that stands for both loads of an i64 when nobody needs the high one; undefined if they are not that. */
function guardedLoad(lo: Expr, hi: Expr): Expr | undefined {
  const isPair =
    lo.kind === 'load' &&
    hi.kind === 'load' &&
    lo.op === 'i32.load' &&
    hi.op === 'i32.load' &&
    hi.offset === lo.offset + 4 &&
    hi.memory === lo.memory &&
    isSameAtom(lo.addr, hi.addr)
  return isPair ? located(load(lo.op, lo.memory, lo.addr, lo.offset, 4), lo.at) : undefined
}

export const isSameAtom = (x: Expr, y: Expr): boolean =>
  x.kind === 'reg'
    ? y.kind === 'reg' && x.reg === y.reg
    : x.kind === 'const' && y.kind === 'const' && x.value === y.value

/**
 * The stores of an i64, in order.
 *
 *   i64.store    D.setInt32(a + 4, hi, true); D.setInt32(a, lo, true)
 *
 * The high word goes first: if it is in bounds so is the low one, and nothing is written by a store that traps.
 */
export function storeWords(s: OperandStack, stmt: Store, address: Expr, value: Words): Store[] {
  const { memory, offset, at } = stmt
  const { word } = ACCESSES[stmt.op]
  if (word !== undefined) return [store(word, memory, address, offset, lowWord(s, value), at)]
  const lo = value.lo.effects === 0 ? value.lo : s.name(value.lo)
  const addr = s.atom(address)
  return [store('i32.store', memory, addr, offset + 4, value.hi, at), store('i32.store', memory, addr, offset, lo, at)]
}

/** An i64 constant. */
export const constantWords = (lo: number, hi: number): Words => words(i32(lo), i32(hi))
