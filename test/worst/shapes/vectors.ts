// Shapes of what is computed with v128.

import { type Op, ops } from '../../../src/0-wasm/ops/index.ts'
import { access, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { get, i32, join, repeat, set } from '../code.ts'
import { body, F32, F64, func, I32, I64, list, moduleOf, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

type Type = 'v128' | NumName

/** Parameters whose value only the caller knows: 0 and 1 are vectors, then there is one of each number type. */
const PARAM: Record<Type, number> = { v128: 1, i32: 2, i64: 3, f32: 4, f64: 5 }

const SPLATS = { i32: 'i32x4.splat', i64: 'i64x2.splat', f32: 'f32x4.splat', f64: 'f64x2.splat' } as const
const LANES = {
  i32: 'i32x4.extract_lane',
  i64: 'i64x2.extract_lane',
  f32: 'f32x4.extract_lane',
  f64: 'f64x2.extract_lane',
} as const

const v128 = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([V128, V128, I32, I64, F32, F64], [V128])],
    funcs: [{ type: 0, body: body([], code) }],
    memories: [[0, 1]],
  })

/** A value as one of another type, by way of a vector. */
function convert(from: Type, to: Type): number[] {
  if (from === to) return []
  const back = to === 'v128' ? [] : [...opcode(LANES[to]), 0]
  return [...(from === 'v128' ? [] : opcode(SPLATS[from])), ...back]
}

const IMMEDIATES: Record<string, readonly number[]> = {
  memarg: [0, 0],
  lane: [0],
  lanes: list(16, (i) => (i * 7) % 32),
}

/** For an instruction: a chain in its first operand, and one through that parameter; without a result, a row. */
function chainsOf({ name, type, immediates }: Op): Shapes {
  const [first, ...others] = type!.params.map((each) => (each === 'addr' ? 'i32' : each)) as [Type, ...Type[]]
  const [result] = type!.results as Type[]
  const rest = [
    ...others.flatMap((param) => get(PARAM[param])),
    ...opcode(name),
    ...immediates.flatMap((each) => IMMEDIATES[each]!),
  ]
  const back = result === undefined ? [] : convert(result, first)
  const start = first === 'v128' ? 0 : PARAM[first]
  const value = [...get(start), ...rest, ...back]
  if (result === undefined)
    return {
      [name]: (n) =>
        v128(
          join(
            repeat(n, () => value),
            get(0),
          ),
        ),
    }
  return {
    [`${name}, left`]: (n) =>
      v128(
        join(
          get(start),
          repeat(n, () => [...rest, ...back]),
          convert(first, 'v128'),
        ),
      ),
    [`${name}, set`]: (n) =>
      v128(
        join(
          repeat(n, () => [...value, ...set(start)]),
          get(start),
          convert(first, 'v128'),
        ),
      ),
  }
}

/** Every instruction on vectors but constants. */
const ofVectors: Shapes = Object.assign(
  {},
  ...ops
    .filter(({ name, feature }) => (feature === 'simd' || feature === 'relaxed-simd') && name !== 'v128.const')
    .map(chainsOf),
)

const many = (n: number): number => Math.min(n, 49_000)

/** How many vectors a function of `loopsThatHandOn` has. */
const MANY_VECTORS = 10_000

/** As in hash functions of several messages at once, one such loop behind the other. */
const loopsThatHandOn = (n: number): Uint8Array<ArrayBuffer> => {
  const copies = [8, 7, 6, 5, 4, 3].flatMap((to) => [...get(to - 1), ...set(to)])
  const leave = [...get(0), ...opcode('i32.eqz'), ...ins('br_if', 1), ...ins('br', 0)]
  const one = [...open('block', undefined), ...open('loop', undefined), ...copies, ...leave, END, END]
  return moduleOf({
    types: [func([I32], [V128])],
    funcs: [
      {
        type: 0,
        body: body(
          [[MANY_VECTORS, [V128]]],
          join(
            repeat(n, () => one),
            get(1),
          ),
        ),
      },
    ],
  })
}

export const VECTORS: Shapes = {
  ...ofVectors,
  'loops that hand vectors on': loopsThatHandOn,
  'select of v128': (n) =>
    v128(
      join(
        get(0),
        repeat(n, () => [...get(1), ...get(0), ...opcode('v128.any_true'), 0x1b]),
      ),
    ),
  'v128.bitselect': (n) =>
    v128(
      join(
        get(0),
        repeat(n, () => [...get(1), ...get(0), ...opcode('v128.bitselect')]),
      ),
    ),
  'v128.load and v128.store': (n) =>
    v128(
      join(
        repeat(n, (i) => [...i32(0), ...i32(0), ...access('v128.load', 16 * i), ...access('v128.store', 16 * i)]),
        get(0),
      ),
    ),
  'a high stack of v128': (n) =>
    v128(
      join(
        repeat(many(n), () => get(0)),
        repeat(many(n) - 1, () => opcode('i32x4.add')),
      ),
    ),
}
