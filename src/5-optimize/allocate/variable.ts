// The points of a function where a variable is in use, as bits.

import type { Spans } from './spans.ts'

export class Variable {
  readonly number: number
  readonly #bits: Uint32Array

  /** @param number the variable's own, among those of the function */
  constructor(number: number, points: number) {
    this.number = number
    this.#bits = new Uint32Array((points >>> 5) + 1)
  }

  /** Whether the variable is not in use wherever a register lives. */
  isFree(spans: Spans, reg: number): boolean {
    for (let span = spans.first(reg); span !== 0; span = spans.next[span]!) {
      if (!this.#isFree(spans.from[span]!, spans.to[span]!)) return false
    }
    return true
  }

  #isFree(from: number, to: number): boolean {
    for (let word = from >>> 5; word <= to >>> 5; word++) {
      if ((this.#bits[word]! & mask(word, from, to)) !== 0) return false
    }
    return true
  }

  take(spans: Spans, reg: number): void {
    for (let span = spans.first(reg); span !== 0; span = spans.next[span]!) {
      const [from, to] = [spans.from[span]!, spans.to[span]!]
      for (let word = from >>> 5; word <= to >>> 5; word++) this.#bits[word]! |= mask(word, from, to)
    }
  }
}

/** The bits of a word that stand for points from `from` to `to`. */
function mask(word: number, from: number, to: number): number {
  const low = word === from >>> 5 ? -1 << (from & 31) : -1
  return word === to >>> 5 ? low & (-1 >>> (31 - (to & 31))) : low
}
