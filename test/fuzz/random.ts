// Random choices that a seed repeats.

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** 32 random bits (splitmix32). */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let z = this.#state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return this.bits() % count
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]
  }

  /** As many picks as a number from `low` to `high`. */
  some<T>(list: readonly T[], low: number, high: number): T[] {
    return Array.from({ length: this.between(low, high) }, () => this.pick(list))
  }
}
