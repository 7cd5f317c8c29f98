// Random modules: the host's engine against ours.
//
//     NOWASM_SEED=123 NOWASM_RUNS=1 npx vitest run test/fuzz        replays one seed
//     NOWASM_SIZE=8 NOWASM_RUNS=5000                              looks for a small module that differs
//     NOWASM_KEEP=folder                                          keeps the module that differs, as SEED.wasm

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bothEngines, MODES, modeName } from '../ops/compare.ts'
import type { Api } from '../spec/engine.ts'
import { type Generated, generate } from './generate.ts'
import { type Step, steps } from './run.ts'

const RUNS = Number(process.env['NOWASM_RUNS'] ?? 120)
const SEED = Number(process.env['NOWASM_SEED'] ?? 1)
const SIZE = process.env['NOWASM_SIZE']
const KEEP = process.env['NOWASM_KEEP']

/** The module of a seed, small, middling or large, unless the size is given. */
const moduleOf = (seed: number): Generated => generate(seed, Number(SIZE ?? [20, 60, 150][seed % 3]))

/** What a failed comparison shows: all but the memory, and where that first differs. */
const visible = ({ memory, ...step }: Step) => step
const firstDifference = (a: Uint8Array, b: Uint8Array): number => a.findIndex((byte, i) => byte !== b[i])

function compare(native: Api, ours: Api, seed: number): void {
  const generated = moduleOf(seed)
  const got = steps(ours, generated, seed)
  try {
    for (const expected of steps(native, generated, seed)) {
      const step = got.next().value as Step
      expect(visible(step)).toEqual(visible(expected))
      const same = Buffer.compare(step.memory, expected.memory) === 0
      expect(same ? 'same memory' : firstDifference(step.memory, expected.memory)).toBe('same memory')
    }
  } catch (error) {
    if (KEEP !== undefined) writeFileSync(join(KEEP, `${seed}.wasm`), generated.bytes)
    throw error instanceof Error
      ? Object.assign(error, { message: `NOWASM_SEED=${seed}${SIZE ? ` NOWASM_SIZE=${SIZE}` : ''}: ${error.message}` })
      : error
  }
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)

  test(`${RUNS} random modules from seed ${SEED} on`, () => {
    for (let seed = SEED; seed < SEED + RUNS; seed++) compare(native, ours, seed)
  }, 600_000)
})

test('a seed always gives the same module', () => {
  expect(moduleOf(SEED).bytes).toEqual(moduleOf(SEED).bytes)
  expect(moduleOf(SEED).bytes).not.toEqual(moduleOf(SEED + 1).bytes)
})
