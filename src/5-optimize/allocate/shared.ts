// Variables of one kind that registers share. Each is asked in turn whether it is free where a register lives; most are in use for
// so long somewhere that this alone says no, and nothing else of them is looked at.

import type { Intervals } from './intervals.ts'
import { Variable } from './variable.ts'

/** So many variables may be shared. More would cost more space and time than functions are long. */
const MAX_SHARED = 500

export class SharedVariables {
  readonly #intervals: Intervals
  readonly #points: number
  readonly #variables: Variable[] = []
  /** By variable: the first and the last point of the longest interval in which it is in use. */
  readonly #from: number[] = []
  readonly #to: number[] = []

  /** @param points of the function */
  constructor(intervals: Intervals, points: number) {
    this.#intervals = intervals
    this.#points = points
  }

  /** Takes the first variable that is free wherever a register lives. @returns its number, -1 if there is none */
  take(reg: number): number {
    const longest = this.#longest(reg)
    const from = this.#fromOf(longest)
    const to = this.#intervals.to(longest)
    for (let i = 0; i < this.#variables.length; i++) {
      if (from <= this.#to[i]! && this.#from[i]! <= to) continue
      const variable = this.#variables[i]!
      if (!variable.isFree(this.#intervals, reg)) continue
      this.#put(i, reg, longest)
      return variable.number
    }
    return -1
  }

  /** Lets others have the variable of a register where they do not interfere with it, unless there are too many. */
  add(number: number, reg: number): void {
    if (this.#variables.length === MAX_SHARED) return
    const i = this.#variables.push(new Variable(number, this.#points)) - 1
    this.#from.push(0)
    this.#to.push(-1)
    this.#put(i, reg, this.#longest(reg))
  }

  #put(i: number, reg: number, longest: number): void {
    this.#variables[i]!.take(this.#intervals, reg)
    const from = this.#fromOf(longest)
    const to = this.#intervals.to(longest)
    if (to - from <= this.#to[i]! - this.#from[i]!) return
    this.#from[i] = from
    this.#to[i] = to
  }

  /** The longest interval of a register, 0 if there is none. */
  #longest(reg: number): number {
    const intervals = this.#intervals
    let longest = 0
    let length = -1
    for (let at = intervals.first(reg); at !== 0; at = intervals.next(at)) {
      if (intervals.to(at) - intervals.from(at) <= length) continue
      longest = at
      length = intervals.to(at) - intervals.from(at)
    }
    return longest
  }

  /** What has no interval is behind everything. */
  #fromOf(interval: number): number {
    return interval === 0 ? Infinity : this.#intervals.from(interval)
  }
}
