// No instruction loses the trap of an operand, whatever it needs of that: each instruction, on loads of all kinds outside of the
// memory and over its end, its result dropped. Inside of the memory the same code goes on.

import { describe, expect, test } from 'vitest'
import { isCompiled, type Op, type OpName, ops, type TypeAtom } from '../../src/0-wasm/ops/index.ts'
import { access, constant, ins, opcode } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { bothEngines, call, instantiate, MODES, modeName } from './compare.ts'

type Value = Exclude<TypeAtom, 'addr'>

const PAGE = 65536
const get = (index: number): number[] => ins('local.get', index)
const vector = (byte: number): number[] => [...opcode('v128.const'), ...new Array(16).fill(byte)]
const load = (name: OpName, ...lane: number[]): number[] => [...get(0), ...access(name), ...lane]
/** A lane of a vector that nothing is known of. */
const lane = (name: OpName, index: number): number[] => [...get(0), ...get(5), ...access(name), index]

/** Loads from the address in local 0, which reach up to so many bytes from there on. */
const LOADS: Readonly<Record<Value, readonly (readonly [bytes: number, code: readonly number[]])[]>> = {
  i32: [
    [4, load('i32.load')],
    [1, load('i32.load8_u')],
  ],
  i64: [
    [8, load('i64.load')],
    [4, load('i64.load32_u')],
    [1, load('i64.load8_s')],
  ],
  f32: [[4, load('f32.load')]],
  f64: [[8, load('f64.load')]],
  v128: [
    [16, load('v128.load')],
    [4, load('v128.load32_zero')],
    [8, load('v128.load64_zero')],
    [2, load('v128.load16_splat')],
    [8, load('v128.load64_splat')],
    [8, load('v128.load8x8_s')],
    [1, lane('v128.load8_lane', 15)],
    [4, lane('v128.load32_lane', 0)],
    [4, lane('v128.load32_lane', 3)],
    [8, lane('v128.load64_lane', 1)],
  ],
}

/** What else is there: nothing that is known, or constants with which an instruction needs less of the others. */
const OTHERS: Readonly<Record<Value, readonly (readonly number[])[]>> = {
  i32: [get(1), constant('i32', 0n), constant('i32', -1n), constant('i32', 1n)],
  i64: [get(2), constant('i64', 0n), constant('i64', -1n), constant('i64', 1n)],
  f32: [get(3), constant('f32', 0n)],
  f64: [get(4), constant('f64', 0n)],
  v128: [get(5), vector(0), vector(0xff), vector(1)],
}

/** Local 0 is a parameter. */
const LOCALS = ['i32', 'i64', 'f32', 'f64', 'v128'] as const

const tested = ops.filter(
  (op) =>
    isCompiled(op) &&
    (op.effect === 'pure' || op.effect === 'trap') &&
    op.type?.results.length === 1 &&
    op.type.params.length > 0 &&
    op.immediates.every((kind) => kind === 'lane' || kind === 'lanes') &&
    [...op.type.params, ...op.type.results].every((atom) => atom !== 'addr'),
)

function immediatesOf({ immediates, lanes }: Op): readonly (readonly number[])[] {
  if (immediates[0] === 'lane') return [...new Set([0, 1, lanes >> 1, lanes - 1])].map((index) => [index])
  if (immediates[0] === undefined) return [[]]
  // Of the first vector, of the second, a byte of each.
  const orders = [(i: number) => i, (i: number) => 16 + i, () => 3, () => 31, (i: number) => 4 + 8 * (i & 1)]
  return orders.map((byte) => Array.from({ length: 16 }, (_, i) => byte(i)))
}

interface Case {
  readonly bytes: number
  readonly code: readonly number[]
}

function casesOf(op: Op): Case[] {
  const params = op.type!.params as readonly Value[]
  const variants = Math.max(...params.map((type) => OTHERS[type].length))
  return immediatesOf(op).flatMap((immediates) =>
    params.flatMap((type, at) =>
      LOADS[type].flatMap(([bytes, loading]) =>
        Array.from({ length: params.length === 1 ? 1 : variants }, (_, variant) => {
          const operands = params.flatMap((each, i) =>
            i === at ? loading : OTHERS[each][variant % OTHERS[each].length]!,
          )
          return { bytes, code: [...operands, ...opcode(op.name), ...immediates] }
        }),
      ),
    ),
  )
}

/** Each function sets a word behind its instruction. */
function moduleOf(cases: readonly Case[]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.export('memory', 'memory', builder.memory({ min: 1, max: 1 }))
  const set = [...constant('i32', 0n), ...constant('i32', 1n), ...access('i32.store')]
  cases.forEach(({ code }, i) => {
    const body = [...code, ...opcode('drop'), ...set]
    builder.export(`f${i}`, 'func', builder.func({ params: ['i32'], results: [] }, [...LOCALS], body))
  })
  return builder.build()
}

describe.each(MODES.filter(({ optimize }) => optimize > 0))('$engine -O$optimize', (mode) => {
  test.each(tested)('$name', async (op) => {
    const { ours } = await bothEngines(mode)
    const cases = casesOf(op)
    const exports = instantiate(ours, moduleOf(cases))
    const words = new Int32Array((exports['memory'] as WebAssembly.Memory).buffer)
    const lost: string[] = []
    cases.forEach(({ bytes, code }, i) => {
      for (const at of [-bytes, PAGE - bytes + 1]) {
        words[0] = 0
        const result = call(ours, exports[`f${i}`]!, ['i32'], [], [BigInt(at)])
        if (result !== 'RuntimeError' || words[0] !== 0) lost.push(`${modeName(mode)}: ${code} at ${at}`)
      }
      if (op.effect === 'trap') return
      call(ours, exports[`f${i}`]!, ['i32'], [], [BigInt(PAGE - bytes)])
      if (words[0] !== 1) lost.push(`${modeName(mode)}: ${code} traps inside of the memory`)
    })
    expect(lost).toEqual([])
  })
})
