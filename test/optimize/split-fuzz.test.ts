// Functions split far below any engine's limit, so that every module is full of parts, and laid flat, so that there are
// dispatches: the host's engine against ours on random modules, and the scalar scripts of the specification.
//
//     NOWASM_SEED=123 NOWASM_RUNS=1 npx vitest run test/optimize/split-fuzz.test.ts      replays one seed

import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { generate } from '../fuzz/generate.ts'
import { type Step, steps } from '../fuzz/run.ts'
import { bothEngines } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { Wrappers } from '../spec/wrapper.ts'

/** Changed between modules. */
const limits = { ...LIMITS }

const RUNS = Number(process.env['NOWASM_RUNS'] ?? 30)
const SEED = Number(process.env['NOWASM_SEED'] ?? 1)
const SIZES = [15, 40, 100]
const BYTES = [1, 60, 250, 1000]
const HEIGHTS = [0, 1, 3, 100]
const MODE = { native: false, engine: 'jit', optimize: 2, limits } as const

const visible = (step: Step): string =>
  JSON.stringify({ ...step, memory: Buffer.from(step.memory).toString('latin1') }, (_, value) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  )

describe('functions in small parts', async () => {
  const { native, ours } = await bothEngines(MODE)

  test(`${RUNS} random modules from seed ${SEED} on`, () => {
    for (let seed = SEED; seed < SEED + RUNS; seed++) {
      const generated = generate(seed, SIZES[seed % SIZES.length]!)
      const rounds = seed % 50 === 0 ? 200 : 2
      const expected = Array.from(steps(native, generated, seed, rounds), visible)
      for (const [i, bytes] of BYTES.entries()) {
        limits.bytecode = bytes
        limits.height = HEIGHTS[(seed + i) % HEIGHTS.length]!
        let n = 0
        for (const step of steps(ours, generated, seed, rounds)) {
          if (visible(step) !== expected[n++])
            expect({ seed, bytes, height: limits.height, step: step.name }).toBe('as native')
        }
        expect(n).toBe(expected.length)
      }
    }
  }, 600_000)

  test.runIf(existsSync(SUITE))(
    'the suite gives the same results as with whole functions',
    async () => {
      const engine = await loadEngine(MODE)
      const outcomes = (path: string, file: string, bytes: number, height: number): string => {
        Object.assign(limits, { bytecode: bytes, height })
        return `${path} ${JSON.stringify(replay(readScript(file), engine, new Wrappers(engine.api)))}`
      }
      const scripts = findScripts(SUITE).filter(({ path }) => /^core\/[a-z]\w*(\.|$)/.test(path))
      expect(scripts.length).toBeGreaterThan(0)
      for (const [i, { path, file }] of scripts.entries()) {
        const whole = outcomes(path, file, Infinity, 100)
        expect(outcomes(path, file, 60, HEIGHTS[i % HEIGHTS.length]!)).toBe(whole)
      }
    },
    600_000,
  )
})
