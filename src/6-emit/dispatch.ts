// The segments of dispatches, and branches to them.

import type { Dispatch, Label, Stmt, Switch } from '../3-ir/ir.ts'
import { newLabel } from '../3-ir/statements.ts'

/** How a branch reaches a segment: the state to set, and the loop to begin again. */
interface Segment {
  readonly loop: Label
  readonly state: string
  /** Undefined: the state is set already. */
  readonly index: number | undefined
}

/** Segments in the order of the indices 0 to `count` - 1, and the one for all other indices. */
export interface Sequence {
  readonly first: Segment
  readonly count: number
  readonly fallback: number
}

export class Segments {
  readonly #segments = new Map<Label, Segment>()

  get(label: Label): Segment | undefined {
    return this.#segments.get(label)
  }

  /** @returns a label for the loop of the dispatch, and the numbers of each of its segments */
  add({ segments, first = 0, again }: Dispatch, state: string): { label: Label; numbers: number[][] } {
    const loop: Label = newLabel(-1)
    let index = first
    const numbers = segments.map(({ label, also = [] }) =>
      [label, ...also].map((each) => {
        this.#segments.set(each, { loop, state, index })
        return index++
      }),
    )
    if (again !== undefined) this.#segments.set(again, { loop, state, index: undefined })
    return { label: loop, numbers }
  }

  /**
   * A `br_table` whose targets are segments of one dispatch in order (as Go compiles resume points) needs no switch:
   *
   *   br_table 0 1 2 ... 9    state = x >>> 0 < 9 ? x + 4 : 13; continue
   */
  sequence({ cases }: Switch): Sequence | undefined {
    const jumps: (Segment | undefined)[] = []
    for (const { indices, body } of cases) for (const index of indices) jumps[index] = this.#target(body)
    const fallback = this.#target(cases[cases.length - 1]!.body)
    const first = jumps[0]
    if (first?.index === undefined || fallback?.index === undefined || fallback.loop !== first.loop) return undefined
    if (jumps.length < 4) return undefined
    for (const [i, jump] of jumps.entries()) {
      if (jump?.loop !== first.loop || jump.index !== first.index + i) return undefined
    }
    return { first, count: jumps.length, fallback: fallback.index }
  }

  /** The segment that a case goes to and does nothing else. */
  #target(body: readonly Stmt[]): Segment | undefined {
    const [only] = body
    return body.length === 1 && only!.kind === 'br' ? this.#segments.get(only!.target) : undefined
  }
}
