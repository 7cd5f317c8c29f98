// Bytes looked up by the bytes of a word: what `i8x16.swizzle` does for a word of its result. An index of a byte never leaves
// an array of 256, of which all but the first 16 are zero.

import { bits_high } from './bits.ts'

/** The 16 bytes as words, and zeros behind them. */
const swizzle_words: Int32Array = new Int32Array(64)

const swizzle_bytes: Uint8Array = new Uint8Array(swizzle_words.buffer)

/** Where the first byte of a word is among its bytes: 3 if the machine puts the highest one first. */
const swizzle_first: number = 3 - 3 * bits_high

/** The bytes that the bytes of `order` say, of 16 in four words; 0 for one above 15. */
export function i32_swizzle(a: number, b: number, c: number, d: number, order: number): number {
  swizzle_words[0] = a
  swizzle_words[1] = b
  swizzle_words[2] = c
  swizzle_words[3] = d
  return (
    swizzle_bytes[(order & 255) ^ swizzle_first]! |
    (swizzle_bytes[((order >>> 8) & 255) ^ swizzle_first]! << 8) |
    (swizzle_bytes[((order >>> 16) & 255) ^ swizzle_first]! << 16) |
    (swizzle_bytes[(order >>> 24) ^ swizzle_first]! << 24)
  )
}

/** The bytes of four words that are known when compiling, and zeros: an output looks in it for the bytes that a word says. */
export function swizzle_table(a: number, b: number, c: number, d: number): Uint8Array {
  const words = [a, b, c, d]
  const table = new Uint8Array(256)
  for (let i = 0; i < 16; i++) table[i] = words[i >>> 2]! >>> ((i & 3) << 3)
  return table
}

/** The same by two numbers below 16, the first one in the low bits: the bytes that they say. */
export function swizzle_pairs(a: number, b: number, c: number, d: number): Uint16Array {
  const bytes = swizzle_table(a, b, c, d)
  const table = new Uint16Array(256)
  for (let i = 0; i < 256; i++) table[i] = bytes[i & 15]! | (bytes[i >> 4]! << 8)
  return table
}

/**
 * The same by two numbers below 64, for 64 bytes in sixteen words. Of two such bytes side by side in a word w the low 12 bits of
 * `w ^ w >>> 2` are different from those of all others: the highest six tell of the second byte what it is but for its lowest
 * two bits, which stand below.
 */
export function lookup_pairs(words: readonly number[]): Uint16Array {
  const table = new Uint16Array(4096)
  for (let first = 0; first < 64; first++) {
    for (let second = 0; second < 64; second++) {
      const pair = first | (second << 8)
      table[(pair ^ (pair >>> 2)) & 4095] = lookup_byte(words, first) | (lookup_byte(words, second) << 8)
    }
  }
  return table
}

function lookup_byte(words: readonly number[], index: number): number {
  return (words[index >>> 2]! >>> ((index & 3) << 3)) & 255
}
