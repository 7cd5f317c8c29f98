// What stands natively for instructions that engines lack does what they do.

import { describe, expect, test } from 'vitest'
import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { constant, ins, opcode } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { Random } from '../random.ts'
import { isValid, twinOf } from './twin.ts'

type Wide = (...args: bigint[]) => [bigint, bigint]

/** A function that gives both halves of what an instruction makes. */
function native(name: OpName, count: number): Wide {
  const builder = new ModuleBuilder()
  const params = Array.from({ length: count }, () => 'i64' as const)
  const code = [...params.flatMap((_, index) => ins('local.get', index)), ...opcode(name)]
  builder.export('f', 'func', builder.func({ params, results: ['i64', 'i64'] }, [], code))
  const twin = twinOf(builder.build())
  return new WebAssembly.Instance(new WebAssembly.Module(twin)).exports['f'] as Wide
}

const signed = (x: bigint): bigint => BigInt.asIntN(64, x)
const unsigned = (x: bigint): bigint => BigInt.asUintN(64, x)
const halves = (x: bigint): bigint[] => [signed(x), signed(x >> 64n)]
const whole = (low: bigint, high: bigint): bigint => unsigned(low) | (high << 64n)

const CASES: readonly (readonly [OpName, number, (...args: bigint[]) => bigint])[] = [
  ['i64.add128', 4, (a, b, c, d) => whole(a!, b!) + whole(c!, d!)],
  ['i64.sub128', 4, (a, b, c, d) => whole(a!, b!) - whole(c!, d!)],
  ['i64.mul_wide_s', 2, (a, b) => signed(a!) * signed(b!)],
  ['i64.mul_wide_u', 2, (a, b) => unsigned(a!) * unsigned(b!)],
]

describe('wide arithmetic', () => {
  test.each(CASES)('%s', (name, count, expected) => {
    const f = native(name, count)
    const random = new Random(1)
    for (let i = 0; i < 2000; i++) {
      const args = Array.from({ length: count }, () => random.pick(EDGES.i64))
      expect(f(...args), `${args}`).toEqual(halves(expected(...args)))
    }
  })
})

test('a dot product of bytes saturates', () => {
  const builder = new ModuleBuilder()
  const bytes = (...values: number[]): number[] => [
    ...opcode('v128.const'),
    ...Array.from({ length: 16 }, (_, i) => values[i % values.length]!),
  ]
  const code = [
    ...bytes(0x80, 0x80, 3, 0xff),
    ...bytes(0x80, 0x80, 5, 4),
    ...opcode('i16x8.relaxed_dot_i8x16_i7x16_s'),
    ...opcode('i32x4.extract_lane'),
    0,
  ]
  builder.export('f', 'func', builder.func({ params: [], results: ['i32'] }, [], code))
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(twinOf(builder.build())))
  expect((exports['f'] as () => number)()).toBe((11 << 16) | 0x7fff)
})

test('others stand for themselves, and what is not valid is not', () => {
  const module = (code: readonly number[]): Uint8Array<ArrayBuffer> => {
    const builder = new ModuleBuilder()
    builder.func({ params: [], results: ['i32'] }, [], code)
    return builder.build()
  }
  const plain = module(constant('i32', 1n))
  expect(twinOf(plain)).toBe(plain)
  const wide = [1n, 2n].flatMap((value) => constant('i64', value))
  const valid = [...wide, ...opcode('i64.mul_wide_u'), ...opcode('i64.eq')]
  expect([plain, module(valid), module(constant('i64', 1n))].map(isValid)).toEqual([true, true, false])
})
