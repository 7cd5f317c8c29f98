// Random control flow: the host's engine against ours, at all levels, whole and in small parts laid flat.
//
//     NOWASM_SEED=123 NOWASM_RUNS=1 npx vitest run test/fuzz/branches.test.ts      replays one seed

import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { bothEngines, instantiate, modeName } from '../ops/compare.ts'
import type { Api, EngineOptions } from '../spec/engine.ts'
import { branches } from './branches.ts'

/** Changed between modules. */
const limits = { ...LIMITS }

const RUNS = Number(process.env['NOWASM_RUNS'] ?? 25)
const SEED = Number(process.env['NOWASM_SEED'] ?? 1)
const FUNCTIONS = 25
const ROOM = [12, 25, 50]
/** Calls of each function. */
const CALLS = 40

type Exports = Record<string, (decisions: number) => number>

interface Expected {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of each function, call after call. */
  readonly results: readonly number[][]
}

const decisionsOf = (call: number): number => Math.imul(call, 0x9e3779b1)

/** By seeds: what is expected is the same in all modes. */
const known = new Map<number, Expected>()

function expectedOf(native: Api, seed: number): Expected {
  let expected = known.get(seed)
  if (expected === undefined) {
    const bytes = branches(seed, FUNCTIONS, ROOM[seed % ROOM.length]!)
    const exports = instantiate(native, bytes) as unknown as Exports
    const calls = (i: number): number[] => Array.from({ length: CALLS }, (_, n) => exports[`f${i}`]!(decisionsOf(n)))
    expected = { bytes, results: Array.from({ length: FUNCTIONS }, (_, i) => calls(i)) }
    known.set(seed, expected)
  }
  return expected
}

function compare(native: Api, ours: Api, seed: number): void {
  const { bytes, results } = expectedOf(native, seed)
  const got = instantiate(ours, bytes) as unknown as Exports
  for (const [i, expected] of results.entries()) {
    for (const [call, result] of expected.entries()) {
      const decisions = decisionsOf(call)
      const ourResult = got[`f${i}`]!(decisions)
      if (ourResult !== result)
        expect({ seed, ...limits, call: `f${i}(${decisions})`, result: ourResult }).toMatchObject({ result })
    }
  }
}

const ENGINES = ['jit', 'interpreter'] as const
const LEVELS = [0, 1, 2, 3] as const
const MODES = ENGINES.flatMap((engine) =>
  LEVELS.map((optimize): EngineOptions => ({ native: false, engine, optimize })),
)

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)

  test(`${RUNS} random modules from seed ${SEED} on`, () => {
    for (let seed = SEED; seed < SEED + RUNS; seed++) compare(native, ours, seed)
  }, 600_000)
})

describe('in small parts', async () => {
  const { native, ours } = await bothEngines({ native: false, engine: 'jit', optimize: 2, limits })

  test.each([
    [60, 100],
    [30_000, 1],
    [30_000, 3],
    [200, 2],
  ])(
    'of %i bytes, nested %i deep',
    (bytes, height) => {
      Object.assign(limits, { bytecode: bytes, height })
      for (let seed = SEED; seed < SEED + RUNS; seed++) compare(native, ours, seed)
    },
    600_000,
  )
})
