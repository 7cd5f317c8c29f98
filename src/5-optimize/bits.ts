// Sets of small integers, as bits. A set that may hold very many is kept in two levels: most of its words are 0 nearly
// everywhere in a function, and only the others are looked at.

export interface Bits {
  readonly words: Uint32Array
  /** A bit for each word that may be other than 0. Empty for sets of few words: all of them are looked at. */
  readonly used: Uint32Array
  /** How many integers are in it. */
  count: number
}

/** Up to so many words have no second level. */
const FEW = 32

/** The empty set, for integers below `count`. */
export function noBits(count: number): Bits {
  const words = (count + 31) >>> 5
  return { words: new Uint32Array(words), used: new Uint32Array(words > FEW ? (words + 31) >>> 5 : 0), count: 0 }
}

export const copyOf = ({ words, used, count }: Bits): Bits => ({ words: words.slice(), used: used.slice(), count })

export const hasBit = ({ words }: Bits, i: number): boolean => (words[i >>> 5]! & (1 << (i & 31))) !== 0

export function addBit(bits: Bits, i: number): void {
  if (hasBit(bits, i)) return
  const { words, used } = bits
  bits.count++
  words[i >>> 5]! |= 1 << (i & 31)
  if (used.length > 0) used[i >>> 10]! |= 1 << ((i >>> 5) & 31)
}

export function removeBit(bits: Bits, i: number): void {
  if (!hasBit(bits, i)) return
  const { words, used } = bits
  const word = i >>> 5
  bits.count--
  words[word]! &= ~(1 << (i & 31))
  if (used.length > 0 && words[word] === 0) used[i >>> 10]! &= ~(1 << (word & 31))
}

const lowest = (word: number): number => 31 - Math.clz32(word & -word)

/** Makes `into` the same set. Sets are small: a loop is faster than `set`. @returns how many words that took */
export function copyAll(into: Bits, bits: Bits): number {
  const [to, from] = [into.words, bits.words]
  into.count = bits.count
  if (into.used.length === 0) {
    for (let i = 0; i < to.length; i++) to[i] = from[i]!
    return to.length
  }
  let work = into.used.length
  for (let block = 0; block < into.used.length; block++) {
    for (let rest = into.used[block]! | bits.used[block]!; rest !== 0; rest &= rest - 1, work++) {
      const i = block * 32 + lowest(rest)
      to[i] = from[i]!
    }
    into.used[block] = bits.used[block]!
  }
  return work
}

export function clear(bits: Bits): void {
  const { words, used } = bits
  bits.count = 0
  if (used.length === 0) {
    for (let i = 0; i < words.length; i++) words[i] = 0
    return
  }
  for (let block = 0; block < used.length; block++) {
    for (let rest = used[block]!; rest !== 0; rest &= rest - 1) words[block * 32 + lowest(rest)] = 0
    used[block] = 0
  }
}

/** Adds a set to `into`. @returns whether that made it larger */
export function addAll(into: Bits, bits: Bits): boolean {
  const before = into.count
  if (into.used.length === 0) {
    for (let i = 0; i < into.words.length; i++) addWord(into, i, bits.words[i]!)
    return into.count !== before
  }
  for (let block = 0; block < into.used.length; block++) {
    for (let rest = bits.used[block]!; rest !== 0; rest &= rest - 1) {
      const i = block * 32 + lowest(rest)
      addWord(into, i, bits.words[i]!)
    }
    into.used[block]! |= bits.used[block]!
  }
  return into.count !== before
}

function addWord(into: Bits, i: number, word: number): void {
  const before = into.words[i]!
  for (let added = word & ~before; added !== 0; added &= added - 1) into.count++
  into.words[i] = before | word
}

/** Makes `old` the same set as `now`, and tells of each integer that comes or goes. */
export function become(old: Bits, now: Bits, tell: (i: number, comes: boolean) => void): void {
  forEachUsed(now, old, (i) => {
    const word = now.words[i]!
    for (let changed = old.words[i]! ^ word; changed !== 0; changed &= changed - 1) {
      const low = lowest(changed)
      tell(i * 32 + low, ((word >>> low) & 1) === 1)
    }
    old.words[i] = word
  })
  old.used.set(now.used)
  old.count = now.count
}

/** Calls `visit` for each word that is other than 0 in one of two sets, and perhaps for others. */
function forEachUsed({ words, used }: Bits, other: Bits, visit: (word: number) => void): void {
  if (used.length === 0) {
    for (let i = 0; i < words.length; i++) visit(i)
    return
  }
  for (let block = 0; block < used.length; block++) {
    for (let rest = used[block]! | other.used[block]!; rest !== 0; rest &= rest - 1) visit(block * 32 + lowest(rest))
  }
}
