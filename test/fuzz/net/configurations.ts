// How the compiler is asked to compile: what it is told, and limits so small that small functions meet what otherwise only
// large ones do.

import { LIMITS, type Limits } from '../../../src/4-lower/limits.ts'
import { EVALUABLE } from '../../../src/evaluate.ts'
import { interpreted } from '../../../src/interpret/evaluator.ts'
import { completeOptions, type Options, type Settings } from '../../../src/options.ts'
import type { Random } from '../random.ts'

export interface Configuration {
  readonly options: Partial<Options>
  readonly limits: Partial<Limits>
  /** Functions are compiled when they are first called. */
  readonly compilesLazily?: boolean
  /** The output is interpreted, as where text may not be evaluated. */
  readonly isInterpreted?: boolean
}

type Weighted<T> = readonly (readonly [weight: number, choice: T])[]

const OPTIONS: Weighted<Partial<Options>> = [
  [6, { engine: 'jit', optimize: 2 }],
  [3, { engine: 'jit', optimize: 1 }],
  [2, { engine: 'jit', optimize: 0 }],
  [4, { engine: 'jit', optimize: 3 }],
  [4, { engine: 'interpreter', optimize: 2 }],
  [2, { engine: 'interpreter', optimize: 1 }],
  [1, { engine: 'interpreter', optimize: 0 }],
  [3, { engine: 'interpreter', optimize: 3 }],
  [1, { engine: 'jit', optimize: 2, target: 'es5' }],
  [1, { engine: 'interpreter', optimize: 2, target: 'es5' }],
  [1, { engine: 'jit', optimize: 2, target: 'es2015' }],
  [1, { engine: 'jit', optimize: 2, target: 'es2020' }],
  [1, { engine: 'jit', optimize: 2, names: true }],
  [4, { engine: 'jit', optimize: 2, i64: 'bigint' }],
  [1, { engine: 'jit', optimize: 1, i64: 'bigint' }],
  [1, { engine: 'jit', optimize: 3, i64: 'bigint' }],
  [2, { engine: 'jit', optimize: 2, i64: 'both' }],
]

const LIMIT_SETS: Weighted<Partial<Limits>> = [
  [12, {}],
  [2, { bytecode: 60 }],
  [2, { bytecode: 250 }],
  [1, { bytecode: 1 }],
  [1, { height: 0, keptHeight: 0 }],
  [1, { height: 1, keptHeight: 40 }],
  [1, { height: 3, keptHeight: 1 }],
  [1, { bytecode: 100, height: 2, keptHeight: 1 }],
  [2, { inlined: 300, growth: 20_000 }],
  [1, { inlined: 60, growth: 100 }],
  [1, { inlined: 300, growth: 20_000, bytecode: 250 }],
]

function weighted<T>(random: Random, list: Weighted<T>): T {
  let at = random.below(list.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, choice] of list) {
    if (at < weight) return choice
    at -= weight
  }
  throw new Error('weights must be positive')
}

/** `jit -O2 target=es5 bytecode=60` */
export function configurationName({ options, limits, compilesLazily, isInterpreted }: Configuration): string {
  const { engine = 'jit', optimize = 2, ...rest } = options
  const more = Object.entries({ ...rest, ...limits }).map(([key, value]) => ` ${key}=${value}`)
  return `${engine} -O${optimize}${more.join('')}${compilesLazily ? ' lazily' : ''}${isInterpreted ? ' interpreted' : ''}`
}

/** The options of every run, with nothing changed: what most people use, and the other engine. */
const ALWAYS: readonly Configuration[] = [
  { options: { engine: 'jit', optimize: 2 }, limits: {} },
  { options: { engine: 'interpreter', optimize: 2 }, limits: {} },
]

/** Of a hundred configurations that can, so many compile lazily. */
const LAZY = 25

/** Of a hundred choices of configurations, so many have one whose output is interpreted. */
const INTERPRETED = 20

/** Different configurations, `count` of them; outputs are interpreted, which takes long, only if `mayInterpret`. */
export function chooseConfigurations(random: Random, count: number, mayInterpret = false): Configuration[] {
  const chosen = new Map<string, Configuration>()
  const add = (configuration: Configuration): void => void chosen.set(configurationName(configuration), configuration)
  add(ALWAYS[random.below(3) === 0 ? 1 : 0]!)
  if (mayInterpret && random.chance(INTERPRETED))
    add({ options: { engine: 'interpreter', optimize: 1 }, limits: {}, isInterpreted: true })
  while (chosen.size < count) {
    const options = weighted(random, OPTIONS)
    const limits = options.optimize === 0 ? {} : weighted(random, LIMIT_SETS)
    add({ options, limits, ...(options.engine === 'jit' && random.chance(LAZY) && { compilesLazily: true }) })
  }
  return [...chosen.values()]
}

/** What the pipeline is given. The IR is checked after every pass. */
export const settingsOf = ({ options, limits, isInterpreted }: Configuration): Settings => ({
  ...completeOptions({ ...EVALUABLE, ...options, ...(isInterpreted && interpreted.options) }),
  ...(isInterpreted && interpreted.internals),
  limits: { ...LIMITS, ...limits },
  verifies: true,
})
