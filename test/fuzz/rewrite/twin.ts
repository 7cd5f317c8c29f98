// What the native engine gets in place of a module with instructions that it lacks, or of which it may choose the result:
// the same module, with functions that do what the instructions do by others. The compiler gets the module itself.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { decode } from '../../../src/1-decode/decode.ts'
import { validate } from '../../../src/2-validate/index.ts'
import { constant, ins, opcode, type ValName } from '../../binary/code.ts'
import type { Signature } from '../../binary/module.ts'
import { withoutBytePages } from './byte-pages.ts'
import { Editor } from './editor.ts'
import { readBody, writeBody } from './instructions.ts'

interface Meaning extends Signature {
  readonly locals: readonly ValName[]
  readonly code: readonly number[]
}

const get = (index: number): number[] => ins('local.get', index)
const set = (index: number): number[] => ins('local.set', index)
const ops = (...names: OpName[]): number[] => names.flatMap(opcode)
const long = (value: number): number[] => constant('i64', BigInt(value))

/** Of three vectors, or two. */
const vectors = (count: 2 | 3, code: readonly number[]): Meaning => ({
  params: count === 2 ? ['v128', 'v128'] : ['v128', 'v128', 'v128'],
  results: ['v128'],
  locals: [],
  code,
})

const multiplyAdd = (type: 'f32x4' | 'f64x2', isNegated: boolean): Meaning =>
  vectors(3, [
    ...get(0),
    ...(isNegated ? ops(`${type}.neg`) : []),
    ...get(1),
    ...ops(`${type}.mul`),
    ...get(2),
    ...ops(`${type}.add`),
  ])

/** The 16-bit lanes at even places, or at odd ones, of two vectors. */
const everySecond = (first: 0 | 1): number[] => [
  ...ops('i8x16.shuffle'),
  ...Array.from({ length: 16 }, (_, i) => 4 * (i >> 1) + 2 * first + (i & 1)),
]

const products = [
  ...get(0),
  ...get(1),
  ...ops('i16x8.extmul_low_i8x16_s'),
  ...get(0),
  ...get(1),
  ...ops('i16x8.extmul_high_i8x16_s'),
]

const dot = [...products, ...everySecond(0), ...products, ...everySecond(1), ...ops('i16x8.add_sat_s')]

const wide = (params: readonly ValName[], locals: number, code: readonly number[]): Meaning => ({
  params,
  results: ['i64', 'i64'],
  locals: Array.from({ length: locals }, () => 'i64' as const),
  code,
})

const low = (index: number): number[] => [...get(index), ...long(0xffff_ffff), ...ops('i64.and')]
const high = (index: number): number[] => [...get(index), ...long(32), ...ops('i64.shr_u')]

/** The product of parameters 0 and 1, by halves of 32 bits; what has to be taken off its high word comes last. */
const product = (less: readonly number[]): Meaning =>
  // 2: low times low; 3: low times high, and what is carried; 4: high times low, and the low half of 3.
  wide(['i64', 'i64'], 3, [
    ...[...low(0), ...low(1), ...ops('i64.mul'), ...set(2)],
    ...[...low(0), ...high(1), ...ops('i64.mul'), ...high(2), ...ops('i64.add'), ...set(3)],
    ...[...high(0), ...low(1), ...ops('i64.mul'), ...low(3), ...ops('i64.add'), ...set(4)],
    ...[...get(0), ...get(1), ...ops('i64.mul')],
    ...[...high(0), ...high(1), ...ops('i64.mul'), ...high(3), ...ops('i64.add'), ...high(4), ...ops('i64.add')],
    ...less,
  ])

/** Takes parameter `other` off if parameter `sign` is negative. */
const unsigned = (sign: number, other: number): number[] => [
  ...get(other),
  ...long(0),
  ...get(sign),
  ...long(0),
  ...ops('i64.lt_s', 'select', 'i64.sub'),
]

const FOUR = ['i64', 'i64', 'i64', 'i64'] as const

/** Instructions that stand for others, with the same operands. */
const SAME: Readonly<Partial<Record<OpName, OpName>>> = {
  'i8x16.relaxed_swizzle': 'i8x16.swizzle',
  'i32x4.relaxed_trunc_f32x4_s': 'i32x4.trunc_sat_f32x4_s',
  'i32x4.relaxed_trunc_f32x4_u': 'i32x4.trunc_sat_f32x4_u',
  'i32x4.relaxed_trunc_f64x2_s_zero': 'i32x4.trunc_sat_f64x2_s_zero',
  'i32x4.relaxed_trunc_f64x2_u_zero': 'i32x4.trunc_sat_f64x2_u_zero',
  'i8x16.relaxed_laneselect': 'v128.bitselect',
  'i16x8.relaxed_laneselect': 'v128.bitselect',
  'i32x4.relaxed_laneselect': 'v128.bitselect',
  'i64x2.relaxed_laneselect': 'v128.bitselect',
  'f32x4.relaxed_min': 'f32x4.min',
  'f32x4.relaxed_max': 'f32x4.max',
  'f64x2.relaxed_min': 'f64x2.min',
  'f64x2.relaxed_max': 'f64x2.max',
  'i16x8.relaxed_q15mulr_s': 'i16x8.q15mulr_sat_s',
}

/** Functions that stand for instructions. Of relaxed ones: what the deterministic profile of the specification says. */
const MEANINGS: Readonly<Partial<Record<OpName, Meaning>>> = {
  'f32x4.relaxed_madd': multiplyAdd('f32x4', false),
  'f32x4.relaxed_nmadd': multiplyAdd('f32x4', true),
  'f64x2.relaxed_madd': multiplyAdd('f64x2', false),
  'f64x2.relaxed_nmadd': multiplyAdd('f64x2', true),
  'i16x8.relaxed_dot_i8x16_i7x16_s': vectors(2, dot),
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': vectors(3, [
    ...dot,
    ...ops('i32x4.extadd_pairwise_i16x8_s'),
    ...get(2),
    ...ops('i32x4.add'),
  ]),
  'i64.add128': wide(FOUR, 1, [
    ...[...get(0), ...get(2), ...ops('i64.add'), ...ins('local.tee', 4)],
    ...[...get(1), ...get(3), ...ops('i64.add')],
    ...[...get(4), ...get(0), ...ops('i64.lt_u', 'i64.extend_i32_u', 'i64.add')],
  ]),
  'i64.sub128': wide(FOUR, 0, [
    ...[...get(0), ...get(2), ...ops('i64.sub')],
    ...[...get(1), ...get(3), ...ops('i64.sub')],
    ...[...get(0), ...get(2), ...ops('i64.lt_u', 'i64.extend_i32_u', 'i64.sub')],
  ]),
  'i64.mul_wide_u': product([]),
  'i64.mul_wide_s': product([...unsigned(0, 1), ...unsigned(1, 0)]),
}

const LACKING = ['relaxed-simd', 'wide-arithmetic', 'custom-page-sizes'] as const

/** What stands for a module natively: itself, most often. */
export function twinOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const module = decode(bytes)
  validate(module)
  const { used } = module.features
  return LACKING.some((feature) => used.includes(feature)) ? rewritten(bytes) : bytes
}

/** Whether a module is valid, here and as what stands for it natively. */
export function isValid(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return WebAssembly.validate(twinOf(bytes))
  } catch {
    return false
  }
}

function rewritten(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const editor = new Editor(bytes)
  const { module } = editor
  const functions = new Map<OpName, number>()
  const call = (name: OpName, { locals, code, ...signature }: Meaning): number[] => {
    const known = functions.get(name) ?? editor.func(signature, locals, code)
    functions.set(name, known)
    return ins('call', known)
  }
  const isOfBytes = module.memories[0]?.type.pageSize === 1
  const onBytes = isOfBytes ? withoutBytePages(editor) : () => undefined
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined) continue
    const { locals, code } = readBody(module, body.start, body.end)
    const pieces = code.map(({ name, bytes: old }) => {
      const [same, meaning] = [SAME[name], MEANINGS[name]]
      if (same !== undefined) return opcode(same)
      return meaning === undefined ? (onBytes(name, old) ?? old) : call(name, meaning)
    })
    editor.bodies[index] = writeBody(locals, pieces)
  }
  return editor.build()
}
