// Sums of i64 products, and divisions by constants: random expressions over words that are extended once and used in a
// loop, the host's engine against ours.

import { describe, expect, test } from 'vitest'
import { constant, END, ins, type NumName, opcode, open } from '../binary/code.ts'
import { EDGES } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { Random } from '../fuzz/random.ts'
import { bothEngines, call, instantiate, MODES, modeName, show } from './compare.ts'

const FUNCTIONS = 150
const CALLS = 40
const PARAMS: readonly NumName[] = ['i64', 'i64', 'i32', 'i32']
const [A, C, D, SUM, X, Y, Z, COUNT] = [0, 2, 3, 4, 5, 6, 7, 8]
const WORDS = [0, 1, A, X, X, Y, Y, Z]
const DIVISORS = [1n, 2n, 3n, 10n, 641n, 1000n, 524287n, 524288n, 524289n, 1000003n, 2097151n, 2097152n, 2097153n]

const get = (local: number): number[] => ins('local.get', local)
const extend = (local: number, op: 'i64.extend_i32_s' | 'i64.extend_i32_u', into: number): number[] => [
  ...get(local),
  ...opcode(op),
  ...ins('local.set', into),
]

function leaf(random: Random): number[] {
  if (random.chance(75)) return get(random.pick(WORDS))
  return constant('i64', random.chance(50) ? random.pick(EDGES.i64) : BigInt(random.between(-40, 40)))
}

function value(random: Random, depth: number): number[] {
  if (depth === 0) return leaf(random)
  if (random.chance(10)) {
    const op = random.pick(['i64.div_u', 'i64.rem_u'] as const)
    const divisor = random.chance(80) ? random.pick(DIVISORS) : BigInt(random.bits() | 1)
    return [...value(random, depth - 1), ...constant('i64', divisor), ...opcode(op)]
  }
  const op = random.pick(['i64.add', 'i64.add', 'i64.sub', 'i64.mul', 'i64.mul', 'i64.mul'] as const)
  return [...value(random, depth - 1), ...value(random, random.below(depth)), ...opcode(op)]
}

/** What a round does: words are extended again, the same and otherwise, and the sum grows. */
function round(random: Random): number[] {
  const again = [
    () => extend(C, 'i64.extend_i32_s', X),
    () => [...get(SUM), ...opcode('i32.wrap_i64'), ...opcode('i64.extend_i32_s'), ...ins('local.set', Y)],
    () => [...value(random, 1), ...ins('local.set', Y)],
    () => [...get(SUM), ...opcode('i32.wrap_i64'), ...ins('local.set', C)],
  ]
  const terms = random.some([1, 2, 3], 1, 4).flatMap((depth) => [...value(random, depth), ...opcode('i64.add')])
  return [...get(SUM), ...terms, ...ins('local.set', SUM), ...random.some(again, 0, 2).flatMap((make) => make())]
}

function body(random: Random): number[] {
  const rounds = [round(random), ...(random.chance(40) ? [round(random)] : [])].flat()
  return [
    ...extend(C, 'i64.extend_i32_s', X),
    ...extend(D, random.chance(70) ? 'i64.extend_i32_s' : 'i64.extend_i32_u', Y),
    ...extend(D, 'i64.extend_i32_u', Z),
    ...open('loop', undefined),
    ...rounds,
    ...get(COUNT),
    ...constant('i32', 1n),
    ...opcode('i32.add'),
    ...ins('local.tee', COUNT),
    ...constant('i32', 3n),
    ...opcode('i32.lt_u'),
    ...ins('br_if', 0),
    END,
    ...get(SUM),
  ]
}

function moduleOf(random: Random): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  for (let i = 0; i < FUNCTIONS; i++) {
    const index = builder.func({ params: PARAMS, results: ['i64'] }, ['i64', 'i64', 'i64', 'i64', 'i32'], body(random))
    builder.export(`f${i}`, 'func', index)
  }
  return builder.build()
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const engines = await bothEngines(mode)

  test.each([1, 2, 3])('seed %i', (seed) => {
    const random = new Random(seed)
    const bytes = moduleOf(random)
    const [native, ours] = [instantiate(engines.native, bytes), instantiate(engines.ours, bytes)]
    const differences: string[] = []
    for (let i = 0; i < FUNCTIONS; i++) {
      for (let j = 0; j < CALLS; j++) {
        const args = PARAMS.map((type) => random.pick(EDGES[type]))
        const expected = show(call(engines.native, native[`f${i}`], PARAMS, ['i64'], args))
        const got = show(call(engines.ours, ours[`f${i}`], PARAMS, ['i64'], args))
        if (expected !== got) differences.push(`f${i}${show(args)}: native ${expected}, ours ${got}`)
      }
    }
    expect(differences).toEqual([])
  })
})
