// Sets of small integers, as bits. One that may hold very many has only those blocks of its words that are not all 0, and of
// these only such words are looked at: a function may have tens of thousands of registers and as many labels, each with a set
// of those live there, which are mostly few.

import { countOnes, EMPTY, Pool, WORDS } from './bits/pool.ts'

export interface Bits {
  /** How many integers are in it. */
  count: number
  /** All words of a set that has no blocks. */
  readonly words: Uint32Array
  /** Which blocks there are, in order, and where in the pool each is: its words, then a bit for each that is not 0. */
  keys: number[]
  at: number[]
  /** Of the blocks; undefined: there are none. */
  readonly pool: Pool | undefined
}

/** Not to be written to. */
const NO_BLOCKS: number[] = []
const NO_WORDS = new Uint32Array(0)

/** The empty set, for integers below `count`. */
export function noBits(count: number): Bits {
  const words = (count + 31) >>> 5
  return words <= WORDS ? inWords(new Uint32Array(words), 0) : inBlocks(new Pool())
}

const inWords = (words: Uint32Array, count: number): Bits => ({
  count,
  words,
  keys: NO_BLOCKS,
  at: NO_BLOCKS,
  pool: undefined,
})

const inBlocks = (pool: Pool): Bits => ({ count: 0, words: NO_WORDS, keys: [], at: [], pool })

/** An empty set for the same integers, which shares the space for blocks. */
export const emptyLike = ({ words, pool }: Bits): Bits =>
  pool === undefined ? inWords(new Uint32Array(words.length), 0) : inBlocks(pool)

export function copyOf(bits: Bits): Bits {
  if (bits.pool === undefined) return inWords(bits.words.slice(), bits.count)
  const copy = inBlocks(bits.pool)
  copyAll(copy, bits)
  return copy
}

/** How many words are looked at, at least, to do something with a set. */
export const leastWork = ({ words, keys, pool }: Bits): number => (pool === undefined ? words.length : 1 + keys.length)

/** The number of a block in the list of a set; of one that it does not have, -1 minus where it would stand. */
function find(keys: readonly number[], key: number): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return keys[low] === key ? low : -1 - low
}

export function hasBit({ words, keys, at, pool }: Bits, i: number): boolean {
  if (pool === undefined) return (words[i >>> 5]! & (1 << (i & 31))) !== 0
  const block = find(keys, i >>> 10)
  return block >= 0 && (pool.words[at[block]! + ((i >>> 5) & 31)]! & (1 << (i & 31))) !== 0
}

export function addBit(bits: Bits, i: number): void {
  const { words, keys, at, pool } = bits
  if (pool === undefined) {
    bits.count += addWord(words, i >>> 5, 1 << (i & 31))
    return
  }
  let block = find(keys, i >>> 10)
  if (block < 0) {
    block = -1 - block
    keys.splice(block, 0, i >>> 10)
    at.splice(block, 0, pool.take())
  }
  bits.count += pool.add(at[block]!, (i >>> 5) & 31, 1 << (i & 31))
}

export function removeBit(bits: Bits, i: number): void {
  if (!hasBit(bits, i)) return
  const { words, keys, at, pool } = bits
  bits.count--
  if (pool === undefined) {
    words[i >>> 5]! &= ~(1 << (i & 31))
    return
  }
  const block = find(keys, i >>> 10)
  pool.remove(at[block]!, (i >>> 5) & 31, 1 << (i & 31))
  if (pool.usedIn(at[block]!) !== 0) return
  pool.give(at[block]!)
  keys.splice(block, 1)
  at.splice(block, 1)
}

/** Makes `into` the same set. Sets are small: a loop is faster than `set`. @returns how many words that took */
export function copyAll(into: Bits, bits: Bits): number {
  into.count = bits.count
  const { words, at, pool } = into
  if (pool === undefined) {
    for (let i = 0; i < words.length; i++) words[i] = bits.words[i]!
    return words.length
  }
  let work = 1
  while (at.length > bits.at.length) pool.give(at.pop()!)
  // Arrays that are pushed to have room for 17: most sets have one block or two.
  const places = at.length === 0 ? bits.at.slice() : at
  for (let i = 0; i < bits.at.length; i++) {
    if (i >= at.length) places[i] = pool.take()
    work += pool.copy(places[i]!, bits.pool!, bits.at[i]!)
  }
  into.at = places
  into.keys = bits.keys.slice()
  return work
}

export function clear(bits: Bits): void {
  const { words, keys, at, pool } = bits
  bits.count = 0
  for (let i = 0; i < words.length; i++) words[i] = 0
  for (let i = 0; i < at.length; i++) pool!.give(at[i]!)
  if (pool === undefined) return
  keys.length = 0
  at.length = 0
}

/** Adds a set to `into`. @returns whether that made it larger */
export function addAll(into: Bits, bits: Bits): boolean {
  const before = into.count
  const { words, keys, at, pool } = into
  if (pool === undefined) {
    for (let i = 0; i < words.length; i++) into.count += addWord(words, i, bits.words[i]!)
    return into.count !== before
  }
  if (keys.length === 0) {
    copyAll(into, bits)
    return into.count !== before
  }
  for (let i = 0, to = 0; i < bits.keys.length; i++, to++) {
    const key = bits.keys[i]!
    while (to < keys.length && keys[to]! < key) to++
    if (keys[to] !== key) {
      keys.splice(to, 0, key)
      at.splice(to, 0, pool.take())
    }
    into.count += pool.addAll(at[to]!, bits.pool!, bits.at[i]!)
  }
  return into.count !== before
}

/** @returns how many integers that adds */
function addWord(words: Uint32Array, i: number, word: number): number {
  const before = words[i]!
  words[i] = before | word
  return countOnes(word & ~before)
}

/** Tells of an integer that comes or goes. */
type Tell = (i: number, comes: boolean) => void

/** Makes `old` the same set as `now`, and tells of each integer that comes or goes, in order. */
export function become(old: Bits, now: Bits, tell: Tell): void {
  if (old.pool === undefined) {
    for (let i = 0; i < old.words.length; i++) differ(old.words[i]!, now.words[i]!, i, tell)
  } else {
    for (let from = 0, to = 0; from < old.keys.length || to < now.keys.length; ) {
      const key = Math.min(old.keys[from] ?? Infinity, now.keys[to] ?? Infinity)
      const one = old.keys[from] === key ? old.at[from++]! : EMPTY
      const other = now.keys[to] === key ? now.at[to++]! : EMPTY
      const number = key * WORDS
      old.pool.compare(one, now.pool!, other, (word, before, after) => differ(before, after, number + word, tell))
    }
  }
  copyAll(old, now)
}

/** @param number of the word in the set */
function differ(before: number, after: number, number: number, tell: Tell): void {
  for (let changed = before ^ after; changed !== 0; changed &= changed - 1) {
    const low = 31 - Math.clz32(changed & -changed)
    tell(number * 32 + low, ((after >>> low) & 1) === 1)
  }
}
