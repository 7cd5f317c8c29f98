// How many bytes of V8 bytecode statements will have, by the weights of bytecode-size.ts.

import { SHORT } from './bytecode-size.ts'
import type { List, Stmt } from './ir.ts'
import { STMTS, stmtKind } from './schema.ts'

/** Half of all statements are sets: their row is not looked up by its name. */
const SET = STMTS.set

/** Thousandths of bytes, expressions not counted. Results of a call behind the first are read from cells. */
function ownSize(stmt: Stmt): number {
  const { bytes, bytesPerReg } = stmt.kind === 'set' ? SET : stmtKind(stmt)
  const notFromCell = stmt.kind === 'call' && stmt.results[0] === 0 ? SHORT : 0
  return bytes + stmt.regs.length * bytesPerReg - notFromCell
}

/** Thousandths of bytes of a statement, those inside of it not counted. */
export function shallowSize(stmt: Stmt): number {
  let size = ownSize(stmt)
  for (let i = 0; i < stmt.args.length; i++) size += stmt.args[i]!.bytes
  return size
}

/** Bytes of a list; the whole of it is walked. */
export const sizeOf = (list: List): number => total(list) / 1000

function total(list: List): number {
  let size = 0
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    size += shallowSize(stmt)
    for (let j = 0; j < stmt.bodies.length; j++) size += total(stmt.bodies[j]!)
  }
  return size
}
