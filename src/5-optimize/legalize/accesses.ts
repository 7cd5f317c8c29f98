// Loads and stores of an i64 as accesses to words.

import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { ElementLoad, ElementStore, Expr, LoadOp, StoreOp } from '../../3-ir/expr.ts'
import { i32, load } from '../../3-ir/expressions.ts'
import type { Store } from '../../3-ir/ir.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { store } from '../../3-ir/statements.ts'
import { signExtended, type Words, words, zeroExtended } from './words.ts'

type NarrowLoad = Exclude<LoadOp, ElementLoad>
type NarrowStore = Exclude<StoreOp, ElementStore>

/** Loads of part of an i64: the load of the low word, and whether the high one is its sign. */
export const NARROW_LOADS: Readonly<Record<NarrowLoad, readonly [op: ElementLoad, isSigned: boolean]>> = {
  'i64.load8_s': ['i32.load8_s', true],
  'i64.load8_u': ['i32.load8_u', false],
  'i64.load16_s': ['i32.load16_s', true],
  'i64.load16_u': ['i32.load16_u', false],
  'i64.load32_s': ['i32.load', true],
  'i64.load32_u': ['i32.load', false],
}

export const NARROW_STORES: Readonly<Record<NarrowStore, ElementStore>> = {
  'i64.store8': 'i32.store8',
  'i64.store16': 'i32.store16',
  'i64.store32': 'i32.store',
}

/** The words that a load of an i64 gives. */
export function loadWords(
  s: OperandStack,
  op: NarrowLoad | 'i64.load',
  memory: number,
  address: Expr,
  offset: number,
): Words {
  if (op === 'i64.load') {
    const addr = s.atom(address)
    return words(load('i32.load', memory, addr, offset), load('i32.load', memory, addr, offset + 4))
  }
  const [narrow, isSigned] = NARROW_LOADS[op]
  const lo = load(narrow, memory, address, offset)
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
  return isPair ? load(lo.op, lo.memory, lo.addr, lo.offset, 4) : undefined
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
  if (stmt.op !== 'i64.store') {
    return [store(NARROW_STORES[stmt.op as NarrowStore], memory, address, offset, lowWord(s, value), at)]
  }
  const lo = value.lo.effects === 0 ? value.lo : s.name(value.lo)
  const addr = s.atom(address)
  return [store('i32.store', memory, addr, offset + 4, value.hi, at), store('i32.store', memory, addr, offset, lo, at)]
}

/** An i64 constant. */
export const constantWords = (lo: number, hi: number): Words => words(i32(lo), i32(hi))
