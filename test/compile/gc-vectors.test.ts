// Arrays of vectors: every instruction that makes or changes one moves all four words of an element.

import { describe, expect, test } from 'vitest'
import { constant, ins, opcode } from '../binary/code.ts'
import { arrayType, funcType, type GcType, gcModule } from '../binary/gc.ts'
import { MODES, modeName } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'

type Exports = Record<string, (...args: unknown[]) => unknown>

const A: GcType = ['ref null', 0]
const i32 = (...values: number[]): number[] => values.flatMap((value) => constant('i32', BigInt(value)))
/** A vector of the bytes from `first` on. */
const bytes = (first: number): number[] => Array.from({ length: 16 }, (_, i) => first + i)
const vector = (first: number): number[] => [...opcode('v128.const'), ...bytes(first)]
/** What its lanes are as a result: `first` and what follows. */
const lanes = (first: number): bigint[] => [first, first + 8].map((at) => BigInt(at) * 0x0101010101010101n + GROWING)
const GROWING = 0x0706050403020100n

const array = ins('local.get', 0)
const setArray = ins('local.set', 0)

/** Arrays of two elements, and what these begin with. */
const CASES: Record<string, readonly [code: number[], first: number | undefined, second: number | undefined]> = {
  'array.new': [[...vector(7), ...i32(2), ...ins('array.new', 0), ...setArray], 7, 7],
  'array.new_default': [[...i32(2), ...ins('array.new_default', 0), ...setArray], undefined, undefined],
  'array.new_fixed': [[...vector(1), ...vector(50), ...ins('array.new_fixed', 0, 2), ...setArray], 1, 50],
  'array.new_data': [[...i32(3, 2), ...ins('array.new_data', 0, 0), ...setArray], 3, 19],
  'array.set': [
    [
      ...[...i32(2), ...ins('array.new_default', 0), ...setArray],
      ...[...array, ...i32(1), ...vector(30), ...ins('array.set', 0)],
    ],
    undefined,
    30,
  ],
  'array.fill': [
    [
      ...[...i32(2), ...ins('array.new_default', 0), ...setArray],
      ...[...array, ...i32(0), ...vector(9), ...i32(1), ...ins('array.fill', 0)],
    ],
    9,
    undefined,
  ],
  'array.copy': [
    [
      ...[...i32(2), ...ins('array.new_default', 0), ...setArray],
      ...[...array, ...i32(0), ...vector(1), ...vector(60), ...ins('array.new_fixed', 0, 2)],
      ...[...i32(1, 1), ...ins('array.copy', 0, 0)],
    ],
    60,
    undefined,
  ],
  'array.init_data': [
    [
      ...[...i32(2), ...ins('array.new_default', 0), ...setArray],
      ...[...array, ...i32(1, 4, 1), ...ins('array.init_data', 0, 0)],
    ],
    undefined,
    4,
  ],
}

const half = (index: number, lane: number): number[] => [
  ...[...array, ...i32(index), ...ins('array.get', 0)],
  ...[...opcode('i64x2.extract_lane'), lane],
]

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)
  const module = gcModule({
    types: [arrayType(['mut', 'v128']), funcType([], ['i64', 'i64', 'i64', 'i64'])],
    funcs: Object.entries(CASES).map(([name, [code]]) => ({
      name,
      type: 1,
      locals: [A],
      code: [...code, ...half(0, 0), ...half(0, 1), ...half(1, 0), ...half(1, 1)],
    })),
    datas: [Array.from({ length: 40 }, (_, i) => i)],
  })
  const exports = new api.Instance(new api.Module(module), {}).exports as Exports

  test.each(Object.entries(CASES))('%s', (name, [, ...firsts]) => {
    expect(exports[name]!()).toEqual(firsts.flatMap((first) => (first === undefined ? [0n, 0n] : lanes(first))))
  })
})
