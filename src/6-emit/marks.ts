// Which instruction generated code is from: of each statement, and inside of it of whatever may trap or call. The emitter
// marks nodes of the syntax tree, the printer notes where their text begins and ends.
//
//   a = V.i(V.i(b, true) + 4, true)      from i32.load at 0x2f, in it from i32.load at 0x2a, then from that at 0x2f again

import type * as es from 'estree'

/** Byte offsets of instructions, by node; the position of a node without one is that of the node around it. */
export type Marks = Map<es.Node, number>

/** Gathers where the instruction changes in a text, front to back. */
export class Positions {
  readonly #pairs: number[] = []
  /** Of what is printed now. */
  #current = -1

  /** @returns the position around, to `leave` to */
  enter(offset: number, at: number): number {
    const outer = this.#current
    this.#note(offset, at)
    return outer
  }

  leave(offset: number, outer: number): void {
    this.#note(offset, outer)
  }

  #note(offset: number, at: number): void {
    if (at === this.#current) return
    this.#current = at
    const last = this.#pairs.length - 2
    if (this.#pairs[last] === offset) this.#pairs[last + 1] = at
    else this.#pairs.push(offset, at)
  }

  /**
   * Pairs: a place in the text, in characters, and the byte offset of the instruction that the text is from up to the next
   * pair; -1 of none.
   */
  get pairs(): Int32Array {
    return Int32Array.from(this.#pairs)
  }
}
