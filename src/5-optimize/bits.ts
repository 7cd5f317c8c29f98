// Sets of small integers, as bits. A set that may hold very many is kept in two levels: most of its words are 0 nearly
// everywhere in a function, and only the others are looked at. Blocks of words that are all 0 take no space: a function may
// have tens of thousands of labels, each with a set, and as many registers.

export interface Bits {
  /** Words, so many to a block; one in which nothing has ever been may be NONE. */
  readonly blocks: Uint32Array[]
  /** For each block, a bit for each word that may be other than 0. Empty for sets of one block: all of it is looked at. */
  readonly used: Uint32Array
  /** How many integers are in it. */
  count: number
}

/** Words of a block. Sets of no more have no second level. */
const BLOCK = 32

/** Where there is no block: it is never written to. */
const NONE = new Uint32Array(BLOCK)

/** The empty set, for integers below `count`. */
export function noBits(count: number): Bits {
  const words = (count + 31) >>> 5
  if (words <= BLOCK) return { blocks: [new Uint32Array(words)], used: new Uint32Array(0), count: 0 }
  const blocks = Math.ceil(words / BLOCK)
  return { blocks: new Array(blocks).fill(NONE), used: new Uint32Array(blocks), count: 0 }
}

/** How many words are looked at, at least, to do something with a set. */
export const leastWork = ({ blocks, used }: Bits): number => (used.length === 0 ? blocks[0]!.length : used.length)

export function copyOf({ blocks, used, count }: Bits): Bits {
  const isEmpty = (block: number): boolean => used.length > 0 && used[block] === 0
  return { blocks: blocks.map((words, i) => (isEmpty(i) ? NONE : words.slice())), used: used.slice(), count }
}

/** A block, to be written to. */
function blockOf({ blocks }: Bits, block: number): Uint32Array {
  const words = blocks[block]!
  if (words !== NONE) return words
  const made = new Uint32Array(BLOCK)
  blocks[block] = made
  return made
}

export const hasBit = ({ blocks }: Bits, i: number): boolean =>
  (blocks[i >>> 10]![(i >>> 5) & 31]! & (1 << (i & 31))) !== 0

export function addBit(bits: Bits, i: number): void {
  if (hasBit(bits, i)) return
  const { used } = bits
  const word = (i >>> 5) & 31
  bits.count++
  blockOf(bits, i >>> 10)[word]! |= 1 << (i & 31)
  if (used.length > 0) used[i >>> 10]! |= 1 << word
}

export function removeBit(bits: Bits, i: number): void {
  if (!hasBit(bits, i)) return
  const { blocks, used } = bits
  const words = blocks[i >>> 10]!
  const word = (i >>> 5) & 31
  bits.count--
  words[word]! &= ~(1 << (i & 31))
  if (used.length > 0 && words[word] === 0) used[i >>> 10]! &= ~(1 << word)
}

const lowest = (word: number): number => 31 - Math.clz32(word & -word)

/** Makes `into` the same set. Sets are small: a loop is faster than `set`. @returns how many words that took */
export function copyAll(into: Bits, bits: Bits): number {
  into.count = bits.count
  if (into.used.length === 0) {
    const [to, from] = [into.blocks[0]!, bits.blocks[0]!]
    for (let i = 0; i < to.length; i++) to[i] = from[i]!
    return to.length
  }
  let work = into.used.length
  for (let block = 0; block < into.used.length; block++) {
    let rest = into.used[block]! | bits.used[block]!
    if (rest === 0) continue
    const [to, from] = [blockOf(into, block), bits.blocks[block]!]
    for (; rest !== 0; rest &= rest - 1, work++) {
      const i = lowest(rest)
      to[i] = from[i]!
    }
    into.used[block] = bits.used[block]!
  }
  return work
}

export function clear(bits: Bits): void {
  const { blocks, used } = bits
  bits.count = 0
  if (used.length === 0) {
    const words = blocks[0]!
    for (let i = 0; i < words.length; i++) words[i] = 0
    return
  }
  for (let block = 0; block < used.length; block++) {
    const words = blocks[block]!
    for (let rest = used[block]!; rest !== 0; rest &= rest - 1) words[lowest(rest)] = 0
    used[block] = 0
  }
}

/** Adds a set to `into`. @returns whether that made it larger */
export function addAll(into: Bits, bits: Bits): boolean {
  const before = into.count
  if (into.used.length === 0) {
    const [to, from] = [into.blocks[0]!, bits.blocks[0]!]
    for (let i = 0; i < to.length; i++) into.count += addWord(to, i, from[i]!)
    return into.count !== before
  }
  for (let block = 0; block < into.used.length; block++) {
    let rest = bits.used[block]!
    if (rest === 0) continue
    const [to, from] = [blockOf(into, block), bits.blocks[block]!]
    for (; rest !== 0; rest &= rest - 1) {
      const i = lowest(rest)
      into.count += addWord(to, i, from[i]!)
    }
    into.used[block]! |= bits.used[block]!
  }
  return into.count !== before
}

/** @returns how many integers that adds */
function addWord(words: Uint32Array, i: number, word: number): number {
  const before = words[i]!
  let count = 0
  for (let added = word & ~before; added !== 0; added &= added - 1) count++
  words[i] = before | word
  return count
}

/** Makes `old` the same set as `now`, and tells of each integer that comes or goes. */
export function become(old: Bits, now: Bits, tell: (i: number, comes: boolean) => void): void {
  old.count = now.count
  if (now.used.length === 0) {
    const [to, from] = [old.blocks[0]!, now.blocks[0]!]
    for (let i = 0; i < to.length; i++) becomeWord(to, i, from[i]!, i, tell)
    return
  }
  for (let block = 0; block < now.used.length; block++) {
    let rest = now.used[block]! | old.used[block]!
    if (rest === 0) continue
    const [to, from] = [blockOf(old, block), now.blocks[block]!]
    for (; rest !== 0; rest &= rest - 1) {
      const i = lowest(rest)
      becomeWord(to, i, from[i]!, block * BLOCK + i, tell)
    }
    old.used[block] = now.used[block]!
  }
}

/** @param number of the word in the set */
function becomeWord(
  words: Uint32Array,
  i: number,
  word: number,
  number: number,
  tell: (i: number, comes: boolean) => void,
): void {
  const before = words[i]!
  if (before === word) return
  for (let changed = before ^ word; changed !== 0; changed &= changed - 1) {
    const low = lowest(changed)
    tell(number * 32 + low, ((word >>> low) & 1) === 1)
  }
  words[i] = word
}
