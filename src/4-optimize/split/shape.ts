// What a region of a function touches: registers, and the ways out of it.

import { forEachReadIn } from '../../3-lower/build.ts'
import type { Label, Reg, Stmt } from '../../3-lower/ir.ts'
import { isCompound } from '../../3-lower/statements.ts'
import { bodiesOf } from '../rewrite.ts'
import type { List } from './tree.ts'

export interface Shape {
  readonly reads: ReadonlySet<Reg>
  readonly sets: ReadonlySet<Reg>
  /** Registers read before the text sets them. */
  readonly early: ReadonlySet<Reg>
  /** Labels outside that it branches to. */
  readonly exits: readonly Label[]
  readonly returns: boolean
}

/** @param own labels of the region that stand outside its statements: those of its segments */
export function shapeOf(lists: readonly List[], own: Iterable<Label> = []): Shape {
  const finder = new ShapeFinder(own)
  for (const list of lists) finder.list(list)
  return finder.finish()
}

/** The labels that a statement itself defines. */
export function labelsOf(stmt: Stmt): readonly Label[] {
  switch (stmt.kind) {
    case 'block':
    case 'loop':
      return [stmt.label]
    case 'if':
      return stmt.label === undefined ? [] : [stmt.label]
    case 'dispatch': {
      const labels = stmt.segments.flatMap(({ label, also = [] }) => [label, ...also])
      return stmt.again === undefined ? labels : [...labels, stmt.again]
    }
    default:
      return []
  }
}

class ShapeFinder {
  readonly #reads = new Set<Reg>()
  readonly #sets = new Set<Reg>()
  readonly #early = new Set<Reg>()
  readonly #inside: Set<Label>
  readonly #targets = new Set<Label>()
  #returns = false

  constructor(own: Iterable<Label>) {
    this.#inside = new Set(own)
  }

  finish(): Shape {
    const exits = [...this.#targets].filter((label) => !this.#inside.has(label))
    return { reads: this.#reads, sets: this.#sets, early: this.#early, exits, returns: this.#returns }
  }

  list(list: List): void {
    for (const stmt of list) {
      forEachReadIn(stmt, this.#read)
      if (stmt.kind === 'set') this.#sets.add(stmt.reg)
      else if (stmt.kind === 'br') this.#targets.add(stmt.label)
      else if (stmt.kind === 'return') this.#returns = true
      if (!isCompound(stmt)) continue
      for (const label of labelsOf(stmt)) this.#inside.add(label)
      for (const inner of bodiesOf(stmt)) this.list(inner)
    }
  }

  readonly #read = (reg: Reg): void => {
    this.#reads.add(reg)
    if (!this.#sets.has(reg)) this.#early.add(reg)
  }
}
