// Where local views are read again: behind what may have grown the memory, if somebody looks at them before the next
// statement that does so.
//
//   f(); g(); x = V.getInt32(y, true)     f(); g(); V = D0; x = ...

import { READ } from '../3-ir/effects.ts'
import type { Stmt } from '../3-ir/ir.ts'
import { isCompound } from '../3-ir/statements.ts'
import { effectsIn } from '../3-ir/walk.ts'
import type { FunctionContext } from './context.ts'

/**
 * Whether the local views have to be read again after a statement of a list.
 *
 * @param isBody whether the function is over behind the list
 */
export function isOutdated(c: FunctionContext, stmts: readonly Stmt[], at: number, isBody: boolean): boolean {
  // Compounds see to the views themselves.
  if (isCompound(stmts[at]!) || !c.outdatesViews(stmts[at]!) || ends(stmts[at]!)) return false
  for (let i = at + 1; i < stmts.length; i++) {
    const stmt = stmts[i]!
    if (c.outdatesViews(stmt)) return false
    if (isCompound(stmt) || stmt.kind === 'br' || stmt.kind === 'store' || (effectsIn(stmt) & READ) !== 0) return true
    if (ends(stmt)) return false
  }
  return !isBody
}

/** Whether the function is over. */
const ends = ({ kind }: Stmt): boolean => kind === 'return' || kind === 'tail' || kind === 'trap' || kind === 'throw'
