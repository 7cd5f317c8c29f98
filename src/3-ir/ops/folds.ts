// What ops give for constants.

import type { OpsOfType } from './rows.ts'

/** Two signed words to any integer with the bits of the result. */
export type Fold = (x: number, y: number) => number

type WordOp = OpsOfType<'i32 i32 -> i32'>

export const FOLDS: { readonly [Op in WordOp]?: Fold } = {
  'i32.add': (x, y) => x + y,
  'i32.sub': (x, y) => x - y,
  'i32.mul': Math.imul,
  'i32.and': (x, y) => x & y,
  'i32.or': (x, y) => x | y,
  'i32.xor': (x, y) => x ^ y,
  'i32.shl': (x, y) => x << y,
  'i32.shr_s': (x, y) => x >> y,
  'i32.shr_u': (x, y) => x >>> y,
  'i32.eq': (x, y) => Number(x === y),
  'i32.ne': (x, y) => Number(x !== y),
  'i32.lt_s': (x, y) => Number(x < y),
  'i32.lt_u': (x, y) => Number(x >>> 0 < y >>> 0),
  'i32.gt_s': (x, y) => Number(x > y),
  'i32.gt_u': (x, y) => Number(x >>> 0 > y >>> 0),
  'i32.le_s': (x, y) => Number(x <= y),
  'i32.le_u': (x, y) => Number(x >>> 0 <= y >>> 0),
  'i32.ge_s': (x, y) => Number(x >= y),
  'i32.ge_u': (x, y) => Number(x >>> 0 >= y >>> 0),
}

/** Ops that give back the left operand when the right one is this constant. */
export const RIGHT_IDENTITIES: { readonly [Op in WordOp]?: number } = {
  'i32.add': 0,
  'i32.sub': 0,
  'i32.or': 0,
  'i32.xor': 0,
  'i32.shl': 0,
  'i32.shr_s': 0,
  'i32.shr_u': 0,
  'i32.and': -1,
  'i32.mul': 1,
}
