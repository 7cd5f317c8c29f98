// A module on the native engine and compiled in some configurations, called side by side: after every call they must agree
// on results or trap, memories, globals, tables, and what host functions were told.

import type { Subject } from '../rewrite/observe.ts'
import type { Guard } from './guard.ts'
import type { HostImport } from './host.ts'
import { type Argument, NotStarted, type Program, Running } from './instance.ts'

export interface Call {
  /** Index into the subject's callees. */
  readonly callee: number
  readonly args: readonly Argument[]
}

/** What differs after a call. */
export interface Difference {
  readonly call: Call
  /** Calls since the instances were made, this one included. */
  readonly calls: readonly Call[]
  readonly what: string
  readonly native: string
  readonly ours: string
}

export interface Contestant {
  readonly program: Program
  /** Told of the difference that ends its part. */
  readonly lose: (difference: Difference) => void
}

/** What happened beside differences. */
export interface Tally {
  /** Calls compared: one call in three configurations is three. */
  executions: number
  /** Calls of which a full stack was the end, in any engine: nothing after them is compared, all begin anew. */
  stacks: number
  /** Calls that trapped natively. */
  traps: number
  /** Calls that were not made, as they take too many rounds. */
  endless: number
}

interface Seat {
  readonly contestant: Contestant
  running: Running | undefined
}

/** Memories of more bytes are compared after every so many calls only. */
const LARGE = 1 << 18
const SELDOM = 16

export class Contest {
  readonly tally: Tally = { executions: 0, stacks: 0, traps: 0, endless: 0 }
  readonly #subject: Subject
  readonly #imports: readonly HostImport[]
  readonly #seed: number
  readonly #program: Program
  readonly #guard: Guard | undefined
  #native: Running | NotStarted
  #calls: Call[] = []
  #seats: Seat[]

  /**
   * If the native engine cannot instantiate the module, nobody may, and there is nothing to play.
   *
   * @param imports of the subject
   * @param seed for what host functions give
   * @param guard makes each call first, if calls may not end
   */
  constructor(
    subject: Subject,
    imports: readonly HostImport[],
    native: Program,
    contestants: readonly Contestant[],
    seed: number,
    guard?: Guard,
  ) {
    this.#guard = guard
    this.#subject = subject
    this.#imports = imports
    this.#seed = seed
    this.#program = native
    this.#native = this.#start(native)
    this.#seats = contestants.map((contestant) => ({ contestant, running: undefined }))
    this.#startAll()
  }

  #start(program: Program): Running | NotStarted {
    try {
      return new Running(program, this.#subject, this.#imports, this.#seed)
    } catch (error) {
      if (error instanceof NotStarted) return error
      throw error
    }
  }

  #startAll(): void {
    const native = this.#native
    for (const seat of this.#seats) {
      const made = this.#start(seat.contestant.program)
      seat.running = undefined
      if (made instanceof Running && native instanceof Running) seat.running = made
      else if (made.ending !== 'stack' && native.ending !== 'stack') {
        this.tally.executions++
        const found = compareStarts(native, made)
        if (found !== undefined) this.#lose(seat, { callee: -1, args: [] }, found)
      }
    }
    this.#leave()
  }

  /** Whether somebody is left who has not differed. */
  get open(): boolean {
    return this.#seats.length > 0
  }

  /** Calls and compares. @returns false if it did not, as the call takes too many rounds */
  play(call: Call): boolean {
    const callee = this.#subject.callees[call.callee]!
    if (this.#guard?.ends(callee, call.args) === false) {
      this.tally.endless++
      this.restart()
      return false
    }
    this.#calls.push(call)
    const native = this.#native
    if (native instanceof NotStarted) return false
    native.call(callee, call.args)
    if (native.ending === 'trapped') this.tally.traps++
    let full = native.ending === 'stack'
    const state = full ? 0 : native.state()
    for (const seat of this.#seats) {
      const ours = seat.running!
      ours.call(callee, call.args)
      if (full || ours.ending === 'stack') {
        full = true
        continue
      }
      this.tally.executions++
      const found = this.#compare(native, ours, state)
      if (found !== undefined) this.#lose(seat, call, found)
    }
    this.#leave()
    if (full) {
      this.tally.stacks++
      // Where the stack ends is the engine's, and what was done until then.
      this.restart()
    }
    return true
  }

  #compare(native: Running, ours: Running, state: number): [string, string, string] | undefined {
    if (native.ending !== ours.ending) return ['ending', show(native), show(ours)]
    if (native.ending !== 'trapped' && !same(native.value, ours.value)) return ['result', show(native), show(ours)]
    const ourState = ours.state()
    if (state !== ourState) return ['globals, tables or host calls', String(state), String(ourState)]
    for (let i = 0; i < this.#subject.memories.length; i++) {
      const [a, b] = [native.memory(i), ours.memory(i)]
      if (a.length !== b.length) return ['memory size', String(a.length), String(b.length)]
      if (a.length > LARGE && this.#calls.length % SELDOM !== 0) continue
      if (Buffer.compare(a, b) === 0) continue
      const at = a.findIndex((byte, k) => byte !== b[k])
      return [`memory ${i} at ${at}`, String(a[at]), String(b[at])]
    }
    return undefined
  }

  #lose(seat: Seat, call: Call, [what, native, ours]: [string, string, string]): void {
    seat.running = undefined
    seat.contestant.lose({ call, calls: [...this.#calls], what, native, ours })
  }

  #leave(): void {
    if (this.#seats.some(({ running }) => running === undefined)) {
      this.#seats = this.#seats.filter(({ running }) => running !== undefined)
    }
  }

  /** New instances for all. */
  restart(): void {
    this.#guard?.restart()
    this.#calls = []
    this.#native = this.#start(this.#program)
    this.#startAll()
  }
}

/** Of two that do not both work. */
function compareStarts(native: Running | NotStarted, ours: Running | NotStarted): [string, string, string] | undefined {
  const [right, made] = [native, ours].map((each) =>
    each instanceof Running ? 'works' : `${each.ending}: ${each.value}`,
  )
  if (native instanceof Running || ours instanceof Running || native.ending !== ours.ending)
    return ['instantiation', right!, made!]
  if (native.ending !== 'trapped' && native.value !== ours.value) return ['instantiation', right!, made!]
  return native.log === ours.log ? undefined : ['host calls of instantiation', String(native.log), String(ours.log)]
}

const show = ({ ending, value }: Running): string => (ending === 'returned' ? showValue(value) : `${ending}: ${value}`)

const showValue = (value: unknown): string =>
  Array.isArray(value) ? `(${value.map(showValue).join(' ')})` : typeof value === 'bigint' ? `${value}n` : String(value)

/** Results are integers, or lists of them. A message of the host is the same on both sides. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((item, i) => item === b[i])
}
