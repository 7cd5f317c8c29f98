// What the host does to an instance while the instance waits for it: it enters it again, makes its memory grow, looks into
// it and writes there, and sets a global. Code that called the host finds another state than it left.

import type { Random } from '../random.ts'

/** What the names of exported functions begin with that the host may enter; they take i32s. */
export const ENTERED = 'entered '
/** The name of an exported i32 global that the host may set. */
export const SHARED = 'shared'

/** Entries inside of each other. */
const DEEPEST = 3
/** Growth takes long. */
const MOST_GROWTHS = 6
const RESULTS = [0, 0, 0, 1, 1, 2, 3, 7, 8, 255, -1, 65536, -2147483648]
const VALUES = [0, 1, 2, 3, 4, 5, 8, 64, 255, -1, 1000, 65536]

/** Of an instance, as far as the host gets at it. */
export interface Meddled {
  readonly memories: readonly WebAssembly.Memory[]
  readonly exports: Readonly<Record<string, unknown>>
}

type Func = (...args: readonly number[]) => unknown

export class Meddler {
  readonly #instance: Meddled
  readonly #random: Random
  readonly #note: (value: unknown) => void
  #depth = 0
  #growths = 0

  /** @param note is told what the host sees */
  constructor(instance: Meddled, random: Random, note: (value: unknown) => void) {
    this.#instance = instance
    this.#random = random
    this.#note = note
  }

  /** Throws now and then: what was thrown in there, or something of its own. */
  meddle(): number {
    const way = this.#random.below(20)
    if (way < 9) this.#enter()
    else if (way < 12) this.#grow()
    else if (way < 16) this.#look()
    else if (way < 18) this.#set()
    else if (this.#random.chance(30)) throw new Error('thrown by the host')
    return this.#random.pick(RESULTS)
  }

  #enter(): void {
    const { exports } = this.#instance
    const names = Object.keys(exports).filter((name) => name.startsWith(ENTERED))
    if (names.length === 0 || this.#depth === DEEPEST) return
    const entered = exports[this.#random.pick(names)] as Func
    const args = Array.from({ length: entered.length }, () => this.#random.pick(VALUES))
    this.#depth++
    try {
      for (const result of [entered(...args)].flat()) this.#note(result)
    } catch (error) {
      this.#note(null)
      // What is thrown for want of stack is for who compares.
      if (error instanceof RangeError || this.#random.chance(60)) throw error
    } finally {
      this.#depth--
    }
  }

  #grow(): void {
    if (this.#growths++ >= MOST_GROWTHS) return
    try {
      this.#note(this.#instance.memories[0]?.grow(this.#random.pick([0, 1, 1, 1])))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }

  /** From now on growth detaches the buffer. */
  #look(): void {
    const buffer = this.#instance.memories[0]?.buffer
    if (buffer === undefined) return
    const words = new Int32Array(buffer)
    this.#note(words.length)
    const at = this.#random.chance(80) ? this.#random.below(64) : words.length - 1 - this.#random.below(64)
    this.#note(words[at])
    if (this.#random.chance(60)) words[at] = this.#random.pick(VALUES)
  }

  #set(): void {
    const shared = this.#instance.exports[SHARED] as WebAssembly.Global | undefined
    if (shared !== undefined) shared.value = this.#random.pick(VALUES)
  }
}
