// From opcode to row, by array: the walk over code looks here once for each instruction.

import type { Feature } from '../0-wasm/features.ts'
import { type Op, opOf, ops } from '../0-wasm/ops/index.ts'

/** Prefix byte of the saturating conversions, bulk memory and some table instructions. */
export const MISC_PREFIX = 0xfc

/** Instructions by their only opcode byte. */
export const SINGLE: readonly (Op | undefined)[] = Array.from({ length: 256 }, (_, byte) => opOf(byte))

/** @returns the instruction behind `0xfc`. */
export const miscOp = (sub: number): Op | undefined => (sub < 0x1000 ? opOf((MISC_PREFIX << 12) | sub) : undefined)

/** How the immediates of an instruction are encoded. */
export const SHAPE = {
  none: 0,
  index: 1,
  twoIndices: 2,
  memarg: 3,
  block: 4,
  end: 5,
  i32: 6,
  i64: 7,
  f32: 8,
  f64: 9,
  labels: 10,
  types: 11,
  heaptype: 12,
} as const

function shapeOf({ name, immediates }: Op): number {
  if (name === 'end') return SHAPE.end
  const [first] = immediates
  if (first === undefined) return SHAPE.none
  if (first in SHAPE) return SHAPE[first as keyof typeof SHAPE]
  return immediates.length === 2 ? SHAPE.twoIndices : SHAPE.index
}

/** The shape of each instruction, by `Op.id`. */
export const SHAPES: Readonly<Uint8Array> = Uint8Array.from(ops, shapeOf)

const FOREIGN: Readonly<Record<number, Feature>> = {
  6: 'legacy-exceptions',
  7: 'legacy-exceptions',
  9: 'legacy-exceptions',
  24: 'legacy-exceptions',
  25: 'legacy-exceptions',
  8: 'exceptions',
  10: 'exceptions',
  31: 'exceptions',
  20: 'function-references',
  21: 'function-references',
  211: 'gc',
  212: 'function-references',
  213: 'function-references',
  214: 'function-references',
  251: 'gc',
  253: 'simd',
  254: 'threads',
}

/** First sub-opcode of relaxed SIMD behind `0xfd`. */
const RELAXED_SIMD = 0x100

/**
 * The feature that an opcode without a row belongs to, undefined if none is known.
 *
 * @param sub the sub-opcode, for prefix bytes
 */
export const foreignFeature = (byte: number, sub: number): Feature | undefined =>
  byte === 0xfd && sub >= RELAXED_SIMD ? 'relaxed-simd' : FOREIGN[byte]

/** @returns whether a sub-opcode follows the byte. */
export const isPrefix = (byte: number): boolean => byte >= 0xfb && byte <= 0xfe
