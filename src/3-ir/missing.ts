// What is read from an array may be missing, undefined in JavaScript, until it is asked whether it is (4-lower/aggregates.ts).
//
//   t1 = array.get(l0, l1); if (is_missing(t1)) { trap }

import type { Expr } from './expr.ts'
import type { Reg, Stmt } from './ir.ts'
import { MISSING } from './ops/families.ts'

/** The register that a statement asks about. */
export function askedIfMissing(stmt: Stmt): Reg | undefined {
  const test = stmt.kind === 'if' ? stmt.args[0] : undefined
  const [value]: readonly Expr[] = test?.kind === 'op' && MISSING.has(test.op) ? test.args : []
  return value?.kind === 'reg' ? value.reg : undefined
}

/** The register that a statement reads from an array, which may be missing. */
export const readFromArray = (stmt: Stmt): Reg | undefined =>
  stmt.kind === 'set' && stmt.value.kind === 'gc' && stmt.value.op === 'array.get' ? stmt.reg : undefined
