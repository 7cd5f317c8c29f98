// What it takes to make a region a function: which registers go in and out, and what that costs.

import type { Label, List, Reg } from '../../3-ir/ir.ts'
import { leaves } from '../../3-ir/leaves.ts'
import { forEachReadIn } from '../../3-ir/walk.ts'
import { addAll, type Bits, copyOf, hasBit } from '../bits.ts'
import type { Liveness } from '../liveness.ts'
import { entriesOf, type Group, type Region, type Run } from './regions.ts'
import { type Shape, ShapeFinder } from './shape.ts'
import { callSize } from './size.ts'

export interface Plan {
  readonly region: Region
  readonly shape: Shape
  readonly falls: boolean
  readonly params: readonly Reg[]
  /** Registers handed back, those for the function's own results not included. */
  readonly outs: readonly Reg[]
  /** Labels of a group that are branched to from outside. */
  readonly entries: readonly Label[]
  /** Bytes that the function shrinks by. */
  readonly gain: number
  /** Bytes gained for the time that an execution of the region costs more. */
  readonly value: number
}

/** Loops are thought to run so many times. */
const ROUNDS = 8

/** A group may have thousands of entries, and as many registers. */
function unionOf([first, ...others]: readonly Bits[]): Bits | undefined {
  if (first === undefined || others.length === 0) return first
  const union = copyOf(first)
  for (const each of others) addAll(union, each)
  return union
}

/** Where each register is last read by an expression of the list's own statements. */
function lastReads(list: List): ReadonlyMap<Reg, number> {
  const last = new Map<Reg, number>()
  for (const [i, stmt] of list.entries()) forEachReadIn(stmt, (reg) => last.set(reg, i))
  return last
}

/** Makes plans, with what is live where. */
export class Planner {
  readonly #liveness: Liveness
  readonly #shapes: ShapeFinder
  readonly #wanted = new Map<List, Map<number, Bits | undefined>>()
  readonly #lastReads = new Map<List, ReadonlyMap<Reg, number>>()

  constructor(liveness: Liveness, regions: readonly Region[], regCount: number) {
    this.#liveness = liveness
    this.#shapes = new ShapeFinder(regCount)
    for (const region of regions) {
      if (region.kind === 'run') {
        this.#want(region.list, region.from)
        this.#want(region.list, region.to)
      } else {
        const { body } = region.dispatch.arms[region.to - 1]!
        this.#want(body, body.length)
      }
    }
    liveness.visit((list) => {
      const places = this.#wanted.get(list)
      if (places === undefined) return undefined
      return (index, live) => void (places.has(index) && places.set(index, copyOf(live)))
    })
  }

  plan(region: Region, dispatchEntries: ReadonlyMap<Label, readonly number[]>): Plan {
    return region.kind === 'run' ? this.#run(region) : this.#group(region, dispatchEntries)
  }

  #run(run: Run): Plan {
    const { list, from, to } = run
    const body = list.slice(from, to)
    const shape = this.#shapes.find([body])
    const falls = !leaves(body)
    const after = falls ? [this.#live(list, to)] : []
    const last = this.#lastReadsOf(list)
    return this.#finish(
      run,
      shape,
      falls,
      [],
      [this.#live(list, from)],
      after,
      (reg) => falls && (last.get(reg) ?? -1) >= to,
    )
  }

  #group(group: Group, dispatchEntries: ReadonlyMap<Label, readonly number[]>): Plan {
    const arms = group.dispatch.arms.slice(group.from, group.to)
    const shape = this.#shapes.find(
      arms.map(({ body }) => body),
      arms.map(({ label }) => label),
    )
    const { body } = arms[arms.length - 1]!
    const falls = !leaves(body)
    const entries = entriesOf(group, dispatchEntries)
    const before = entries.map((label) => this.#liveness.at(label))
    return this.#finish(group, shape, falls, entries, before, falls ? [this.#live(body, body.length)] : [], () => false)
  }

  /** @param listOut whether a register without a bit is read later */
  #finish(
    region: Region,
    shape: Shape,
    falls: boolean,
    entries: readonly Label[],
    before: readonly Bits[],
    after: readonly Bits[],
    listOut: (reg: Reg) => boolean,
  ): Plan {
    const start = unionOf(before)
    const params = shape.touched.filter((reg) => {
      const bit = this.#liveness.bitOf(reg)
      return bit >= 0 ? start !== undefined && hasBit(start, bit) : shape.early.has(reg)
    })
    const end = unionOf([...shape.exits.map((label) => this.#liveness.at(label)), ...after])
    const outs = shape.sets.filter((reg) => {
      const bit = this.#liveness.bitOf(reg)
      return bit >= 0 ? end !== undefined && hasBit(end, bit) : listOut(reg)
    })
    const ways = shape.exits.length + Number(falls) + Number(shape.returns)
    const gain = region.size - callSize(params.length, outs.length, ways)
    const cost = (4 + params.length + 3 * outs.length + 2 * ways) * ROUNDS ** Math.min(region.depth, 4)
    const byId = (a: Reg, b: Reg): number => a.id - b.id
    return { region, shape, falls, params: params.sort(byId), outs: outs.sort(byId), entries, gain, value: gain / cost }
  }

  #want(list: List, index: number): void {
    const places = this.#wanted.get(list) ?? new Map<number, Bits | undefined>()
    this.#wanted.set(list, places.set(index, undefined))
  }

  #live(list: List, index: number): Bits {
    return this.#wanted.get(list)!.get(index)!
  }

  #lastReadsOf(list: List): ReadonlyMap<Reg, number> {
    let reads = this.#lastReads.get(list)
    if (reads === undefined) {
      reads = lastReads(list)
      this.#lastReads.set(list, reads)
    }
    return reads
  }
}
