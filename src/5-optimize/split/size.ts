// How many bytes of V8 bytecode statements will have, by the weights of 3-ir/bytecode-size.ts.

import { ARGUMENT, CALL, SHORT } from '../../3-ir/bytecode-size.ts'
import type { Expr } from '../../3-ir/expr.ts'
import type { Compound, List, Stmt } from '../../3-ir/ir.ts'
import { stmtKind } from '../../3-ir/schema.ts'
import { isCompound } from '../../3-ir/statements.ts'
import { sumOver } from '../../3-ir/walk.ts'

/** Thousandths of bytes, expressions not counted. Results of a call behind the first are read from cells. */
function ownSize(stmt: Stmt): number {
  const { bytes, bytesPerReg } = stmtKind(stmt)
  const notFromCell = stmt.kind === 'call' && stmt.results[0] === 0 ? SHORT : 0
  return bytes + stmt.regs.length * bytesPerReg - notFromCell
}

const bytesOf = (e: Expr): number => e.bytes

/** What is left of a region in the function, about. */
export const CALL_SIZE = 64

/** Bytes of a call and of what hands registers over. */
export const callSize = (params: number, outs: number, exits: number): number =>
  (CALL + params * ARGUMENT + (outs + exits) * 10_640) / 1000

/** Bytes of a list, for who asks only once. */
export const sizeOf = (list: List): number => total(list) / 1000

function total(list: List): number {
  let size = 0
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    size += ownSize(stmt) + sumOver(stmt, bytesOf)
    if (isCompound(stmt)) for (const body of stmt.bodies) size += total(body)
  }
  return size
}

/** Sizes of the statements of one function in bytes, and which of them make tail calls. */
export class Sizes {
  /** In thousandths of bytes. */
  readonly #sizes = new Map<Compound, number>()
  readonly #tails = new Set<Stmt>()

  ofList(list: List): number {
    return this.ofRange(list, 0, list.length)
  }

  /** Of statements `from` to before `to`. */
  ofRange(list: List, from: number, to: number): number {
    return this.#ofRange(list, from, to) / 1000
  }

  #ofRange(list: List, from: number, to: number): number {
    let size = 0
    for (let i = from; i < to; i++) size += this.#of(list[i]!)
    return size
  }

  #of(stmt: Stmt): number {
    if (isCompound(stmt)) return this.#ofCompound(stmt)
    if (stmt.kind === 'tail') this.#tails.add(stmt)
    return ownSize(stmt) + sumOver(stmt, bytesOf)
  }

  #ofCompound(stmt: Compound): number {
    const known = this.#sizes.get(stmt)
    if (known !== undefined) return known
    let size = ownSize(stmt) + sumOver(stmt, bytesOf)
    for (const list of stmt.bodies) {
      size += this.#ofRange(list, 0, list.length)
      if (this.#tails.size > 0 && list.some((each) => this.#tails.has(each))) this.#tails.add(stmt)
    }
    this.#sizes.set(stmt, size)
    return size
  }

  /** Whether a tail call is in it; ask for its size first. */
  hasTail(stmt: Stmt): boolean {
    return this.#tails.has(stmt)
  }
}
