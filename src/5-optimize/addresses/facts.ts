// What is known of the values of i32 registers, on the way through a function and where control flow joins.

import { ById } from '../by-id.ts'

/** How much is known of a register: the more, the higher. */
export type Level = 0 | 1 | 2

export const UNKNOWN = 0

/** Not from -2^30 to -1: what is not negative plus at most 2^30, wrapped. */
export const FAR = 1

export const NOT_NEGATIVE = 2

/** The levels of the registers that have changed since a mark. */
type Changes = ReadonlyMap<number, Level>

/** A place behind statements to which several ways lead. */
export interface Join {
  /** How many changes were made before the statements. */
  readonly mark: number
  /** What has changed since then, on each way. */
  readonly ways: Changes[]
}

const NO_CHANGES: Changes = new Map()

/** Changes that may be looked at where control flow joins. A function that needs more is told less about. */
const MAX_WORK = 1e6

export class Facts {
  /** By register id. */
  readonly #levels: ById
  /** Changes, to take them back: four times the id plus the old level. */
  readonly #trail: number[] = []
  #work = 0

  constructor(regCount: number) {
    this.#levels = new ById(regCount)
  }

  get(id: number): Level {
    return this.#levels.get(id) as Level
  }

  put(id: number, level: Level): void {
    const old = this.#levels.get(id)
    if (old === level) return
    this.#trail.push(id * 4 + old)
    this.#levels.set(id, level)
  }

  /** @returns a join that starts here */
  join(): Join {
    return { mark: this.#trail.length, ways: [] }
  }

  /** Notes that control comes to the join from here. */
  arrive({ mark, ways }: Join): void {
    if (this.#work > MAX_WORK || this.#trail.length === mark) {
      ways.push(NO_CHANGES)
      return
    }
    const changes = new Map<number, Level>()
    ways.push(changes)
    this.#work += this.#trail.length - mark
    for (let i = mark; i < this.#trail.length; i++) {
      const id = this.#trail[i]! >> 2
      changes.set(id, this.get(id))
    }
  }

  /** Back to where the join started, for another way; after a way that leads elsewhere too. */
  back({ mark }: Join): void {
    while (this.#trail.length > mark) {
      const entry = this.#trail.pop()!
      this.#levels.set(entry >> 2, entry & 3)
    }
  }

  /** Goes on behind the join, with what all ways agree on. */
  leave(join: Join): void {
    if (this.#work > MAX_WORK) return this.#forget()
    this.back(join)
    const { ways } = join
    if (ways.every((changes) => changes.size === 0)) return
    const levels = new Map<number, Level>()
    for (const changes of ways) {
      this.#work += changes.size
      for (const [id, level] of changes) levels.set(id, Math.min(level, levels.get(id) ?? level) as Level)
    }
    for (const [id, level] of levels) {
      const isEverywhere = level <= this.get(id) || ways.every((changes) => changes.has(id))
      if (isEverywhere) this.put(id, level)
    }
  }

  /** Nothing is known of any register: each that is known of has changed once. */
  #forget(): void {
    for (let i = this.#trail.length - 1; i >= 0; i--) this.put(this.#trail[i]! >> 2, UNKNOWN)
  }
}
