// The ends of lists of statements: where control goes from there, and branches that go there too.

import type { Label, List, Stmt } from '../../3-ir/ir.ts'
import { mapBodies } from '../../3-ir/walk.ts'
import type { BranchCounts } from '../branch-counts.ts'

/** Where control goes from the end of a list: branches to any of these labels go there too. */
export interface Next {
  readonly label: Label
  /** It is the end of the function. */
  readonly returns?: boolean
  readonly outer: Next | undefined
}

/** Whether control goes to `next` by a branch to this label. */
function leadsTo(next: Next | undefined, label: Label): boolean {
  for (let each = next; each !== undefined; each = each.outer) if (each.label === label) return true
  return false
}

/** Whether a statement only goes where control would go without it. */
export function follows(next: Next | undefined, stmt: Stmt): boolean {
  if (stmt.kind === 'br') return leadsTo(next, stmt.target)
  if (stmt.kind !== 'return' || stmt.values.length > 0) return false
  for (let each = next; each !== undefined; each = each.outer) if (each.returns === true) return true
  return false
}

/** Whether some way through the list ends in a branch to `next`. */
export const endsIn = (list: List, next: Next | undefined): boolean =>
  list.length > 0 && goesTo(list[list.length - 1]!, next)

/** Whether some way through a statement ends in a branch to `next`. */
export function goesTo(stmt: Stmt, next: Next | undefined): boolean {
  switch (stmt.kind) {
    case 'br':
    case 'return':
      return follows(next, stmt)
    case 'block':
      return endsIn(stmt.body, next)
    case 'if':
      return endsIn(stmt.then, next) || endsIn(stmt.else, next)
    case 'switch':
      return stmt.bodies.some((body) => endsIn(body, next))
    default:
      return false
  }
}

/** The list without the branches at its ends that lead to `next`; they are taken off the counts. */
export function dropTail(list: List, next: Next | undefined, counts: BranchCounts): List {
  const last = list[list.length - 1]
  if (last === undefined || !endsIn(list, next)) return list
  const before = list.slice(0, -1)
  switch (last.kind) {
    case 'br':
      counts.remove(last.target)
      return before
    case 'return':
      return before
    case 'block':
    case 'if':
    case 'switch':
      return [...before, mapBodies(last, (body) => dropTail(body, next, counts))]
    default:
      return list
  }
}
