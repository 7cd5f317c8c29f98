// Which offsets of a function's accesses deserve a view that starts there.
//
//   loop ... i32.load offset=8 (p) ...    var V = I32_0_8; for (;;) { ... V[p / 4] ?? ... }

import { READ } from '../../3-ir/effects.ts'
import type { ElementLoad, ElementStore, Expr, Load } from '../../3-ir/expr.ts'
import type { Func, Stmt, Store } from '../../3-ir/ir.ts'
import { weightInside } from '../../3-ir/loop-weight.ts'
import { baseOf, INDEXED } from '../../5-optimize/indices.ts'
import { hasOwnView, viewName } from './typed-views.ts'

/** Each is a variable of the function, set when it starts. */
const MOST = 8

/** Accesses, those in loops counted more, from which on a view of their own saves more than it costs. */
const LEAST = 3

/** @returns names of views that start at an offset */
export function frequentViews(func: Func): ReadonlySet<string> {
  const counts = new Map<string, number>()
  countIn(func.body, 1, counts)
  const frequent = [...counts].filter(([_name, count]) => count >= LEAST).sort(([, a], [, b]) => b - a)
  return new Set(frequent.slice(0, MOST).map(([name]) => name))
}

function countIn(stmts: readonly Stmt[], weight: number, counts: Map<string, number>): void {
  const count = (access: Load | Store): void => {
    const offset = displacement(access)
    const op = access.op as ElementLoad | ElementStore
    if (!hasOwnView(op, offset)) return
    const name = viewName(op, access.memory, offset, access.kind === 'load' ? access.guard : 0)
    counts.set(name, (counts.get(name) ?? 0) + weight)
  }
  for (const stmt of stmts) {
    if (stmt.kind === 'store') count(stmt)
    for (const e of stmt.args) countLoads(e, count)
    const inner = weightInside(stmt, weight)
    for (const body of stmt.bodies) countIn(body, inner, counts)
  }
}

function countLoads(e: Expr, count: (access: Load) => void): void {
  if ((e.effects & READ) === 0) return
  if (e.kind === 'load') count(e)
  for (const operand of e.args) countLoads(operand, count)
}

/** Bytes from where a view would start: what is added to an index that a register holds, or to an address. */
export function displacement({ addr, offset }: Load | Store): number {
  const isIndexed = addr.kind === 'op' && addr.op === INDEXED
  return isIndexed ? baseOf(addr.args[0]!)!.extra + offset : offset
}
