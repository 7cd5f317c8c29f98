// Sizes of the statements of a function that is split, and what a call of a part costs.

import { ARGUMENT, CALL } from '../../3-ir/bytecode-size.ts'
import type { Compound, List, Stmt } from '../../3-ir/ir.ts'
import { shallowSize } from '../../3-ir/size.ts'
import { isCompound } from '../../3-ir/statements.ts'

/** What is left of a region in the function, about. */
export const CALL_SIZE = 64

/** Bytes of a call and of what hands registers over. */
export const callSize = (params: number, outs: number, exits: number): number =>
  (CALL + params * ARGUMENT + (outs + exits) * 10_640) / 1000

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
    return shallowSize(stmt)
  }

  #ofCompound(stmt: Compound): number {
    const known = this.#sizes.get(stmt)
    if (known !== undefined) return known
    let size = shallowSize(stmt)
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
