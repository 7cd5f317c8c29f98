// Lists of statements.

import { forEachReadIn } from '../../3-lower/build.ts'
import type { Reg, Stmt } from '../../3-lower/ir.ts'

export type List = readonly Stmt[]

/** The statement with other lists, one level down. */
export function mapLists(stmt: Stmt, map: (list: List) => List): Stmt {
  switch (stmt.kind) {
    case 'block':
    case 'loop':
      return { ...stmt, body: map(stmt.body) }
    case 'if':
      return { ...stmt, then: map(stmt.then), else: map(stmt.else) }
    case 'switch':
      return { ...stmt, cases: stmt.cases.map((each) => ({ ...each, body: map(each.body) })) }
    case 'dispatch':
      return { ...stmt, segments: stmt.segments.map((each) => ({ ...each, body: map(each.body) })) }
    default:
      return stmt
  }
}

/** Whether control never comes out at the end of these statements. */
export function leaves(list: List): boolean {
  const last = list[list.length - 1]
  switch (last?.kind) {
    case 'br':
    case 'return':
    case 'tail':
    case 'trap':
    case 'switch':
      return true
    case 'if':
      return last.label === undefined && leaves(last.then) && leaves(last.else)
    default:
      return false
  }
}

/** Where each register is last read by an expression of the list's own statements. */
export function lastReads(list: List): ReadonlyMap<Reg, number> {
  const last = new Map<Reg, number>()
  for (const [i, stmt] of list.entries()) forEachReadIn(stmt, (reg) => last.set(reg, i))
  return last
}
