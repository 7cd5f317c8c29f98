// Loads and stores. i64 accesses become two i32 ones.

import type { OpName } from '../0-wasm/ops/index.ts'
import { TRAP, WRITE } from '../3-ir/effects.ts'
import type { Expr, LoadOp, StoreOp } from '../3-ir/expr.ts'
import { i32, load } from '../3-ir/expressions.ts'
import { shrS } from '../3-ir/fold.ts'
import type { Store } from '../3-ir/ir.ts'
import { store } from '../3-ir/statements.ts'
import type { OperandStack, Value } from './operands.ts'

/** Loads of part of an i64: the load of the low word, and whether the high one is its sign. */
export const NARROW_LOADS: Partial<Record<OpName, readonly [LoadOp, boolean]>> = {
  'i64.load8_s': ['i32.load8_s', true],
  'i64.load8_u': ['i32.load8_u', false],
  'i64.load16_s': ['i32.load16_s', true],
  'i64.load16_u': ['i32.load16_u', false],
  'i64.load32_s': ['i32.load', true],
  'i64.load32_u': ['i32.load', false],
}

export const NARROW_STORES: Partial<Record<OpName, StoreOp>> = {
  'i64.store8': 'i32.store8',
  'i64.store16': 'i32.store16',
  'i64.store32': 'i32.store',
}

/** The parts of a loaded value. */
export function lowerLoad(s: OperandStack, op: OpName, memory: number, address: Expr, offset: number): Value {
  if (op === 'i64.load') {
    const addr = s.atom(address)
    return [load('i32.load', memory, addr, offset), load('i32.load', memory, addr, offset + 4)]
  }
  const narrow = NARROW_LOADS[op]
  if (narrow === undefined) return [load(op as LoadOp, memory, address, offset)]
  const [narrowOp, isSigned] = narrow
  const lo = load(narrowOp, memory, address, offset)
  if (!isSigned) return [lo, i32(0)]
  const atom = s.atom(lo)
  return [atom, shrS(atom, 31)]
}

/** The low word of an i64 whose high word nobody needs; the traps of both happen. */
export function lowWord(s: OperandStack, [lo, hi]: Value): Expr {
  const load = guardedLoad(lo!, hi!)
  if (load !== undefined) return load
  if (hi!.effects & (TRAP | WRITE)) s.name(hi!)
  return lo!
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
 * The stores of a value, in order.
 *
 *   i64.store    D.setInt32(a + 4, hi, true); D.setInt32(a, lo, true)
 *
 * The high word goes first: if it is in bounds so is the low one, and nothing is written by a store that traps.
 */
export function lowerStore(
  s: OperandStack,
  op: OpName,
  memory: number,
  address: Expr,
  offset: number,
  value: Value,
  at: number,
): Store[] {
  const [lo, hi] = value as [Expr, Expr | undefined]
  if (hi === undefined) return [store(op as StoreOp, memory, address, offset, lo, at)]
  if (op === 'i64.store') {
    const low = lo.effects === 0 ? lo : s.name(lo)
    const addr = s.atom(address)
    return [store('i32.store', memory, addr, offset + 4, hi, at), store('i32.store', memory, addr, offset, low, at)]
  }
  return [store(NARROW_STORES[op]!, memory, address, offset, lowWord(s, value), at)]
}
