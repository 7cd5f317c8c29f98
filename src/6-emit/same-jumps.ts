// Statements in a row that only jump, if they do, to one place: one condition decides all of them.
//
//   br_if $l (A) | br_if $l (B)        if (A || B) break

import type { FunctionContext } from './context.ts'
import type { Item, Jump } from './control.ts'

/** Printers and parsers recurse over a condition. */
const MAX_JOINED = 32

/** How many statements from this one on become one `if`; 1: it is emitted as it is. */
export function sameJumps(c: FunctionContext, items: readonly Item[], from: number): number {
  const jump = soleJump(c, items[from]!)
  if (jump === undefined) return 1
  const end = Math.min(from + MAX_JOINED, items.length)
  let to = from + 1
  while (to < end && isSameJump(jump, soleJump(c, items[to]!))) to++
  return to - from
}

/** The jump that an `if` makes, or not, and does nothing else. */
function soleJump(c: FunctionContext, item: Item): Jump | undefined {
  if (item.kind !== 'if' || item.else.items.length > 0 || item.then.items.length !== 1) return undefined
  const jump = item.then.items[0]!
  return (jump.kind === 'break' || jump.kind === 'continue') && !c.outdatesViews(item.stmt) ? jump : undefined
}

function isSameJump(a: Jump, b: Jump | undefined): boolean {
  if (b === undefined || a.kind === 'fall' || a.kind !== b.kind || a.target !== b.target) return false
  return a.kind === 'break' || a.state?.value === (b as typeof a).state?.value
}
