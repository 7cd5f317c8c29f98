// Replaces what is known to be one number, whichever way control goes, and computes by less what is known to need less:
// the high words of zero-extended values above all.
//
//   i64.extend_i32_u, kept in a local, added, compared: the high word and its arithmetic disappear
//   if (x & 1) > 1 ...                                  the arm that never runs goes, and what only it led to

import type { Expr } from '../3-ir/expr.ts'
import type { Func, List, Stmt } from '../3-ir/ir.ts'
import { removeUnreachable } from '../3-ir/reachable.ts'
import { block } from '../3-ir/statements.ts'
import { mapExpressions, replaceIn, rewrite } from '../3-ir/walk.ts'
import { simplify } from './constants/simplify.ts'
import { findValues, type Values } from './facts/values.ts'

/** @param values on the function: they are true of what comes out, too */
export function propagateConstants(func: Func, values: Values = findValues(func)): Func {
  const change = (e: Expr): Expr => simplify(e, values)
  let isDecided = false
  const replace = (stmt: Stmt): Stmt | List => {
    const simplified = mapExpressions(stmt, change)
    const made = decide(simplified)
    isDecided ||= made !== simplified
    return made
  }
  const done = rewrite(func, { list: (list) => replaceIn(list, replace) })
  return isDecided ? removeUnreachable(done) : done
}

/** Leaves of a choice that is known the arm that runs. */
function decide(stmt: Stmt): Stmt | List {
  if (stmt.kind === 'switch' && stmt.index.kind === 'const') {
    const index = stmt.index.value >>> 0
    const { cases } = stmt
    return (cases.find(({ indices }) => indices.includes(index)) ?? cases[cases.length - 1]!).body
  }
  if (stmt.kind !== 'if' || stmt.cond.kind !== 'const') return stmt
  const arm = stmt.cond.value === 0 ? stmt.else : stmt.then
  return stmt.label === undefined ? arm : block(stmt.label, arm, stmt.at)
}
