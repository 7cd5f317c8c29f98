// Which offsets of a function's accesses deserve a view that starts there.
//
//   loop ... i32.load offset=8 (p) ...    var V = I32_0_8; for (;;) { ... V[p / 4] ?? ... }

import { operands } from '../../3-lower/build.ts'
import { type Expr, type Func, READ, type Stmt } from '../../3-lower/ir.ts'
import { bodiesOf, expressionsOf } from '../../4-optimize/rewrite.ts'
import { viewName } from './typed-views.ts'

/** Each is a variable of the function, set when it starts. */
const MOST = 8

/** Accesses, those in loops counted more, from which on a view of their own saves more than it costs. */
const LEAST = 3

const LOOP_WEIGHT = 8
const MAX_WEIGHT = LOOP_WEIGHT ** 4

/** @returns names of views that start at an offset */
export function frequentViews(func: Func): ReadonlySet<string> {
  const counts = new Map<string, number>()
  countIn(func.body, 1, counts)
  const frequent = [...counts].filter(([, count]) => count >= LEAST).sort(([, a], [, b]) => b - a)
  return new Set(frequent.slice(0, MOST).map(([name]) => name))
}

function countIn(stmts: readonly Stmt[], weight: number, counts: Map<string, number>): void {
  const count = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + weight)
  }
  for (const stmt of stmts) {
    if (stmt.kind === 'store' && stmt.offset > 0) count(viewName(stmt.op, stmt.memory, stmt.offset))
    for (const e of expressionsOf(stmt)) countLoads(e, count)
    const isLoop = stmt.kind === 'loop' || stmt.kind === 'dispatch'
    const inner = isLoop ? Math.min(weight * LOOP_WEIGHT, MAX_WEIGHT) : weight
    for (const body of bodiesOf(stmt)) countIn(body, inner, counts)
  }
}

function countLoads(e: Expr, count: (name: string) => void): void {
  if ((e.effects & READ) === 0) return
  if (e.kind === 'load' && e.offset > 0) count(viewName(e.op, e.memory, e.offset, e.guard))
  for (const operand of operands(e)) countLoads(operand, count)
}
