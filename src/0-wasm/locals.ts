// The types of a function's locals, parameters first. A function of ten bytes may declare 50,000 locals, and a module have
// thousands of such functions: locals are kept as they are declared, in runs of one type.

import type { ValType } from './types.ts'

/** So many locals of one type. */
export interface LocalRun {
  readonly count: number
  readonly type: ValType
}

/** Types by index: of a function's locals, or simply an array. */
export interface LocalTypes {
  readonly length: number
  /** Undefined if there is no such local. */
  at(index: number): ValType | undefined
}

/** So many locals are looked up by index: most functions have fewer, and every second instruction names one. */
const FIRST = 64

export class Locals implements LocalTypes {
  readonly length: number
  /** The types of the first locals. */
  readonly #first: ValType[] = []
  /** Where each run ends, and its type. */
  readonly #ends: number[] = []
  readonly #types: ValType[] = []

  constructor(params: readonly ValType[], declared: readonly LocalRun[]) {
    let end = 0
    for (const type of params) {
      this.#ends.push(++end)
      this.#types.push(type)
    }
    for (const { count, type } of declared) {
      end += count
      this.#ends.push(end)
      this.#types.push(type)
    }
    this.length = end
    for (let run = 0; run < this.#ends.length && this.#first.length < FIRST; run++)
      for (let i = this.#first.length; i < Math.min(this.#ends[run]!, FIRST); i++) this.#first.push(this.#types[run]!)
  }

  at(index: number): ValType | undefined {
    return index < this.#first.length ? this.#first[index] : this.#search(index)
  }

  #search(index: number): ValType | undefined {
    const ends = this.#ends
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ends[middle]! <= index) low = middle + 1
      else high = middle
    }
    return this.#types[low]
  }
}
