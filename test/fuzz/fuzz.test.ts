// Random modules: the host's engine against ours.
//
//     NOWASM_SEED=123 NOWASM_RUNS=1 npx vitest run test/fuzz        replays one seed
//     NOWASM_SIZE=8 NOWASM_RUNS=5000                              looks for a small module that differs
//     NOWASM_KEEP=folder                                          keeps the module that differs, as SEED.wasm

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bothEngines, MODES, modeName } from '../ops/compare.ts'
import type { Api, EngineOptions } from '../spec/engine.ts'
import { type Generated, generate } from './generate.ts'
import { type Step, steps } from './run.ts'

const RUNS = Number(process.env['NOWASM_RUNS'] ?? 80)
const SEED = Number(process.env['NOWASM_SEED'] ?? 1)
const SIZE = process.env['NOWASM_SIZE']
const KEEP = process.env['NOWASM_KEEP']

/** The module of a seed, small, middling or large, unless the size is given. */
const moduleOf = (seed: number): Generated => generate(seed, Number(SIZE ?? [20, 60, 150][seed % 3]))

/** All that is compared but the memory; bigints as text. */
const visible = ({ memory, ...step }: Step): unknown =>
  JSON.parse(JSON.stringify(step, (_, value) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value)))

/** Compares one step; the quick way first, as there are many. */
function compareStep(expected: Step, got: Step): void {
  const [a, b] = [visible(expected), visible(got)]
  if (JSON.stringify(a) !== JSON.stringify(b)) expect(b).toEqual(a)
  if (Buffer.compare(expected.memory, got.memory) === 0) return
  const at = expected.memory.findIndex((byte, i) => byte !== got.memory[i])
  expect({ at, byte: got.memory[at] }).toEqual({ at, byte: expected.memory[at] })
}

function compare(native: Api, ours: Api, seed: number, rounds: number): void {
  const generated = moduleOf(seed)
  const got = steps(ours, generated, seed, rounds)
  try {
    for (const expected of steps(native, generated, seed, rounds)) compareStep(expected, got.next().value as Step)
  } catch (error) {
    if (KEEP !== undefined) writeFileSync(join(KEEP, `${seed}.wasm`), generated.bytes)
    const size = SIZE === undefined ? '' : ` NOWASM_SIZE=${SIZE}`
    throw new Error(`NOWASM_SEED=${seed}${size}: ${(error as Error).message}`, { cause: error })
  }
}

/** The levels that inline most, and the one that leaves passes out. */
const LEVELS: readonly EngineOptions[] = [
  { native: false, engine: 'jit', optimize: 1 },
  { native: false, engine: 'jit', optimize: 3 },
  { native: false, engine: 'interpreter', optimize: 1 },
  { native: false, engine: 'interpreter', optimize: 3 },
]

describe.each([...MODES, ...LEVELS].map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)

  test(`${RUNS} random modules from seed ${SEED} on`, () => {
    for (let seed = SEED; seed < SEED + RUNS; seed++) compare(native, ours, seed, 4)
  }, 600_000)

  // Often enough that the host optimises the output: what holds cold must hold hot.
  test(`${Math.ceil(RUNS / 40)} of them, hot`, () => {
    for (let seed = SEED; seed < SEED + RUNS; seed += 40) compare(native, ours, seed, 400)
  }, 600_000)
})

test('a seed always gives the same module', () => {
  expect(moduleOf(SEED).bytes).toEqual(moduleOf(SEED).bytes)
  expect(moduleOf(SEED).bytes).not.toEqual(moduleOf(SEED + 1).bytes)
})
