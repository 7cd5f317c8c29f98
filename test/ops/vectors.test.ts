// Each vector instruction in a module of its own: the host's engine against ours. Operands come from memory and results go
// there, so that all bits are seen; one call of a function does many of them.

import { describe, expect, test } from 'vitest'
import { type Op, type OpName, ops, type TypeAtom } from '../../src/0-wasm/ops/index.ts'
import { access, constant, END, ins, opcode, open } from '../binary/code.ts'
import { EDGES } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { Random } from '../fuzz/random.ts'
import { bothEngines, instantiate, MODES, modeName } from './compare.ts'

const PAGE = 65536

/** Bytes of the operands of one instruction, of which each has 16; where results are. */
const RECORD = 48
const COUNT = 512
const RESULTS = 32_768

/** Vectors whose lanes are edge values of some type. */
function edgeVectors(random: Random): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  const type = random.pick(['i32', 'i64', 'f32', 'f64', 'i8', 'i16'] as const)
  for (let at = 0; at < 16; ) {
    const bits = random.pick(EDGES[type === 'i8' || type === 'i16' ? 'i64' : type])
    if (type === 'i8') view.setUint8(at, Number(bits & 0xffn))
    else if (type === 'i16') view.setUint16(at, Number(bits & 0xffffn), true)
    else if (type.endsWith('32')) view.setUint32(at, Number(bits & 0xffffffffn), true)
    else view.setBigUint64(at, BigInt.asUintN(64, bits), true)
    at += { i8: 1, i16: 2, i32: 4, f32: 4, i64: 8, f64: 8 }[type]
  }
  return bytes
}

function operands(): Uint8Array {
  const random = new Random(20)
  const bytes = new Uint8Array(COUNT * RECORD)
  for (let at = 0; at < bytes.length; at += 16) bytes.set(edgeVectors(random), at)
  return bytes
}

const OPERANDS = operands()

/** What the deterministic profile says of relaxed instructions, in others. */
const DETERMINISTIC: { readonly [Op in OpName]?: readonly number[] } = {
  'i8x16.relaxed_swizzle': opcode('i8x16.swizzle'),
  'i32x4.relaxed_trunc_f32x4_s': opcode('i32x4.trunc_sat_f32x4_s'),
  'i32x4.relaxed_trunc_f32x4_u': opcode('i32x4.trunc_sat_f32x4_u'),
  'i32x4.relaxed_trunc_f64x2_s_zero': opcode('i32x4.trunc_sat_f64x2_s_zero'),
  'i32x4.relaxed_trunc_f64x2_u_zero': opcode('i32x4.trunc_sat_f64x2_u_zero'),
  'i8x16.relaxed_laneselect': opcode('v128.bitselect'),
  'i16x8.relaxed_laneselect': opcode('v128.bitselect'),
  'i32x4.relaxed_laneselect': opcode('v128.bitselect'),
  'i64x2.relaxed_laneselect': opcode('v128.bitselect'),
  'f32x4.relaxed_min': opcode('f32x4.min'),
  'f32x4.relaxed_max': opcode('f32x4.max'),
  'f64x2.relaxed_min': opcode('f64x2.min'),
  'f64x2.relaxed_max': opcode('f64x2.max'),
  'i16x8.relaxed_q15mulr_s': opcode('i16x8.q15mulr_sat_s'),
}

const get = (index: number): number[] => ins('local.get', index)

/** Even and odd lanes of 16 bits of two vectors. */
const EVEN = [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29]
const lanes16 = (odd: number): number[] => EVEN.map((byte) => byte + 2 * odd)

/** Products of bytes, of which neighbours are added with saturation. */
const dotBytes = (x: number, y: number, low: number, high: number): number[] => [
  ...[...get(x), ...get(y), ...opcode('i16x8.extmul_low_i8x16_s'), ...ins('local.set', low)],
  ...[...get(x), ...get(y), ...opcode('i16x8.extmul_high_i8x16_s'), ...ins('local.set', high)],
  ...[...get(low), ...get(high), ...opcode('i8x16.shuffle'), ...lanes16(0)],
  ...[...get(low), ...get(high), ...opcode('i8x16.shuffle'), ...lanes16(1)],
  ...opcode('i16x8.add_sat_s'),
]

/** The instruction on locals 2, 3 and 4, or natively what stands for it; vectors in locals 5 and 6 may be used. */
function computation({ name, type }: Op, immediates: readonly number[], isNative: boolean): number[] {
  const all = type!.params.flatMap((_, i) => get(2 + i))
  if (!isNative || !name.includes('relaxed')) return [...all, ...opcode(name), ...immediates]
  const fused = /^(f\d\dx\d)\.relaxed_(n?)madd$/.exec(name)
  if (fused) {
    const [, shape, negated] = fused
    const neg = negated ? opcode(`${shape}.neg` as OpName) : []
    const product = [...get(2), ...neg, ...get(3), ...opcode(`${shape}.mul` as OpName)]
    return [...product, ...get(4), ...opcode(`${shape}.add` as OpName)]
  }
  if (name === 'i16x8.relaxed_dot_i8x16_i7x16_s') return dotBytes(2, 3, 5, 6)
  if (name === 'i32x4.relaxed_dot_i8x16_i7x16_add_s')
    return [...dotBytes(2, 3, 5, 6), ...opcode('i32x4.extadd_pairwise_i16x8_s'), ...get(4), ...opcode('i32x4.add')]
  return [...all, ...DETERMINISTIC[name]!]
}

const STORES = { v128: 'v128.store', i32: 'i32.store', i64: 'i64.store', f32: 'f32.store', f64: 'f64.store' } as const
const LOADS = { v128: 'v128.load', i32: 'i32.load', i64: 'i64.load', f32: 'f32.load', f64: 'f64.load' } as const

type Value = Exclude<TypeAtom, 'addr'>

/** A NaN lane of arithmetic is what the engine likes: replaced by the canonical one. The result is in local 5 afterwards. */
function settled(name: string): number[] {
  const shape = /^(f32x4|f64x2)\.(add|sub|mul|div|sqrt|min|max|ceil|floor|trunc|nearest|relaxed_|demote|promote)/.exec(
    name,
  )
  if (shape === null) return ins('local.set', 5)
  const is64 = shape[1] === 'f64x2'
  const nan = is64 ? [0, 0, 0, 0, 0, 0, 0xf8, 0x7f] : [0, 0, 0xc0, 0x7f]
  const all = [...nan, ...nan, ...(is64 ? [] : [...nan, ...nan])]
  return [
    ...[...ins('local.tee', 5), ...opcode('v128.const'), ...all],
    ...[...get(5), ...get(5), ...opcode(is64 ? 'f64x2.eq' : 'f32x4.eq'), ...opcode('v128.bitselect')],
    ...ins('local.set', 5),
  ]
}

/** What is done to operands first, so that something is known of them when compiling. */
const PREPARED: { readonly [Name in string]?: (operand: number) => number[] } = {
  'first constant': (operand) => (operand === 0 ? vector(0x7f010203, 0x04050607, 0x0009ff80, 0x8000fffe) : []),
  'last constant': (operand) => (operand === 1 ? vector(0x00ff00ff, 0x3f3f3f3f, 0x80008000, 0x0f0f0f0f) : []),
  'few bits': (operand) => [...get(2 + operand), ...repeated(operand ? 0x3f : 0x0f), ...opcode('v128.and')],
  'bytes in 16 bits': (operand) => [...get(2 + operand), ...ins('i32.const', 8), ...opcode('i16x8.shr_u')],
  'equal bytes': (operand) => [
    ...get(2 + operand),
    ...get(2 + operand),
    ...opcode('i8x16.shuffle'),
    ...EQUAL[operand]!,
  ],
}

const vector = (...words: number[]): number[] => [
  ...opcode('v128.const'),
  ...new Uint8Array(Int32Array.from(words).buffer),
]
const repeated = (byte: number): number[] => [...opcode('v128.const'), ...Array.from({ length: 16 }, () => byte)]

/** The last byte of each word, of each pair of bytes, and of the whole. */
const EQUAL = [4, 2, 16].map((size) => Array.from({ length: 16 }, (_, i) => i - (i % size) + size - 1))

/** A function that does the instruction on all records. Locals: the record, its number, three operands, two vectors. */
function loopOf(
  builder: ModuleBuilder,
  op: Op,
  immediates: readonly number[],
  isNative: boolean,
  prepared: (operand: number) => number[] = () => [],
  behind: readonly number[] = [],
): number {
  const params = op.type!.params as readonly Value[]
  const [result] = op.type!.results as readonly Value[]
  const locals: Value[] = [0, 1, 2].map((i) => params[i] ?? 'v128')
  const loaded = params.flatMap((type, i) => [...get(0), ...access(LOADS[type], 16 * i), ...ins('local.set', 2 + i)])
  const preparing = params.flatMap((type, i) => {
    const code = type === 'v128' ? prepared(i) : []
    return code.length === 0 ? [] : [...code, ...ins('local.set', 2 + i)]
  })
  const address = [...get(1), ...constant('i32', 16n), ...opcode('i32.mul')]
  const computed = computation(op, immediates, isNative)
  const stored =
    result === 'v128'
      ? [...computed, ...settled(op.name), ...address, ...get(5), ...access('v128.store', RESULTS)]
      : [...address, ...computed, ...access(STORES[result!], RESULTS)]
  const next = [
    ...[...get(0), ...constant('i32', BigInt(RECORD)), ...opcode('i32.add'), ...ins('local.set', 0)],
    ...[...get(1), ...constant('i32', 1n), ...opcode('i32.add'), ...ins('local.tee', 1)],
    ...[...constant('i32', BigInt(COUNT)), ...opcode('i32.lt_u'), ...ins('br_if', 0)],
  ]
  const code = [...open('loop', undefined), ...loaded, ...preparing, ...stored, ...next, END, ...behind]
  return builder.func({ params: [], results: [] }, ['i32', 'i32', ...locals, 'v128', 'v128'], code)
}

/** So many of the instruction behind what is tested that all are called that can be (legalize/vectors/calls.ts). */
function row(op: Op, immediates: readonly number[]): readonly number[] {
  if (op.type!.results[0] !== 'v128') return []
  const one = [...computation(op, immediates, false), ...ins('local.set', 5)]
  return Array.from({ length: 140 }, () => one).flat()
}

/** Immediates to try: every lane, shuffles of all kinds. */
function immediatesOf({ immediates, lanes }: Op): readonly (readonly number[])[] {
  if (immediates[0] === 'lane') return Array.from({ length: lanes }, (_, lane) => [lane])
  if (immediates[0] !== 'lanes') return [[]]
  const random = new Random(3)
  const sixteen = (lane: (i: number) => number): number[] => Array.from({ length: 16 }, (_, i) => lane(i))
  const words = Array.from({ length: 4 }, () => [random.below(8), random.below(8), random.below(8), random.below(8)])
  return [
    sixteen((i) => i),
    sixteen((i) => 31 - i),
    sixteen((i) => i + 5),
    sixteen(() => 17),
    sixteen((i) => (i >> 1) + 16 * (i & 1)),
    ...words.map((order) => sixteen((i) => 4 * order[i >> 2]! + (i & 3))),
    ...Array.from({ length: 6 }, () => sixteen(() => random.below(32))),
  ]
}

/** @param hasRows with what is tested in rows of the same, too */
function moduleOf(op: Op, isNative: boolean, hasRows: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.export('memory', 'memory', builder.memory({ min: 1, max: 1 }))
  immediatesOf(op).forEach((immediates, i) =>
    builder.export(`f${i}`, 'func', loopOf(builder, op, immediates, isNative)),
  )
  const [first] = immediatesOf(op)
  for (const [name, prepared] of Object.entries(PREPARED))
    builder.export(name, 'func', loopOf(builder, op, first!, isNative, prepared))
  if (!hasRows) return builder.build()
  const behind = isNative ? [] : row(op, first!)
  builder.export('in a row', 'func', loopOf(builder, op, first!, isNative, undefined, behind))
  builder.export(
    'in a row, of constants',
    'func',
    loopOf(builder, op, first!, isNative, PREPARED['last constant'], behind),
  )
  return builder.build()
}

const VECTORS: readonly string[] = ['simd', 'relaxed-simd'] satisfies Op['feature'][]
const all = ops.filter(({ feature }) => VECTORS.includes(feature))
const computing = all.filter(({ immediates: [first], name }) => first !== 'memarg' && name !== 'v128.const')
const accesses = all.filter(({ immediates: [first] }) => first === 'memarg')

const ADDRESSES = [0, 1, 2, 3, 4, 7, 100, PAGE - 33, PAGE - 17, PAGE - 16, PAGE - 15, PAGE - 9, PAGE - 8, PAGE - 7]
const ENDS = [PAGE - 4, PAGE - 3, PAGE - 2, PAGE - 1, PAGE, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffff8, 0xffffffff]
const OFFSETS = [0, 1, 16, 65_520, 0xfffffff0]

/** A function of an address for each offset and lane: the vector is at 32 before and at 48 afterwards. */
function accessModule({ name, type, lanes }: Op): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.export('memory', 'memory', builder.memory({ min: 1, max: 1 }))
  builder.data(Array.from(OPERANDS), { memory: 0, offset: constant('i32', 0n) })
  builder.data(Array.from(OPERANDS.subarray(0, 64)), { memory: 0, offset: constant('i32', BigInt(PAGE - 64)) })
  const isLoad = type!.results.length > 0
  const vector = type!.params.includes('v128') ? [...ins('i32.const', 32), ...access('v128.load')] : []
  for (const offset of OFFSETS) {
    for (let lane = 0; lane < Math.max(1, lanes); lane++) {
      const done = [...get(0), ...vector, ...access(name, offset), ...(lanes > 0 ? [lane] : [])]
      const code = isLoad
        ? [...done, ...ins('local.set', 1), ...ins('i32.const', 48), ...get(1), ...access('v128.store')]
        : done
      builder.export(`${offset} ${lane}`, 'func', builder.func({ params: ['i32'], results: [] }, ['v128'], code))
    }
  }
  return builder.build()
}

const bytesOf = (exports: WebAssembly.Exports): Buffer => Buffer.from((exports['memory'] as WebAssembly.Memory).buffer)

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)
  // What they call is the same in all modes.
  const hasRows = mode === MODES[0]

  test.each(computing.map((op) => [op.name, op] as const))('%s', (_name, op) => {
    const [expected, got] = [
      instantiate(native, moduleOf(op, true, hasRows)),
      instantiate(ours, moduleOf(op, false, hasRows)),
    ]
    for (const name of Object.keys(expected).filter((key) => key !== 'memory')) {
      for (const exports of [expected, got]) {
        bytesOf(exports).set(OPERANDS)
        ;(exports[name] as () => void)()
      }
      const [a, b] = [bytesOf(expected), bytesOf(got)]
      if (a.equals(b)) continue
      const place = a.findIndex((byte, i) => byte !== b[i])
      const record = Math.floor((place - RESULTS) / 16)
      const shown = (bytes: Buffer): string =>
        bytes.subarray(RESULTS + 16 * record, RESULTS + 16 * record + 16).toString('hex')
      const from = Buffer.from(OPERANDS.subarray(record * RECORD, (record + 1) * RECORD)).toString('hex')
      expect(`${name} of ${from}: native ${shown(a)}, ours ${shown(b)}`).toBe('')
    }
  })

  test.each(accesses.map((op) => [op.name, op] as const))('%s', (_name, op) => {
    const module = accessModule(op)
    const sides = [native, ours].map((api) => ({ api, exports: instantiate(api, module) }))
    const [expected, got] = sides.map(({ exports }) => exports) as [WebAssembly.Exports, WebAssembly.Exports]
    for (const name of Object.keys(expected).filter((key) => key !== 'memory')) {
      for (const address of [...ADDRESSES, ...ENDS]) {
        const outcomes = sides.map(({ api, exports }) => {
          try {
            ;(exports[name] as (address: number) => void)(address | 0)
            return 'done'
          } catch (error) {
            return error instanceof api.RuntimeError ? 'trap' : String(error)
          }
        })
        if (outcomes[1] !== outcomes[0]) expect([name, address, outcomes[1]]).toEqual([name, address, outcomes[0]])
      }
      expect([name, bytesOf(got).equals(bytesOf(expected))]).toEqual([name, true])
    }
  })
})

test('all rows are there', () => {
  expect(computing.length + accesses.length).toBe(255)
})
