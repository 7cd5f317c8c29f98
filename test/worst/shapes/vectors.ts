// Shapes of what is computed with v128.

import { access, opcode } from '../../binary/code.ts'
import { get, i32, join, repeat, set } from '../code.ts'
import { body, func, list, moduleOf, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

const OPERATIONS = [
  'i8x16.add',
  'i16x8.mul',
  'i32x4.sub',
  'i64x2.mul',
  'f32x4.add',
  'f64x2.div',
  'i8x16.swizzle',
  'i16x8.extmul_low_i8x16_s',
  'i32x4.dot_i16x8_s',
  'i8x16.avgr_u',
  'f32x4.min',
  'i64x2.gt_s',
  'v128.xor',
] as const

const v128 = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([V128, V128], [V128])],
    funcs: [{ type: 0, body: body([[1, [V128]]], code) }],
    memories: [[0, 1]],
  })

const ofVectors: Shapes = Object.assign(
  {},
  ...OPERATIONS.map(
    (name): Shapes => ({
      [`${name}, left`]: (n) =>
        v128(
          join(
            get(0),
            repeat(n, () => [...get(1), ...opcode(name)]),
          ),
        ),
      [`${name}, set`]: (n) =>
        v128(
          join(
            repeat(n, () => [...get(0), ...get(1), ...opcode(name), ...set(0)]),
            get(0),
          ),
        ),
    }),
  ),
)

const many = (n: number): number => Math.min(n, 49_000)

export const VECTORS: Shapes = {
  ...ofVectors,
  'i8x16.shuffle, left': (n) =>
    v128(
      join(
        get(0),
        repeat(n, () => [...get(1), ...opcode('i8x16.shuffle'), ...list(16, (i) => (i * 7) % 32)]),
      ),
    ),
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
