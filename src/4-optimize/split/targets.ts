// Where control may go from a statement or out of it: the labels outside that it branches to.

import type { Compound, Label, Stmt } from '../../3-lower/ir.ts'
import { isCompound } from '../../3-lower/statements.ts'
import { bodiesOf } from '../rewrite.ts'
import { labelsOf } from './shape.ts'
import type { List } from './tree.ts'

type Labels = ReadonlySet<Label>

const NONE: Labels = new Set()

/** The targets of the compound statements of one function, each worked out once. */
export class Targets {
  readonly #known = new Map<Compound, Labels>()

  /** Labels that the statements branch to and do not define. */
  ofList(list: List): Labels {
    return this.ofRange(list, 0, list.length)
  }

  /** Those of statements `from` to before `to`. No label is branched to from where it is not around. */
  ofRange(list: List, from: number, to: number): Labels {
    let only = NONE
    let all: Set<Label> | undefined
    for (let i = from; i < to; i++) {
      const labels = this.#of(list[i]!)
      if (labels.size === 0) continue
      if (all !== undefined) addTo(all, labels)
      else if (only.size === 0) only = labels
      else all = addTo(new Set(only), labels)
    }
    return all ?? only
  }

  #of(stmt: Stmt): Labels {
    if (isCompound(stmt)) return this.#ofCompound(stmt)
    return stmt.kind === 'br' ? new Set([stmt.label]) : NONE
  }

  #ofCompound(stmt: Compound): Labels {
    const known = this.#known.get(stmt)
    if (known !== undefined) return known
    const targets = new Set<Label>()
    for (const list of bodiesOf(stmt)) this.#gather(list, targets)
    for (const label of labelsOf(stmt)) targets.delete(label)
    this.#known.set(stmt, targets)
    return targets
  }

  #gather(list: List, targets: Set<Label>): void {
    for (const stmt of list) {
      if (stmt.kind === 'br') targets.add(stmt.label)
      else if (isCompound(stmt)) addTo(targets, this.#ofCompound(stmt))
    }
  }
}

function addTo(into: Set<Label>, labels: Labels): Set<Label> {
  for (const label of labels) into.add(label)
  return into
}
