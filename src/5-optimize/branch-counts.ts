// How many branches there are to each label of a function, kept up by who makes and removes some.

import type { Func, Label, List } from '../3-ir/ir.ts'
import { ById } from './by-id.ts'

export class BranchCounts {
  readonly #labelCount: number
  readonly #counts: ById
  /** The same of labels that are new, which are few. */
  readonly #ofNew: number[] = []

  constructor({ body, labelCount }: Func) {
    this.#labelCount = labelCount
    this.#counts = new ById(labelCount)
    this.#list(body)
  }

  add({ id }: Label): void {
    this.#put(id, this.#get(id) + 1)
  }

  remove({ id }: Label): void {
    this.#put(id, this.#get(id) - 1)
  }

  has({ id }: Label): boolean {
    return this.#get(id) > 0
  }

  #get(id: number): number {
    return id < this.#labelCount ? this.#counts.get(id) : (this.#ofNew[id - this.#labelCount] ?? 0)
  }

  #put(id: number, count: number): void {
    if (id < this.#labelCount) this.#counts.set(id, count)
    else this.#ofNew[id - this.#labelCount] = count
  }

  #list(list: List): void {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      if (stmt.kind === 'br') this.add(stmt.target)
      for (let j = 0; j < stmt.bodies.length; j++) this.#list(stmt.bodies[j]!)
    }
  }
}
