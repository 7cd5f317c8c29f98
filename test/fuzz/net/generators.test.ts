// Every generator makes valid modules, the same for the same seed, and plans are the same for the same run.

import { describe, expect, test } from 'vitest'
import { isValid } from '../rewrite/twin.ts'
import { GENERATORS } from './generators.ts'
import { plan } from './plan.ts'

const SEEDS: Record<string, readonly number[]> = { large: [4], csmith: [3] }

const here = Object.entries(GENERATORS).filter(
  ([, { missing, lacking }]) => missing?.() === undefined && lacking?.() === undefined,
)

describe.each(here)('%s', async (name, { open }) => {
  const generator = await open()
  const seeds = SEEDS[name] ?? [1, 2, 3, -4, 5]

  test('makes valid modules, the same again for the same seed', async () => {
    const sizes = new Set<number>()
    for (const seed of seeds) {
      const made = await generator.make(seed)
      expect(made.length).toBeGreaterThan(0)
      for (const { bytes } of made) expect(isValid(bytes), `seed ${seed}`).toBe(true)
      expect(await generator.make(seed)).toEqual(made)
      for (const { bytes } of made) sizes.add(bytes.length)
    }
    expect(sizes.size).toBeGreaterThan(seeds.length > 1 ? 2 : 0)
  })
})

describe('a plan', () => {
  const weights = [
    ['a', 3],
    ['b', 1],
  ] as const
  const many = (seed: number) => Array.from({ length: 400 }, (_, index) => plan(seed, index, weights))

  test('is the same for the same seed, and another for another', () => {
    expect(many(7)).toEqual(many(7))
    expect(many(7)).not.toEqual(many(8))
  })

  test('goes by the weights', () => {
    const share = many(7).filter(({ generator }) => generator === 'a').length / 400
    expect(share).toBeGreaterThan(0.65)
    expect(share).toBeLessThan(0.85)
  })

  test('has a seed of its own for every module', () => {
    expect(new Set(many(7).map(({ seed }) => seed)).size).toBe(400)
  })
})
