// The primitive values, against BigInt and the platform's own UTF-8.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reader } from '../../src/1-decode/reader.ts'
import { fixed, sleb, uleb } from '../binary/leb.ts'

const over = (bytes: readonly number[]): Reader => new Reader(Uint8Array.from(bytes), 0, bytes.length, 'the bytes')

/** The same number, spelled with bytes that carry nothing up to a length. */
function padded(bytes: readonly number[], signed: boolean, length: number): number[] {
  const fill = signed && bytes.at(-1)! & 0x40 ? 0x7f : 0
  const all = Array.from({ length }, (_, index) => bytes[index] ?? fill)
  return all.map((byte, index) => (index < length - 1 ? byte | 0x80 : byte & 0x7f))
}

describe('integers read as they were written, padded or not', () => {
  test('u32', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (value) => {
        expect(over(uleb(value)).u32()).toBe(value)
        expect(over(padded(uleb(value), false, 5)).u32()).toBe(value)
      }),
    )
  })

  test('s32', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(over(sleb(value)).s32()).toBe(value)
        expect(over(padded(sleb(value), true, 5)).s32()).toBe(value)
      }),
    )
  })

  test('s33', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }), (value) => {
        expect(over(sleb(value)).s33()).toBe(value)
      }),
    )
  })

  test('u64, up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(over(uleb(value)).u64()).toBe(value)
        expect(over(padded(uleb(value), false, 10)).u64()).toBe(value)
      }),
    )
  })

  test('s64', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        const reader = over(sleb(value))
        reader.s64()
        expect((BigInt(reader.hi) << 32n) | BigInt(reader.lo >>> 0)).toBe(value)
        expect(reader.pos).toBe(reader.end)
      }),
    )
  })

  test('words', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(over(fixed(BigInt(value) & 0xffff_ffffn, 4)).word()).toBe(value)
      }),
    )
  })
})

test.each([
  ['u32', [0xff, 0xff, 0xff, 0xff, 0x1f], 'integer too large'],
  ['u32', [0xff, 0xff, 0xff, 0xff, 0x8f, 0], 'integer representation too long'],
  ['s32', [0xff, 0xff, 0xff, 0xff, 0x0f], 'integer too large'],
  ['s32', [0x80, 0x80, 0x80, 0x80, 0x70], 'integer too large'],
  ['s33', [0x80, 0x80, 0x80, 0x80, 0x20], 'integer too large'],
  ['u64', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2], 'integer too large'],
  ['s64', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1], 'integer too large'],
  ['u32', [0x80], 'unexpected end of the bytes'],
] as const)('%s of %j is malformed', (method, bytes, message) => {
  expect(() => over(bytes)[method]()).toThrow(message)
})

const platform = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
const named = (bytes: Uint8Array): string => over([...uleb(bytes.length), ...bytes]).name()

/** Bytes that are often nearly UTF-8. */
const nearly = fc.array(
  fc.oneof(
    fc.constantFrom([0xc2, 0x80], [0xe0, 0xa0, 0x80], [0xed, 0x9f, 0xbf], [0xef, 0xbb, 0xbf], [0xf0, 0x90, 0x80, 0x80]),
    fc.constantFrom(
      [0xc1, 0x80],
      [0xe0, 0x9f, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x8f, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
    ),
    fc.integer({ min: 0, max: 255 }).map((byte) => [byte]),
  ),
  { maxLength: 3 },
)

describe('names', () => {
  test('text of any kind survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(named(new TextEncoder().encode(text))).toBe(text)
      }),
    )
  })

  test('long text survives', () => {
    const text = 'aé€😀'.repeat(5000)
    expect(named(new TextEncoder().encode(text))).toBe(text)
  })

  test('what the platform refuses is refused', () => {
    fc.assert(
      fc.property(nearly, (parts) => {
        const bytes = Uint8Array.from(parts.flat())
        let expected: string | undefined
        try {
          expected = platform(bytes)
        } catch {
          expect(() => named(bytes)).toThrow('malformed UTF-8 encoding')
          return
        }
        expect(named(bytes)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })
})
