class Entry {
  word: string
  count: i32

  constructor(word: string, count: i32) {
    this.word = word
    this.count = count
  }
}

/** The words of a text that come most often, each with how often. */
export function frequent(text: string, limit: i32): string[] {
  const counts = new Map<string, i32>()
  const words = text.toLowerCase().split(' ')
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word.length > 0) counts.set(word, (counts.has(word) ? counts.get(word) : 0) + 1)
  }
  const entries: Entry[] = []
  const keys = counts.keys()
  for (let i = 0; i < keys.length; i++) entries.push(new Entry(keys[i], counts.get(keys[i])))
  entries.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
  return entries.slice(0, limit).map<string>((entry) => `${entry.word} ${entry.count}`)
}

/** A number per letter, which the caller may read and write where they are. */
export function histogram(text: string): Uint32Array {
  const counts = new Uint32Array(26)
  for (let i = 0; i < text.length; i++) {
    const letter = (text.charCodeAt(i) | 32) - 97
    if (letter >= 0 && letter < 26) counts[letter]++
  }
  return counts
}

/** What `__new` must be told to make an ArrayBuffer. */
export const BUFFER: u32 = idof<ArrayBuffer>()

/** The sum of a buffer's 64-bit integers. It takes an address, so the bindings pass on what `__new` gave. */
export function sum(buffer: usize): i64 {
  const length = changetype<ArrayBuffer>(buffer).byteLength
  let total: i64 = 0
  for (let at = 0; at < length; at += 8) total += load<i64>(buffer + at)
  return total
}
