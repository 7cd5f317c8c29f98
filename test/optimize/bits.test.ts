// Sets of integers as bits, of one level and of two, against sets of the language.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addAll,
  addBit,
  type Bits,
  become,
  clear,
  copyAll,
  copyOf,
  hasBit,
  noBits,
  removeBit,
} from '../../src/5-optimize/bits.ts'

const of = (members: Iterable<number>, count: number): Bits => {
  const bits = noBits(count)
  for (const i of members) addBit(bits, i)
  return bits
}

/** What is in a set, all ways to see it agreeing. */
function members(bits: Bits, count: number): Set<number> {
  const all = new Set(Array.from({ length: count }, (_, i) => i).filter((i) => hasBit(bits, i)))
  const told: number[] = []
  become(noBits(count), bits, (i, comes) => void told.push(comes ? i : -1))
  expect(told).toEqual([...all])
  expect(bits.count).toBe(all.size)
  return all
}

const sets = fc.constantFrom(5, 100, 1024, 1025, 5000).chain((count) => {
  const set = fc.uniqueArray(fc.nat(count - 1), { maxLength: 40 })
  return fc.record({ count: fc.constant(count), a: set, b: set })
})

test('adding, removing, copying, clearing', () => {
  fc.assert(
    fc.property(sets, ({ count, a, b }) => {
      const sum = of(a, count)
      expect(addAll(sum, of(b, count))).toBe(b.some((i) => !a.includes(i)))
      expect(members(sum, count)).toEqual(new Set([...a, ...b].sort((x, y) => x - y)))
      for (const i of b) removeBit(sum, i)
      expect(members(sum, count)).toEqual(new Set(a.filter((i) => !b.includes(i)).sort((x, y) => x - y)))
      copyAll(sum, of(b, count))
      const copy = copyOf(sum)
      clear(sum)
      expect(members(sum, count).size).toBe(0)
      expect(members(copy, count)).toEqual(new Set([...b].sort((x, y) => x - y)))
    }),
  )
})

test('what comes and goes from one set to another', () => {
  fc.assert(
    fc.property(sets, ({ count, a, b }) => {
      const old = of(a, count)
      const changes: string[] = []
      become(old, of(b, count), (i, comes) => void changes.push(`${comes ? '+' : '-'}${i}`))
      const expected = [
        ...b.filter((i) => !a.includes(i)).map((i) => `+${i}`),
        ...a.filter((i) => !b.includes(i)).map((i) => `-${i}`),
      ]
      expect(changes.sort()).toEqual(expected.sort())
      expect(members(old, count)).toEqual(new Set([...b].sort((x, y) => x - y)))
    }),
  )
})

test('few of very many take little time', () => {
  const [few, none] = [of([3, 70_000, 99_999], 100_000), noBits(100_000)]
  expect(copyAll(none, few)).toBeLessThan(200)
})

test('few of very many take little space, and so does what they are copied to', () => {
  const few = of([3, 70_000, 99_999], 100_000)
  const sets = [few, noBits(100_000), noBits(100_000), copyOf(few)] as const
  addAll(sets[1], few)
  become(sets[2], few, () => {})
  expect(sets.map(({ keys }) => keys.length)).toEqual([3, 3, 3, 3])
  clear(sets[3])
  expect(sets[3].keys).toEqual([])
})
