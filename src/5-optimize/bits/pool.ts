// Blocks of words, in one array: as arrays of their own, which have memory outside of JavaScript's heap, they took half of the
// time. A block is its words and one more, with a bit for each of them that is not 0.

/** Words of a block, that of their bits not counted. */
export const WORDS = 32
const SIZE = WORDS + 1

/** A block that stays as it is, all 0. */
export const EMPTY = 0

const lowest = (word: number): number => 31 - Math.clz32(word & -word)

/** How many bits of a word are 1: pairs of bits are added, then fours, then bytes. */
export function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

export class Pool {
  /** Replaced by a longer one as blocks are taken. */
  words = new Uint32Array(8 * SIZE)
  readonly #free: number[] = []
  #end = EMPTY + SIZE

  /** @returns where a block is that is all 0 */
  take(): number {
    const free = this.#free.pop()
    if (free !== undefined) return free
    const at = this.#end
    this.#end += SIZE
    if (this.#end > this.words.length) this.#grow()
    return at
  }

  #grow(): void {
    const longer = new Uint32Array(Math.ceil(1.5 * this.words.length))
    longer.set(this.words)
    this.words = longer
  }

  /** Takes a block back. */
  give(at: number): void {
    const { words } = this
    for (let rest = words[at + WORDS]!; rest !== 0; rest &= rest - 1) words[at + lowest(rest)] = 0
    words[at + WORDS] = 0
    this.#free.push(at)
  }

  /** The words of a block that are not 0, as bits. */
  usedIn(at: number): number {
    return this.words[at + WORDS]!
  }

  /** @returns how many bits that adds */
  add(at: number, i: number, word: number): number {
    const { words } = this
    const before = words[at + i]!
    words[at + i] = before | word
    words[at + WORDS]! |= 1 << i
    return countOnes(word & ~before)
  }

  remove(at: number, i: number, word: number): void {
    const { words } = this
    words[at + i]! &= ~word
    if (words[at + i] === 0) words[at + WORDS]! &= ~(1 << i)
  }

  /** Makes a block the same as one of a pool. @returns how many words are looked at */
  copy(to: number, { words: from }: Pool, at: number): number {
    const { words } = this
    let count = 1
    for (let rest = words[to + WORDS]! | from[at + WORDS]!; rest !== 0; rest &= rest - 1, count++) {
      const i = lowest(rest)
      words[to + i] = from[at + i]!
    }
    words[to + WORDS] = from[at + WORDS]!
    return count
  }

  /** Adds a block of a pool to one. @returns how many bits that adds */
  addAll(to: number, { words: from }: Pool, at: number): number {
    const { words } = this
    let count = 0
    for (let rest = from[at + WORDS]!; rest !== 0; rest &= rest - 1) {
      const i = lowest(rest)
      const added = from[at + i]! & ~words[to + i]!
      if (added === 0) continue
      words[to + i]! |= added
      count += countOnes(added)
    }
    words[to + WORDS]! |= from[at + WORDS]!
    return count
  }

  /** Shows the words that are not 0 in a block or in one of another pool: their number, and what they are in each. */
  compare(
    one: number,
    { words: others }: Pool,
    other: number,
    see: (i: number, word: number, otherWord: number) => void,
  ): void {
    const { words } = this
    for (let rest = words[one + WORDS]! | others[other + WORDS]!; rest !== 0; rest &= rest - 1) {
      const i = lowest(rest)
      see(i, words[one + i]!, others[other + i]!)
    }
  }
}
