// For each register, a list of intervals of points in a function, in order. Many short lists, kept in three arrays, which
// are typed: as plain ones that are pushed to, they took 4 % of all memory that a compilation goes through.

export class Intervals {
  /** By register number: number of the first and of the last interval, 0 if there is none. */
  readonly #first: Int32Array
  readonly #last: Int32Array
  /** By interval: its first and last point, and the number of the next interval. */
  from: Int32Array
  to: Int32Array
  next: Int32Array
  /** How many there are. */
  count = 0

  /** How many intervals `interfere` and `merge` have looked at. */
  work = 0

  constructor(regs: number) {
    this.#first = new Int32Array(regs)
    this.#last = new Int32Array(regs)
    // Most registers have one interval.
    const capacity = 2 * regs + 2
    this.from = new Int32Array(capacity)
    this.to = new Int32Array(capacity)
    this.next = new Int32Array(capacity)
  }

  /** Adds an interval that begins behind all others of the register, or with the end of the last one. */
  add(reg: number, from: number, to: number): void {
    const last = this.#last[reg]!
    const interval = ++this.count
    if (interval === this.from.length) this.#grow()
    this.from[interval] = from
    this.to[interval] = to
    if (last === 0) this.#first[reg] = interval
    else this.next[last] = interval
    this.#last[reg] = interval
  }

  #grow(): void {
    this.from = twiceAsLong(this.from)
    this.to = twiceAsLong(this.to)
    this.next = twiceAsLong(this.next)
  }

  first(reg: number): number {
    return this.#first[reg]!
  }

  /** The last point of a register's life so far. */
  end(reg: number): number {
    return this.to[this.#last[reg]!]!
  }

  /** Whether two registers are needed at the same point. */
  interfere(one: number, other: number): boolean {
    const { from, to, next } = this
    let a = this.#first[one]!
    let b = this.#first[other]!
    while (a !== 0 && b !== 0) {
      this.work++
      if (to[a]! < from[b]!) a = next[a]!
      else if (to[b]! < from[a]!) b = next[b]!
      else return true
    }
    return false
  }

  /** Gives the intervals of a register to another one, which it does not interfere with. */
  merge(into: number, reg: number): void {
    const { from, next } = this
    let a = this.#first[into]!
    let b = this.#first[reg]!
    let last = 0
    while (a !== 0 || b !== 0) {
      this.work++
      const takesA = b === 0 || (a !== 0 && from[a]! < from[b]!)
      const interval = takesA ? a : b
      if (takesA) a = next[a]!
      else b = next[b]!
      if (last === 0) this.#first[into] = interval
      else next[last] = interval
      last = interval
    }
    this.#last[into] = last
    this.#first[reg] = 0
    this.#last[reg] = 0
  }
}

function twiceAsLong(array: Int32Array): Int32Array {
  const made = new Int32Array(2 * array.length)
  made.set(array)
  return made
}
