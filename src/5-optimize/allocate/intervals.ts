// For each register, a list of intervals of points in a function, in order. Many short lists, kept in two arrays, which
// are typed: as plain ones that are pushed to, they took 4 % of all memory that a compilation goes through. Two and not
// one for each field: a typed array takes longer to make than most functions need to fill it.

/** An interval: its first and last point, and the number of the next one. */
const FIELDS = 3
const [FROM, TO, NEXT] = [0, 1, 2]

export class Intervals {
  /** For each register the number of its first and of its last interval, 0 if there is none. */
  readonly #ends: Int32Array
  #fields: Int32Array
  /** How many there are. */
  count = 0

  /** How many intervals `interfere` and `merge` have looked at. */
  work = 0

  constructor(regs: number) {
    this.#ends = new Int32Array(2 * regs)
    // Most registers have one interval.
    this.#fields = new Int32Array(FIELDS * (2 * regs + 2))
  }

  /** Adds an interval that begins behind all others of the register, or with the end of the last one. */
  add(reg: number, from: number, to: number): void {
    const last = this.#ends[2 * reg + 1]!
    const interval = ++this.count
    if (FIELDS * interval >= this.#fields.length) this.#grow()
    this.#fields[FIELDS * interval + FROM] = from
    this.#fields[FIELDS * interval + TO] = to
    if (last === 0) this.#ends[2 * reg] = interval
    else this.#fields[FIELDS * last + NEXT] = interval
    this.#ends[2 * reg + 1] = interval
  }

  #grow(): void {
    const longer = new Int32Array(2 * this.#fields.length)
    longer.set(this.#fields)
    this.#fields = longer
  }

  /** The first interval of a register, 0 if there is none. */
  first(reg: number): number {
    return this.#ends[2 * reg]!
  }

  from(interval: number): number {
    return this.#fields[FIELDS * interval + FROM]!
  }

  to(interval: number): number {
    return this.#fields[FIELDS * interval + TO]!
  }

  /** The next interval of the same register, 0 if there is none. */
  next(interval: number): number {
    return this.#fields[FIELDS * interval + NEXT]!
  }

  /** The last point of a register's life so far. */
  end(reg: number): number {
    return this.to(this.#ends[2 * reg + 1]!)
  }

  /** Whether two registers are needed at the same point. */
  interfere(one: number, other: number): boolean {
    let a = this.first(one)
    let b = this.first(other)
    while (a !== 0 && b !== 0) {
      this.work++
      if (this.to(a) < this.from(b)) a = this.next(a)
      else if (this.to(b) < this.from(a)) b = this.next(b)
      else return true
    }
    return false
  }

  /** Gives the intervals of a register to another one, which it does not interfere with. */
  merge(into: number, reg: number): void {
    let a = this.first(into)
    let b = this.first(reg)
    let last = 0
    while (a !== 0 || b !== 0) {
      this.work++
      const takesA = b === 0 || (a !== 0 && this.from(a) < this.from(b))
      const interval = takesA ? a : b
      if (takesA) a = this.next(a)
      else b = this.next(b)
      if (last === 0) this.#ends[2 * into] = interval
      else this.#fields[FIELDS * last + NEXT] = interval
      last = interval
    }
    this.#ends[2 * into + 1] = last
    this.#ends[2 * reg] = 0
    this.#ends[2 * reg + 1] = 0
  }
}
