// Whether control comes out at the end of statements.

import type { List, Stmt } from './ir.ts'
import { STMTS } from './schema.ts'
import { isCompound } from './statements.ts'

/** Whether control never comes out at the end of these statements. */
export function leaves(list: List): boolean {
  const last = list[list.length - 1]
  return last !== undefined && doesLeave(last)
}

function doesLeave(stmt: Stmt): boolean {
  if (!isCompound(stmt)) return STMTS[stmt.kind].flow === 'leaves'
  switch (stmt.kind) {
    case 'switch':
      return stmt.cases.every(({ body }) => leaves(body))
    case 'loop':
      return stmt.repeats || leaves(stmt.body)
    case 'if':
      return stmt.label === undefined && leaves(stmt.then) && leaves(stmt.else)
    case 'try':
      return leaves(stmt.body) && leaves(stmt.handler)
    case 'block':
      return false
    case 'dispatch':
      return leaves(stmt.bodies[stmt.bodies.length - 1]!)
    default:
      return stmt satisfies never
  }
}
