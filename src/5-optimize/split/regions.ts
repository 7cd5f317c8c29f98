// Finds the regions of a function that could be functions of their own: runs of statements, and arms of a dispatch.
// A region is never larger than a cap; what is larger is searched for regions inside.

import type { Dispatch, Label, List, Stmt } from '../../3-ir/ir.ts'
import { leaves } from '../../3-ir/leaves.ts'
import { isLoop } from '../../3-ir/loop-weight.ts'
import { hasHandlers, isCompound, takesException } from '../../3-ir/statements.ts'
import { withoutHalves } from './pairs.ts'
import { CALL_SIZE, callSize, type Sizes } from './size.ts'
import type { Targets } from './targets.ts'

/** Statements `from` to `to` of a list. */
export interface Run {
  readonly kind: 'run'
  readonly list: List
  readonly from: number
  readonly to: number
  readonly size: number
  /** Loops around it. */
  readonly depth: number
}

/** Arms `from` to `to` of a dispatch. */
export interface Group {
  readonly kind: 'group'
  readonly dispatch: Dispatch
  readonly from: number
  readonly to: number
  readonly size: number
  readonly depth: number
}

export type Region = Run | Group

/**
 * The part of its size that a function must gain by a region that moves out. What gains less is little more than the call in its
 * place: it would move out again and again, whenever regions are looked for.
 */
export const MIN_GAIN = 0.25

/** Arms of at least this size are regions of their own. */
const LARGE_SEGMENT = 1500

export interface Bounds {
  /** Bytes of bytecode that a region has at most. */
  readonly cap: number
  /** A statement with more ways out than this decides where to go next: it stays where it is. */
  readonly maxExits: number
  /** Statements that stay where they are (handlers.ts). */
  readonly pinned: ReadonlySet<Stmt>
  /** Best place to cut a list between two indices. */
  readonly cut: (list: List, from: number, to: number) => number
}

export class RegionFinder {
  readonly regions: Region[] = []
  /** Whether there would be others if more ways out were allowed. */
  hasMore = false
  readonly #sizes: Sizes
  readonly #targets: Targets
  readonly #cap: number
  readonly #maxExits: number
  readonly #cut: Bounds['cut']
  readonly #pinned: Bounds['pinned']

  constructor(sizes: Sizes, targets: Targets, { cap, maxExits, pinned, cut }: Bounds) {
    this.#sizes = sizes
    this.#targets = targets
    this.#cap = cap
    this.#maxExits = maxExits
    this.#cut = cut
    this.#pinned = pinned
  }

  list(list: List, depth: number): void {
    let from = 0
    for (let i = 0, end = 0; i < list.length; i = end) {
      end = i + 1
      if (this.#fits(list, i, end)) continue
      this.#run(list, from, i, depth)
      from = end
      this.#inside(list[i]!, depth)
    }
    this.#run(list, from, list.length, depth)
  }

  #inside(stmt: Stmt, depth: number): void {
    if (stmt.kind === 'dispatch' && stmt.again === undefined && !hasHandlers(stmt))
      return this.#dispatch(stmt, depth + 1)
    const inner = isLoop(stmt) ? depth + 1 : depth
    for (const list of stmt.bodies) this.list(list, inner)
  }

  /** @param own the label of the statements, if they are an arm's */
  #fits(list: List, from: number, to: number, own?: Label): boolean {
    if (this.#sizes.ofRange(list, from, to) > this.#cap) return false
    let isFlat = true
    for (let i = from; i < to; i++) {
      if (this.#sizes.hasTail(list[i]!) || takesException(list[i]!) || this.#pinned.has(list[i]!)) return false
      isFlat &&= !isCompound(list[i]!)
    }
    if (isFlat) return true
    const exits = this.#targets.ofRange(list, from, to)
    const fits = exits.size - Number(own !== undefined && exits.has(own)) <= this.#maxExits
    this.hasMore ||= !fits
    return fits
  }

  /** Adds a run of statements that all fit, in pieces if together they are too large. */
  #run(list: List, from: number, to: number, depth: number): void {
    let size = 0
    let middle = from
    for (let i = from, end = from; i < to; i = end) {
      end = i + 1
      const next = this.#sizes.ofRange(list, i, end)
      if (size + next > this.#cap) {
        const cut = this.#cut(list, Math.max(middle, from + 1), i)
        this.#addRun(list, from, cut, depth)
        from = cut
        middle = i
        size = this.#sizes.ofRange(list, cut, i)
      }
      size += next
      if (size < this.#cap / 2) middle = end
    }
    this.#addRun(list, from, to, depth)
  }

  #addRun(list: List, first: number, end: number, depth: number): void {
    const [from, to] = withoutHalves(list, first, end)
    this.#add({ kind: 'run', list, from, to, size: this.#sizes.ofRange(list, from, to), depth })
  }

  /** What would gain too little even if nothing were handed over is not worth a plan. */
  #add(region: Region): void {
    if (region.to === region.from) return
    const ways = leaves(lastOf(region)) ? 0 : 1
    if (region.size - callSize(0, 0, ways) > MIN_GAIN * region.size) this.regions.push(region)
  }

  #dispatch(dispatch: Dispatch, depth: number): void {
    const { arms } = dispatch
    const sizes = arms.map(({ body }) => this.#sizes.ofList(body))
    const fits = arms.map(({ label, body }) => this.#fits(body, 0, body.length, label))
    // A call for each of very many small arms would be too large again.
    const share = sizes.filter((size) => size < LARGE_SEGMENT).length * CALL_SIZE > this.#cap
    let from = 0
    let size = 0
    const close = (to: number): void => {
      this.#add({ kind: 'group', dispatch, from, to, size, depth })
      from = to
      size = 0
    }
    for (const [i, { body }] of arms.entries()) {
      const single = !share || sizes[i]! >= LARGE_SEGMENT
      if (!fits[i] || single || size + sizes[i]! > this.#cap) close(i)
      if (!fits[i]) {
        this.list(body, depth)
        from = i + 1
        continue
      }
      size += sizes[i]!
      if (single) close(i + 1)
    }
    close(arms.length)
  }
}

/** The list that ends with a region's last statement, up to it. */
const lastOf = (region: Region): List =>
  region.kind === 'run' ? region.list.slice(region.to - 1, region.to) : region.dispatch.arms[region.to - 1]!.body

/** Which arms of a dispatch branch to each of its labels, by number; -1 is the start. */
export function branchesIn({ arms, resumes }: Dispatch, targets: Targets): ReadonlyMap<Label, readonly number[]> {
  const sources = new Map<Label, number[]>(arms.map(({ label }) => [label, resumes === true ? [-1] : []]))
  sources.get(arms[0]!.label)!.push(-1)
  for (const [i, { body }] of arms.entries()) {
    for (const label of targets.ofList(body)) sources.get(label)?.push(i)
    if (i + 1 < arms.length && !leaves(body)) sources.get(arms[i + 1]!.label)!.push(i)
  }
  return sources
}

/** The labels of a group that control comes to from other arms. */
export function entriesOf({ dispatch, from, to }: Group, sources: ReadonlyMap<Label, readonly number[]>): Label[] {
  const labels = dispatch.arms.slice(from, to).map(({ label }) => label)
  return labels.filter((label) => sources.get(label)!.some((i) => i < from || i >= to))
}
