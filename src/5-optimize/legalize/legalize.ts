// The pass that chooses how JavaScript holds the i64 values of a function. Before it an i64 is one register and one
// operation; behind it there are words, or BigInts in a version of the function that only some engines run.

import type { Expr } from '../../3-ir/expr.ts'
import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import type { Func, Reg, Stmt } from '../../3-ir/ir.ts'
import { forEachStmt, someStmt } from '../../3-ir/walk.ts'
import type { Facts } from '../facts/facts.ts'
import { AsBigInts } from './as-bigints.ts'
import { AsWords } from './as-words.ts'
import { MAX_CELLS, useCells } from './cells.ts'
import { Legalizer } from './legalizer.ts'
import type { Words } from './words.ts'

/** @param facts undefined: no register has one word only */
export const legalizeToWords = (func: Func, facts?: Facts): Func =>
  new Legalizer<Words>(func, (at) => new AsWords(at, func.params, facts)).run({ ...func, int64: 'words' })

/** Whether a function has to do with any i64. If not, it is legal as it is. */
export function hasInt64({ params, locals, results, body }: Func): boolean {
  if (params.some(isInt64) || locals.some(isInt64) || results.includes('i64')) return true
  return someStmt(body, takesInt64)
}

const isInt64 = ({ type }: Reg): boolean => type === 'i64'

function takesInt64({ args, regs }: Stmt): boolean {
  for (let i = 0; i < args.length; i++) if ((args[i]!.types & INT64) !== 0) return true
  for (let i = 0; i < regs.length; i++) if (isInt64(regs[i]!)) return true
  return false
}

/** @returns undefined if the function needs more cells than there are */
export function legalizeToBigInts(func: Func): Func | undefined {
  const legal = useCells(inBigInts(func))
  return legal === undefined || countCells(legal) > MAX_CELLS ? undefined : legal
}

function inBigInts(func: Func): Func {
  const legal = new Legalizer<Expr>(func, (at) => new AsBigInts(at)).run({ ...func, int64: 'bigint' })
  return { ...legal, locals: [...func.params.filter(isInt64), ...legal.locals] }
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
