// The points of a function where a variable is in use, as bits.

import type { Intervals } from './intervals.ts'

export class Variable {
  readonly number: number
  readonly #bits: Uint32Array

  /** @param number the variable's own, among those of the function */
  constructor(number: number, points: number) {
    this.number = number
    this.#bits = new Uint32Array((points >>> 5) + 1)
  }

  /** Whether the variable is not in use wherever a register lives. */
  isFree(intervals: Intervals, reg: number): boolean {
    for (let interval = intervals.first(reg); interval !== 0; interval = intervals.next(interval)) {
      if (!this.#isFree(intervals.from(interval), intervals.to(interval))) return false
    }
    return true
  }

  #isFree(from: number, to: number): boolean {
    for (let word = from >>> 5; word <= to >>> 5; word++) {
      if ((this.#bits[word]! & mask(word, from, to)) !== 0) return false
    }
    return true
  }

  take(intervals: Intervals, reg: number): void {
    for (let interval = intervals.first(reg); interval !== 0; interval = intervals.next(interval)) {
      const from = intervals.from(interval)
      const to = intervals.to(interval)
      for (let word = from >>> 5; word <= to >>> 5; word++) this.#bits[word]! |= mask(word, from, to)
    }
  }
}

/** The bits of a word that stand for points from `from` to `to`. */
function mask(word: number, from: number, to: number): number {
  const low = word === from >>> 5 ? -1 << (from & 31) : -1
  return word === to >>> 5 ? low & (-1 >>> (31 - (to & 31))) : low
}
