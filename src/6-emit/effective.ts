// Copies between registers that share a variable: nothing is to be done.
//
//   t2 = t1, both of them variable b      b = b

import type { Stmt } from '../3-ir/ir.ts'
import type { FunctionContext } from './context.ts'

/** Without statements that set a variable to itself. */
export function effective(c: FunctionContext, stmts: readonly Stmt[]): readonly Stmt[] {
  return stmts.some((stmt) => isMoot(c, stmt)) ? stmts.filter((stmt) => !isMoot(c, stmt)) : stmts
}

const isMoot = (c: FunctionContext, stmt: Stmt): boolean =>
  stmt.kind === 'set' && stmt.value.kind === 'reg' && c.variable(stmt.reg) === c.variable(stmt.value.reg)
