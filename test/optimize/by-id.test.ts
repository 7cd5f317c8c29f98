// Numbers by id, against a map.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ById } from '../../src/5-optimize/by-id.ts'

test('what is set is found, all else is 0', () => {
  const set = fc.tuple(fc.nat(1999), fc.integer({ min: -10, max: 10 }))
  fc.assert(
    fc.property(fc.array(set, { maxLength: 300 }), (sets) => {
      const [numbers, map] = [new ById(2000), new Map<number, number>()]
      for (const [id, value] of sets) {
        numbers.set(id, value)
        map.set(id, value)
      }
      const ids = Array.from({ length: 2000 }, (_, id) => id)
      expect(ids.filter((id) => numbers.get(id) !== (map.get(id) ?? 0))).toEqual([])
    }),
  )
})
