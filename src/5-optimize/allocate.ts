// Gives every register a JavaScript variable. Registers that are copied to each other share one if they do not interfere
// (their live ranges do not overlap), and so do temporaries; the busiest of these get the first variables.
//
//   (local.set 1 (i32.add (local.get 0) (i32.const 1)))      t = a + 1 | 0; b = t      b = a + 1 | 0

import type { Func, RegType } from '../3-ir/ir.ts'
import { coalesce } from './allocate/coalesce.ts'
import { LiveRanges } from './allocate/live-ranges.ts'
import { inOrder } from './allocate/order.ts'
import { SharedVariables } from './allocate/shared.ts'
import { ById } from './by-id.ts'

/** The variables of a function: parameters come first. Each holds registers of one type, or of both types of floats. */
export interface Allocation {
  /** Variable numbers by register id, for registers that occur. */
  readonly variable: ById
  /** Type of each variable. */
  readonly types: readonly RegType[]
  /** By variable: whether it may be read before it is set, as zero or null. */
  readonly startsAtZero: readonly boolean[]
}

/**
 * A Wasm local shares its variable only with what it is copied to or from, though live ranges would allow more: with more
 * sharing, QuickJS ran 1 to 2 % slower on V8 14, and not all modules were smaller behind gzip.
 *
 * @param keepsLocals whether no two Wasm locals share a variable: then people can know each by its name
 */
export function allocate(func: Func, keepsLocals: boolean): Allocation {
  // Modules with structures have thousands of constants, few of which need a register.
  if (func.regCount === 0) return NO_VARIABLES
  const ranges = LiveRanges.of(func)
  const leader = coalesce(ranges, keepsLocals)
  const variables = new Variables(ranges)
  for (const { id, type } of func.params) variables.keep(leader[ranges.numbers.get(id)]!, type)
  for (const { id, type } of func.locals) variables.keep(leader[ranges.numbers.get(id)]!, type)
  for (const reg of byWeight(ranges, leader, variables.of)) variables.place(reg, ranges.regs[reg]!.type)
  const of = new Int32Array(leader.length)
  for (let reg = 0; reg < of.length; reg++) of[reg] = variables.of[leader[reg]!]!
  return numbered(func, ranges, variables, of)
}

const NO_VARIABLES: Allocation = { variable: new ById(0), types: [], startsAtZero: [] }

/** @param of by number of a register: its variable, as it was found */
function numbered(func: Func, ranges: LiveRanges, { types: found }: Variables, of: Int32Array): Allocation {
  const { numbers, used } = inOrder(ranges, of, func.params.length, found.length)
  const types: RegType[] = []
  found.forEach((type, variable) => {
    types[numbers[variable]!] = type
  })
  types.length = used
  const startsAtZero = types.map(() => false)
  for (const { id } of func.locals) {
    const reg = ranges.numbers.get(id)
    if (ranges.early[reg] === 1) startsAtZero[numbers[of[reg]!]!] = true
  }
  // Most registers do not occur: nothing is done for each id.
  const variable = ranges.numbers
  for (let reg = 1; reg < of.length; reg++) variable.set(ranges.regs[reg]!.id, numbers[of[reg]!]!)
  return { variable, types, startsAtZero }
}

/** The registers that stand for their groups and are no Wasm locals, the busiest first. */
function byWeight({ weights }: LiveRanges, leader: Int32Array, of: Int32Array): number[] {
  const regs: number[] = []
  for (let reg = 1; reg < leader.length; reg++) if (leader[reg] === reg && of[reg] === -1) regs.push(reg)
  return regs.sort((a, b) => weights[b]! - weights[a]!)
}

/** What types may share a variable: one of integers never holds a double. */
const kindOf = (type: RegType): RegType => (type === 'f32' ? 'f64' : type)

class Variables {
  readonly types: RegType[] = []
  /** By number of the register that stands for a group. */
  readonly of: Int32Array
  readonly #ranges: LiveRanges
  /** By kind. */
  readonly #shared: { [Kind in RegType]?: SharedVariables } = {}

  constructor(ranges: LiveRanges) {
    this.#ranges = ranges
    this.of = new Int32Array(ranges.regs.length).fill(-1)
  }

  /** A variable for one group alone, if that has none yet. */
  keep(reg: number, type: RegType): void {
    if (this.of[reg] === -1) this.of[reg] = this.types.push(type) - 1
  }

  /** The first variable that is free wherever the group lives, for one that has none yet. */
  place(reg: number, type: RegType): void {
    const { intervals, points } = this.#ranges
    const kind = kindOf(type)
    this.#shared[kind] ??= new SharedVariables(intervals, points)
    const shared = this.#shared[kind]
    this.of[reg] = shared.take(reg)
    if (this.of[reg] !== -1) return
    this.keep(reg, type)
    shared.add(this.of[reg]!, reg)
  }
}
