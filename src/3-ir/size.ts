// How many bytes of V8 bytecode statements will have, by the weights of bytecode-size.ts.

import { SHORT } from './bytecode-size.ts'
import type { Expr } from './expr.ts'
import type { List, Stmt } from './ir.ts'
import { stmtKind } from './schema.ts'
import { sumOver } from './walk.ts'

/** Thousandths of bytes, expressions not counted. Results of a call behind the first are read from cells. */
export function ownSize(stmt: Stmt): number {
  const { bytes, bytesPerReg } = stmtKind(stmt)
  const notFromCell = stmt.kind === 'call' && stmt.results[0] === 0 ? SHORT : 0
  return bytes + stmt.regs.length * bytesPerReg - notFromCell
}

export const bytesOf = (e: Expr): number => e.bytes

/** Bytes of a list; the whole of it is walked. */
export const sizeOf = (list: List): number => total(list) / 1000

function total(list: List): number {
  let size = 0
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    size += ownSize(stmt) + sumOver(stmt, bytesOf)
    for (let j = 0; j < stmt.bodies.length; j++) size += total(stmt.bodies[j]!)
  }
  return size
}
