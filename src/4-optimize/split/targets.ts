// Where control may go from a statement or out of it: the labels outside that it branches to.

import type { Label } from '../../3-lower/ir.ts'
import { bodiesOf } from '../rewrite.ts'
import { labelsOf } from './shape.ts'
import type { List } from './tree.ts'

/** The targets of the compound statements of one function, each worked out once. */
export class Targets {
  readonly #known = new Map<List, ReadonlySet<Label>>()

  /** Labels that the statements branch to and do not define. */
  ofList(list: List): ReadonlySet<Label> {
    const known = this.#known.get(list)
    if (known !== undefined) return known
    const targets = new Set<Label>()
    const own: Label[] = []
    for (const stmt of list) {
      if (stmt.kind === 'br') targets.add(stmt.label)
      for (const inner of bodiesOf(stmt)) for (const label of this.ofList(inner)) targets.add(label)
      own.push(...labelsOf(stmt))
    }
    for (const label of own) targets.delete(label)
    this.#known.set(list, targets)
    return targets
  }
}
