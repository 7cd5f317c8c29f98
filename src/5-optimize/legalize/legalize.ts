// The pass that chooses how JavaScript holds the i64 values of a function. Before it an i64 is one register and one
// operation; behind it there are words, or BigInts in a version of the function that only some engines run.

import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import type { Func, Reg } from '../../3-ir/ir.ts'
import { forEachStmt, someStmt } from '../../3-ir/walk.ts'
import { BigIntLegalizer } from './bigint-legalizer.ts'
import { MAX_CELLS, useCells } from './cells.ts'
import { WordLegalizer } from './word-legalizer.ts'

export const legalizeToWords = (func: Func): Func => new WordLegalizer(func).run(func)

/** @returns undefined if the function has no i64, or needs more cells than there are */
export function legalizeToBigInts(func: Func): Func | undefined {
  const hasInt64 = someStmt(func.body, (stmt) => stmt.args.some(({ types }) => (types & INT64) !== 0))
  if (!hasInt64) return undefined
  const legal = useCells(new BigIntLegalizer(func).run(func))
  return legal === undefined || countCells(legal) > MAX_CELLS ? undefined : legal
}

const INT64 = TYPE_BIT.i64

function countCells(func: Func): number {
  const cells = new Set<number>()
  const note = ({ id, type }: Reg): void => {
    if (type === 'i64cell') cells.add(id)
  }
  func.locals.forEach(note)
  forEachStmt(func.body, ({ regs }) => regs.forEach(note))
  return cells.size
}
