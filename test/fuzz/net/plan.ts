// Which module has which number: the same for a seed, however many processes share the work.

import { Random } from '../random.ts'

export interface Planned {
  readonly generator: string
  /** For the generator and all that is chosen afterwards. */
  readonly seed: number
}

/** Prime, so that neighbouring runs have no modules in common. */
const STRIDE = 1_000_003

/**
 * The module of a number in a run.
 *
 * @param weights how often each generator is asked
 */
export function plan(
  runSeed: number,
  index: number,
  weights: readonly (readonly [name: string, weight: number])[],
): Planned {
  const random = new Random(Math.imul(runSeed, STRIDE) + index)
  let at = random.below(weights.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [generator, weight] of weights) {
    if (at < weight) return { generator, seed: random.bits() | 0 }
    at -= weight
  }
  throw new Error('no generator')
}
