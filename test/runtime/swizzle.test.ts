// All ways to look bytes up give the same.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { i32_lookup, i32_lookup_pairs, i32_swizzle, swizzle_pairs, swizzle_table } from '../../runtime/swizzle.ts'

const word = fc.integer()

test('a byte of sixteen, or zero', () => {
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), word, (words, order) => {
      const bytes = new Uint8Array(Int32Array.from(words).buffer)
      const expected = [0, 8, 16, 24]
        .map((shift) => (bytes[(order >>> shift) & 255] ?? 0) << shift)
        .reduce((x, y) => x | y)
      expect(i32_swizzle(...words, order)).toBe(expected)
      expect(i32_lookup(swizzle_table(...words), order)).toBe(expected)
    }),
  )
})

test('pairs of bytes, by numbers below 16', () => {
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), word, (words, any) => {
      const order = any & 0x0f0f0f0f
      expect(i32_lookup_pairs(swizzle_pairs(...words), order)).toBe(i32_swizzle(...words, order))
    }),
  )
})
