// Statements of control flow that end by themselves: switches in switches, loops with several exits, blocks, ifs.

import { constant, ELSE, END, ins, opcode, open } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import type { StatementRule, Writer } from '../writer.ts'

/** Rounds of all loops around a statement, together. */
const MOST_ROUNDS = 300

/** Depths of the labels that branches without values may name. */
function voidLabels(w: Writer): number[] {
  return w.labels.flatMap((types, at) => (types.length === 0 ? [w.labels.length - 1 - at] : []))
}

/** One of these labels; the outermost ones often, so that many branches meet. */
function pickLabel(w: Writer, labels: readonly number[]): number {
  return w.random.pick(w.random.chance(50) ? labels.slice(0, 3) : labels)
}

/** Goes elsewhere for good: out of a block around, to a loop's start, out of the function. Falls through if it cannot. */
export function leave(w: Writer): number[] {
  const labels = voidLabels(w)
  if (labels.length === 0 || w.random.chance(8)) return [...w.values(w.signature.results), ...opcode('return')]
  return ins('br', pickLabel(w, labels))
}

const branchIf: StatementRule = (w) => {
  const labels = voidLabels(w)
  return labels.length === 0 ? [] : [...w.value('i32'), ...ins('br_if', pickLabel(w, labels))]
}

/** Only the code that follows in the same block cannot be reached: a branch among other statements. */
const leaveInArm: StatementRule = (w) => [
  ...w.value('i32'),
  ...open('if', undefined),
  ...w.inside([], () => [...w.statements(2), ...leave(w)]),
  END,
]

const block: StatementRule = (w) => [
  ...open('block', undefined),
  ...w.inside([], () => [...w.statements(4), ...(w.random.chance(25) ? leave(w) : [])]),
  END,
]

const choice: StatementRule = (w) => {
  const arm = (): number[] => [...w.statements(3), ...(w.random.chance(20) ? leave(w) : [])]
  const then = [...w.value('i32'), ...open('if', undefined), ...w.inside([], arm)]
  return w.random.chance(50) ? [...then, END] : [...then, ELSE, ...w.inside([], arm), END]
}

/** What a switch goes by: a value that has as many cases as it has, most often. */
function selector(w: Writer, cases: number): number[] {
  const value = w.value('i32')
  if (w.random.chance(30)) return value
  const mask = cases <= 2 ? 1n : cases <= 4 ? 3n : 7n
  return [...value, ...constant('i32', mask), ...opcode('i32.and')]
}

/**
 * How a case ends. `depth` is that of the switch's own end; `place` counts labels from the outside: that is where the
 * cases of this switch go, if they go to the same place.
 */
function caseEnd(w: Writer, depth: number, place: number | undefined): number[] {
  if (place !== undefined && w.random.chance(85)) {
    return [...(w.random.chance(40) ? branchIf(w)! : []), ...ins('br', w.labels.length - 1 - place)]
  }
  const way = w.random.below(20)
  if (way < 6) return []
  if (way < 13) return ins('br', depth)
  if (way < 16) return [...w.value('i32'), ...ins('br_if', depth), ...(w.random.chance(50) ? leave(w) : [])]
  return leave(w)
}

/** Of a hundred cases so many end in another switch. */
const NESTED = 45

/** A `br_table` out of blocks, each followed by a case that falls into the next or goes elsewhere. */
const switchStatement: StatementRule = (w) => {
  const cases = w.random.between(1, w.random.chance(10) ? 12 : 4)
  const labels = voidLabels(w)
  const shared = labels.length > 0 && w.random.chance(60) ? w.labels.length - 1 - pickLabel(w, labels) : undefined
  const dispatch = (): number[] => {
    const targets = Array.from({ length: cases + 1 }, (_, i) =>
      w.random.chance(i < cases ? 75 : 0) ? i : target(w, cases),
    )
    return [...selector(w, cases), ...opcode('br_table'), ...uleb(cases), ...targets.flatMap(uleb)]
  }
  const level = (k: number): number[] => {
    if (k === 0) return dispatch()
    const inner = [...open('block', undefined), ...w.inside([], () => level(k - 1)), END]
    const deeper = w.random.chance(NESTED) ? w.statement(switchStatement) : []
    return [...inner, ...w.statements(3), ...deeper, ...caseEnd(w, cases - k, shared)]
  }
  const behind = shared !== undefined && w.random.chance(70) ? ins('br', w.labels.length - 1 - shared) : []
  return [...open('block', undefined), ...w.inside([], () => level(cases)), END, ...behind]
}

/** Where a branch of the table goes: to a case, behind the switch, or to a block around it. */
function target(w: Writer, cases: number): number {
  const way = w.random.below(10)
  if (way < 5) return w.random.below(cases)
  return way < 8 ? cases : pickLabel(w, voidLabels(w))
}

/**
 * A loop that counts down from `most` or less; branches to its start count too. Undefined if too many rounds of loops are
 * around it.
 */
export function counted(w: Writer, most: number, write: () => number[]): number[] | undefined {
  const left = Math.floor(MOST_ROUNDS / w.rounds)
  if (left < 2) return undefined
  const times = w.random.between(1, Math.min(left, most))
  const counter = w.reserve('i32')
  const check = [...ins('local.get', counter), ...opcode('i32.eqz'), ...ins('br_if', 1)]
  const count = [
    ...ins('local.get', counter),
    ...constant('i32', 1n),
    ...opcode('i32.sub'),
    ...ins('local.set', counter),
  ]
  const body = (): number[] => [...check, ...count, ...write(), ...(w.random.chance(80) ? ins('br', 0) : [])]
  return [
    ...constant('i32', BigInt(times)),
    ...ins('local.set', counter),
    ...open('block', undefined),
    ...w.inside([], () => [...open('loop', undefined), ...w.inside([], () => w.repeated(times, body)), END]),
    END,
  ]
}

const loop: StatementRule = (w) => counted(w, w.random.pick([3, 5, 40]), () => w.statements(5))

/** Code inside blocks, with something behind each of them. */
export function nest(w: Writer, count: number, between: () => number[]): number[] {
  if (count === 0) return w.statements(6)
  return [...open('block', undefined), ...w.inside([], () => nest(w, count - 1, between)), END, ...between()]
}

type Statements = readonly (readonly [weight: number, rule: StatementRule])[]

/** For functions that are all control flow. */
export const manySwitches: Statements = [
  [10, switchStatement],
  [3, loop],
  [10, branchIf],
  [4, leaveInArm],
  [3, block],
  [5, choice],
]

/** For functions that are about something else. */
export const manyLoops: Statements = [
  [5, loop],
  [4, choice],
  [1, branchIf],
  [1, leaveInArm],
  [1, block],
  [1, switchStatement],
]
