// Code that branch hints say is seldom run moves out of a function that engines inline without it, and do not with it. That is
// the only place where it pays (docs/DECISIONS.md): inside of a loop it costs, and elsewhere it makes no difference.
//
//   if (x < 0) { A; B; ... } return x          if (x < 0) f7_1(x); return x

import type { List } from '../../3-ir/ir.ts'
import { leaves } from '../../3-ir/leaves.ts'
import { isLoop } from '../../3-ir/loop-weight.ts'
import type { Run } from './regions.ts'
import type { Sizes } from './size.ts'

/** Bytes of bytecode up to which V8 inlines a function (`--max-inlined-bytecode-size`). */
export const INLINED = 460

/** By offset of an `if` or `br_if`: whether its condition is mostly true. */
export type Hints = ReadonlyMap<number, boolean>

/**
 * The statements that are seldom run, outside of loops and of what has handlers (handlers.ts). Ask `sizes` for the size of the
 * function first.
 */
export function coldRuns(body: List, hints: Hints, sizes: Sizes): Run[] {
  const runs: Run[] = []
  const add = (list: List, from: number): void => {
    const cold = list.slice(from)
    if (cold.length === 0 || cold.some((stmt) => sizes.hasTail(stmt))) return
    runs.push({ kind: 'run', list, from, to: list.length, size: sizes.ofRange(list, from, list.length), depth: 0 })
  }
  const look = (list: List): void => {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      const isLikely = stmt.kind === 'if' ? hints.get(stmt.at) : undefined
      if (isLoop(stmt) || stmt.kind === 'try') continue
      if (stmt.kind !== 'if' || isLikely === undefined) {
        for (const inner of stmt.bodies) look(inner)
        continue
      }
      look(isLikely ? stmt.then : stmt.else)
      add(isLikely ? stmt.else : stmt.then, 0)
      // A branch that is mostly taken: what follows it is not run.
      if (isLikely && leaves(stmt.then)) return add(list, i + 1)
    }
  }
  look(body)
  return runs
}
