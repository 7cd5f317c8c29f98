// What a swizzle looks bytes up in.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { i32_swizzle, lookup_pairs, swizzle_pairs, swizzle_table } from '../../runtime/swizzle.ts'

const word = fc.integer()

const bytesOf = (words: number[]): Uint8Array => new Uint8Array(Int32Array.from(words).buffer)

test('a byte of sixteen, or zero', () => {
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), word, (words, order) => {
      const bytes = bytesOf(words)
      const expected = [0, 8, 16, 24].map((shift) => (bytes[(order >>> shift) & 255] ?? 0) << shift)
      expect(i32_swizzle(...words, order)).toBe(expected.reduce((x, y) => x | y))
      expect([...swizzle_table(...words)]).toEqual(Array.from({ length: 256 }, (_, i) => bytes[i] ?? 0))
    }),
  )
})

test('pairs of bytes, by numbers below 16', () => {
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.nat(15), fc.nat(15), (words, first, second) => {
      const bytes = bytesOf(words)
      expect(swizzle_pairs(...words)[first | (second << 4)]).toBe(bytes[first]! | (bytes[second]! << 8))
    }),
  )
})

test('pairs of bytes, by numbers below 64', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 16, maxLength: 16 }), (words) => {
      const bytes = bytesOf(words)
      const table = lookup_pairs(words)
      for (let first = 0; first < 64; first++) {
        for (let second = 0; second < 64; second++) {
          const pair = first | (second << 8)
          expect(table[(pair ^ (pair >>> 2)) & 4095]).toBe(bytes[first]! | (bytes[second]! << 8))
        }
      }
    }),
    { numRuns: 10 },
  )
})
