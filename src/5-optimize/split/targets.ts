// Where control may go from a statement or out of it: the labels outside that it branches to.

import type { Compound, Label, List, Stmt } from '../../3-ir/ir.ts'
import { isCompound } from '../../3-ir/statements.ts'

type Labels = ReadonlySet<Label>

const NONE: Labels = new Set()

/** The targets of the compound statements of one function, each worked out once. Most have few: sets are shared. */
export class Targets {
  readonly #known = new Map<Compound, Labels>()
  readonly #single = new Map<Label, Labels>()

  /** Labels that the statements branch to and do not define. */
  ofList(list: List): Labels {
    return this.ofRange(list, 0, list.length)
  }

  /** Those of statements `from` to before `to`. No label is branched to from where it is not around. */
  ofRange(list: List, from: number, to: number): Labels {
    const union = new Union()
    for (let i = from; i < to; i++) union.add(this.#of(list[i]!))
    return union.labels
  }

  #of(stmt: Stmt): Labels {
    if (isCompound(stmt)) return this.#ofCompound(stmt)
    return stmt.kind === 'br' ? this.#only(stmt.target) : NONE
  }

  #only(label: Label): Labels {
    let labels = this.#single.get(label)
    if (labels === undefined) {
      labels = new Set([label])
      this.#single.set(label, labels)
    }
    return labels
  }

  #ofCompound(stmt: Compound): Labels {
    const known = this.#known.get(stmt)
    if (known !== undefined) return known
    const union = new Union()
    for (const list of stmt.bodies) for (let i = 0; i < list.length; i++) union.add(this.#of(list[i]!))
    for (const label of stmt.labels) union.remove(label)
    this.#known.set(stmt, union.labels)
    return union.labels
  }
}

/** A union of sets: one of them if the others add nothing, else a set of its own. */
class Union {
  labels = NONE
  #own: Set<Label> | undefined

  add(labels: Labels): void {
    if (labels === this.labels || labels.size === 0) return
    if (this.labels.size === 0) {
      this.labels = labels
      return
    }
    for (const label of labels) if (!this.labels.has(label)) this.#copy().add(label)
  }

  remove(label: Label): void {
    if (this.labels.has(label)) this.#copy().delete(label)
  }

  #copy(): Set<Label> {
    if (this.#own === undefined || this.labels !== this.#own) this.#own = new Set(this.labels)
    this.labels = this.#own
    return this.#own
  }
}
