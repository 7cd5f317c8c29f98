// The host meddles with an instance that waits for it, in the same way for the same seed.

import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { ENTERED, Meddler, SHARED } from './meddler.ts'

const memoryOf = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1, maximum: 2 })

function meddle(seed: number, times: number) {
  const noted: unknown[] = []
  const memory = memoryOf()
  const shared = new WebAssembly.Global({ value: 'i32', mutable: true }, 77)
  const seen = { entries: 0, depth: 0, deepest: 0, thrown: 0 }
  const exports: Record<string, unknown> = {
    [SHARED]: shared,
    other: () => expect.fail('the host may not enter this one'),
    [`${ENTERED}0`]: (a: number, b: number) => {
      seen.entries++
      seen.deepest = Math.max(seen.deepest, ++seen.depth)
      try {
        if (seen.entries % 5 === 0) throw new WebAssembly.RuntimeError('a trap')
        return [meddler.meddle(), a, b]
      } finally {
        seen.depth--
      }
    },
  }
  const meddler = new Meddler({ memories: [memory], exports }, new Random(seed), (value) => noted.push(value))
  const given: (number | string)[] = []
  for (let i = 0; i < times; i++) {
    try {
      given.push(meddler.meddle())
    } catch (error) {
      given.push(String(error))
    }
  }
  return { noted, given, seen, pages: memory.buffer.byteLength / 65536, shared: shared.value, memory }
}

test('it enters, grows, writes, sets and throws', () => {
  const { seen, given, pages, shared, memory } = meddle(1, 300)
  expect(seen.entries).toBeGreaterThan(50)
  expect(seen.deepest).toBe(3)
  expect(pages).toBe(2)
  expect(shared).not.toBe(77)
  expect(new Int32Array(memory.buffer).some((word) => word !== 0)).toBe(true)
  expect(given).toContain('RuntimeError: a trap')
  expect(given).toContain('Error: thrown by the host')
})

test('it does the same for the same seed', () => {
  const [first, again, other] = [meddle(1, 100), meddle(1, 100), meddle(2, 100)]
  expect(again.noted).toEqual(first.noted)
  expect(again.given).toEqual(first.given)
  expect(other.given).not.toEqual(first.given)
})
