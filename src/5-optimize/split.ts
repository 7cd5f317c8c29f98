// Splits functions that engines would refuse to optimise: regions of them become functions of their own. V8 never
// optimises more than 60 kB of bytecode, JavaScriptCore's best compiler stops at 20,000 to 60,000, SpiderMonkey at 100 kB.
//
//   loop { switch (next()) {                  loop { switch (next()) {
//     case 0: A; continue                       case 0: x = f7_1(x, y); continue
//     case 1: B; ...                            case 1: B; ...

import type { Func, List, Stmt } from '../3-ir/ir.ts'
import { sizeOf } from '../3-ir/size.ts'
import { Liveness } from './liveness.ts'
import { bundleCases } from './split/bundle.ts'
import { coldRuns, type Hints, INLINED } from './split/cold.ts'
import { findPinned } from './split/handlers.ts'
import { type Plan, Planner } from './split/plan.ts'
import { Rebuilder } from './split/rebuild.ts'
import { branchesIn, MIN_GAIN, type Region, RegionFinder } from './split/regions.ts'
import { Sizes } from './split/size.ts'
import { Targets } from './split/targets.ts'

/** More registers than this are not handed back. */
const MAX_OUTS = 200

/** What is left of a function is split again, into regions with more and more ways out. */
const MAX_EXITS = [8, 64, 512]

/**
 * @param limit bytes of bytecode, as estimated, that a function should stay below
 * @param hints what is known of its branches, if anything is
 * @returns the function, or what is left of it, then its parts
 */
export function split(func: Func, limit: number, hints?: Hints): readonly Func[] {
  const whole = sizeOf(func.body)
  if (whole <= limit) return hints === undefined || whole <= INLINED ? [func] : withoutCold(func, hints)
  return splitLarge(func, limit)
}

/** In parts, BigInts would go from one to the other. */
function withoutCold(func: Func, hints: Hints): readonly Func[] {
  const sizes = new Sizes()
  const size = sizes.ofList(func.body)
  const runs = func.int64 === 'bigint' ? [] : coldRuns(func.body, hints, sizes)
  const liveness = new Liveness(func)
  if (runs.length === 0 || !liveness.solve()) return [func]
  const plans = plansOf(liveness, runs, new Targets(), func.regCount)
  const gain = plans.reduce((sum, plan) => sum + plan.gain, 0)
  return size - gain > INLINED ? [func] : new Rebuilder(func, plans, 0).func(func)
}

function splitLarge(func: Func, limit: number): readonly Func[] {
  let [whole, parts]: [Func, readonly Func[]] = [func, []]
  let known: Known | undefined
  for (const maxExits of MAX_EXITS) {
    const sizes = new Sizes()
    const size = sizes.ofList(whole.body)
    if (size <= limit) break
    if (parts.length === 0) whole = bundleCases(whole, sizes, limit)
    if (known?.func !== whole) known = knownOf(whole)
    if (known === undefined) break
    const { chosen, hasMore } = choose(known, sizes, size, { limit, maxExits })
    if (chosen.length === 0 && !hasMore) break
    if (chosen.length === 0) continue
    const [rest, ...more] = new Rebuilder(whole, chosen, parts.length).func(whole)
    whole = rest!
    parts = [...parts, ...more]
  }
  const { regCount, labelCount } = whole
  return [whole, ...parts.map((part) => ({ ...part, regCount, labelCount }))]
}

interface Aim {
  readonly limit: number
  readonly maxExits: number
}

interface Choice {
  /** The regions to move out: best value first, until the rest is small enough. */
  readonly chosen: readonly Plan[]
  /** Whether there are others to choose from with more ways out. */
  readonly hasMore: boolean
}

/** What is known of a function, however many ways out regions may have. */
interface Known {
  readonly func: Func
  readonly liveness: Liveness
  readonly targets: Targets
  readonly pinned: ReadonlySet<Stmt>
  readonly cut: (list: List, from: number, to: number) => number
}

/** @returns undefined if it takes too long to find out */
function knownOf(func: Func): Known | undefined {
  const liveness = new Liveness(func)
  if (!liveness.solve()) return undefined
  const pinned = findPinned(func.body, liveness)
  return { func, liveness, targets: new Targets(), pinned, cut: cheapestCut(liveness) }
}

function choose(known: Known, sizes: Sizes, size: number, { limit, maxExits }: Aim): Choice {
  const { func, liveness, targets, pinned, cut } = known
  const finder = new RegionFinder(sizes, targets, { cap: limit, maxExits, pinned, cut })
  finder.list(func.body, 0)
  const chosen: Plan[] = []
  let left = size
  for (const plan of plansOf(liveness, finder.regions, targets, func.regCount)) {
    if (left <= limit) break
    chosen.push(plan)
    left -= plan.gain
  }
  return { chosen: left > HOPELESS * limit ? chosen.filter(isWorthACall) : chosen, hasMore: finder.hasMore }
}

/** So many times too large, what is left will not be optimised: to move a few instructions out of it gains nothing. */
const HOPELESS = 8

/** Bytes of bytecode that are worth a call then. */
const MIN_ALONE = 60

const isWorthACall = ({ region }: Plan): boolean => region.size >= MIN_ALONE

function plansOf(liveness: Liveness, regions: readonly Region[], targets: Targets, regCount: number): Plan[] {
  const planner = new Planner(liveness, regions, regCount)
  const dispatches = new Set(regions.flatMap((region) => (region.kind === 'group' ? [region.dispatch] : [])))
  const branches = new Map([...dispatches].map((dispatch) => [dispatch, branchesIn(dispatch, targets)]))
  const plans = regions.map((region) =>
    planner.plan(region, region.kind === 'group' ? branches.get(region.dispatch)! : new Map()),
  )
  return plans
    .filter(({ gain, outs, region }) => gain > MIN_GAIN * region.size && outs.length <= MAX_OUTS)
    .sort((a, b) => b.value - a.value)
}

/** Finds the place between two statements of a list where the fewest registers are live. */
function cheapestCut(liveness: Liveness): (list: List, from: number, to: number) => number {
  let counts: ReadonlyMap<List, Uint32Array> | undefined
  return (list, from, to) => {
    counts ??= countLive(liveness)
    const live = counts.get(list)
    if (live === undefined) return to
    let best = to
    for (let i = from; i < to; i++) if (live[i]! <= live[best]!) best = i
    return best
  }
}

/** Statements of a list that is worth a choice of where to cut it. */
const LONG = 16

/** How many registers are live before each statement of the long lists. */
function countLive(liveness: Liveness): Map<List, Uint32Array> {
  const counts = new Map<List, Uint32Array>()
  liveness.visit((list) => {
    if (list.length < LONG) return undefined
    const count = new Uint32Array(list.length + 1)
    counts.set(list, count)
    return (index, live) => {
      count[index] = live.count
    }
  })
  return counts
}
