// From opcode to row, by array: the walk over code looks here once for each instruction.

import { type Op, opOf, ops } from '../0-wasm/ops/index.ts'
import { SHAPE } from './shape.ts'

/** Instructions by their only opcode byte. */
export const SINGLE: readonly (Op | undefined)[] = Array.from({ length: 256 }, (_, byte) => opOf(byte))

const FIRST_PREFIX = 0xfb
const LAST_PREFIX = 0xfe

/** @returns whether a sub-opcode follows the byte. */
export const isPrefix = (byte: number): boolean => byte >= FIRST_PREFIX && byte <= LAST_PREFIX

/** Sub-opcodes above have no instructions. */
const MOST = 0x1ff

/** Instructions by prefix and sub-opcode. */
const PREFIXED: readonly (readonly (Op | undefined)[])[] = Array.from(
  { length: LAST_PREFIX - FIRST_PREFIX + 1 },
  (_, prefix) => Array.from({ length: MOST + 1 }, (_, sub) => opOf(((FIRST_PREFIX + prefix) << 12) | sub)),
)

/** @returns the instruction with a prefix and a sub-opcode. */
export const prefixedOp = (prefix: number, sub: number): Op | undefined => PREFIXED[prefix - FIRST_PREFIX]![sub]

/** Shapes of immediates that are not named after the first of them, or stand for several. */
const OTHER_SHAPES: Readonly<Record<string, number>> = {
  'block catches': SHAPE.catches,
  'memarg lane': SHAPE.memargLane,
  'atomic': SHAPE.memarg,
  'v128': SHAPE.words,
  'lanes': SHAPE.words,
}

function shapeOf({ name, immediates }: Op): number {
  if (name === 'end') return SHAPE.end
  if (name === 'delegate') return SHAPE.delegate
  const other = OTHER_SHAPES[immediates.join(' ')]
  if (other !== undefined) return other
  const [first] = immediates
  if (first === undefined) return SHAPE.none
  if (first in SHAPE) return SHAPE[first as keyof typeof SHAPE]
  return immediates.length === 2 ? SHAPE.twoIndices : SHAPE.index
}

/** The shape of each instruction, by `Op.id`. */
export const SHAPES: Readonly<Uint8Array> = Uint8Array.from(ops, shapeOf)
