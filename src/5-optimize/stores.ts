// Stores an i64 constant by one access instead of two: as the f64 of the same bits, unless that is a NaN, whose bits
// engines may change. Go stores such a constant, the place to return to, before every call.
//
//   D.setInt32(p + 4, 0, true); D.setInt32(p, 17, true)      D.setFloat64(p, 8.4e-323, true)
//
// The high word comes first. If that is in bounds so is the low one, so the two stores write all or nothing too.

import type { Const } from '../3-ir/expr.ts'
import { f64 } from '../3-ir/expressions.ts'
import type { Func, Stmt, Store } from '../3-ir/ir.ts'
import { store } from '../3-ir/statements.ts'
import { rewrite } from '../3-ir/walk.ts'
import { isSameAtom } from './legalize/accesses.ts'

/** @returns the function with fewer stores */
export const widenStores = (func: Func): Func => rewrite(func, { list: widen })

function widen(stmts: readonly Stmt[]): readonly Stmt[] {
  let done: Stmt[] | undefined
  for (let i = 0; i < stmts.length; i++) {
    const wide = widened(stmts[i]!, stmts[i + 1])
    if (wide !== undefined) done ??= stmts.slice(0, i)
    done?.push(wide ?? stmts[i]!)
    if (wide !== undefined) i++
  }
  return done ?? stmts
}

function widened(high: Stmt, low: Stmt | undefined): Store | undefined {
  if (!isConstantStore(high) || low === undefined || !isConstantStore(low)) return undefined
  const { memory, addr, offset, at } = low
  if (high.memory !== memory || high.offset !== offset + 4) return undefined
  if (!isSameAtom(addr, high.addr)) return undefined
  const value = f64(low.value.value, high.value.value)
  return Number.isNaN(value.value) ? undefined : store('f64.store', memory, addr, offset, value, at)
}

const isConstantStore = (stmt: Stmt): stmt is Store & { readonly value: Const } =>
  stmt.kind === 'store' && stmt.op === 'i32.store' && stmt.value.kind === 'const'
