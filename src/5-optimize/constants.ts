// Replaces what is known to be one number, whichever way control goes, and computes by less what is known to need less:
// the high words of zero-extended values above all.
//
//   i64.extend_i32_u, kept in a local, added, compared: the high word and its arithmetic disappear
//   if (x & 1) > 1 ...                                  the arm that never runs goes

import type { Func, List, Stmt } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { block } from '../3-ir/statements.ts'
import { mapExpressions, replaceIn, rewrite } from '../3-ir/walk.ts'
import { Simplifier } from './constants/simplify.ts'
import { findValues } from './facts/values.ts'

export function propagateConstants(func: Func): Func {
  const { simplify } = new Simplifier(findValues(func))
  let isDecided = false
  return rewrite(func, {
    list: (list) => {
      const made = replaceIn(list, (stmt) => {
        const simplified = mapExpressions(stmt, simplify)
        const done = decide(simplified)
        isDecided ||= done !== simplified
        return done
      })
      return isDecided ? upToExit(made) : made
    },
  })
}

/** Nothing stays behind what leaves: a choice may have come out at its end by the arm that is gone. */
function upToExit(list: List): List {
  const exit = list.findIndex((_, i) => leaves(list.slice(i, i + 1)))
  return exit === -1 || exit === list.length - 1 ? list : list.slice(0, exit + 1)
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
