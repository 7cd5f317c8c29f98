// Which instructions there are, and how long each is: what is known of code without the compiler. The table says in short what
// that of the compiler says (0-wasm/ops), as a test compares.

import type { Reader } from '../1-decode/reader.ts'
import { SHAPE, type Shape } from '../1-decode/shape.ts'
import { isTypeCode, readHeapType, readValType, type Use } from '../1-decode/types.ts'

/** First and last opcode, and how the immediates of all between them are encoded. */
type Range = readonly [first: number, last: number, shape: Shape]

const { none, index, twoIndices, memarg, lane, heaptype } = SHAPE

const SINGLE: readonly Range[] = [
  [0x00, 0x01, none],
  [0x02, 0x04, SHAPE.block],
  [0x05, 0x05, none],
  [0x06, 0x06, SHAPE.block],
  [0x07, 0x09, index],
  [0x0a, 0x0a, none],
  [0x0b, 0x0b, SHAPE.end],
  [0x0c, 0x0d, index],
  [0x0e, 0x0e, SHAPE.labels],
  [0x0f, 0x0f, none],
  [0x10, 0x10, index],
  [0x11, 0x11, twoIndices],
  [0x12, 0x12, index],
  [0x13, 0x13, twoIndices],
  [0x14, 0x15, index],
  [0x18, 0x18, SHAPE.delegate],
  [0x19, 0x1b, none],
  [0x1c, 0x1c, SHAPE.types],
  [0x1f, 0x1f, SHAPE.catches],
  [0x20, 0x26, index],
  [0x28, 0x3e, memarg],
  [0x3f, 0x40, index],
  [0x41, 0x41, SHAPE.i32],
  [0x42, 0x42, SHAPE.i64],
  [0x43, 0x43, SHAPE.f32],
  [0x44, 0x44, SHAPE.f64],
  [0x45, 0xc4, none],
  [0xd0, 0xd0, heaptype],
  [0xd1, 0xd1, none],
  [0xd2, 0xd2, index],
  [0xd3, 0xd4, none],
  [0xd5, 0xd6, index],
]

/** By prefix. */
const PREFIXED: Readonly<Record<number, readonly Range[]>> = {
  251: [
    [0x00, 0x01, index],
    [0x02, 0x05, twoIndices],
    [0x06, 0x07, index],
    [0x08, 0x0a, twoIndices],
    [0x0b, 0x0e, index],
    [0x0f, 0x0f, none],
    [0x10, 0x10, index],
    [0x11, 0x13, twoIndices],
    [0x14, 0x17, heaptype],
    [0x18, 0x19, SHAPE.cast],
    [0x1a, 0x1e, none],
  ],
  252: [
    [0x00, 0x07, none],
    [0x08, 0x08, twoIndices],
    [0x09, 0x09, index],
    [0x0a, 0x0a, twoIndices],
    [0x0b, 0x0b, index],
    [0x0c, 0x0c, twoIndices],
    [0x0d, 0x0d, index],
    [0x0e, 0x0e, twoIndices],
    [0x0f, 0x11, index],
    [0x13, 0x16, none],
  ],
  253: [
    [0x00, 0x0b, memarg],
    [0x0c, 0x0d, SHAPE.words],
    [0x0e, 0x14, none],
    [0x15, 0x22, lane],
    [0x23, 0x53, none],
    [0x54, 0x5b, SHAPE.memargLane],
    [0x5c, 0x5d, memarg],
    [0x5e, 0x99, none],
    [0x9b, 0xa1, none],
    [0xa3, 0xa4, none],
    [0xa7, 0xae, none],
    [0xb1, 0xb1, none],
    [0xb5, 0xba, none],
    [0xbc, 0xc1, none],
    [0xc3, 0xc4, none],
    [0xc7, 0xce, none],
    [0xd1, 0xd1, none],
    [0xd5, 0xe1, none],
    [0xe3, 0xed, none],
    [0xef, 0x113, none],
  ],
  254: [
    [0x00, 0x02, memarg],
    [0x03, 0x03, SHAPE.zero],
    [0x10, 0x4e, memarg],
  ],
}

/** @param sub behind a prefix. @returns undefined: there is no such instruction */
export const shapeOf = (byte: number, sub?: number): Shape | undefined =>
  (sub === undefined ? SINGLE : PREFIXED[byte])?.find(([first, last]) =>
    sub === undefined ? first <= byte && byte <= last : first <= sub && sub <= last,
  )?.[2]

/** Opcodes in constant expressions, those with a prefix as in 0-wasm/ops. */
const CONSTANT: readonly (readonly [first: number, last: number])[] = [
  [0x0b, 0x0b],
  [0x23, 0x23],
  [0x41, 0x44],
  [0x6a, 0x6c],
  [0x7c, 0x7e],
  [0xd0, 0xd0],
  [0xd2, 0xd2],
  [0xfb_000, 0xfb_001],
  [0xfb_006, 0xfb_008],
  [0xfb_01a, 0xfb_01c],
  [0xfd_00c, 0xfd_00c],
]

/** @param sub behind a prefix */
export function isConstant(byte: number, sub?: number): boolean {
  const opcode = sub === undefined ? byte : (byte << 12) | sub
  return CONSTANT.some(([first, last]) => first <= opcode && opcode <= last)
}

/** Steps over instructions up to the `end` of the outermost block. Throws CompileError for what is none, or not constant. */
export function skipExpression(reader: Reader, use: Use, needsConstants = false): void {
  for (let depth = 0; depth >= 0; ) {
    const offset = reader.pos
    const byte = reader.byte()
    const sub = byte in PREFIXED ? reader.u32() : undefined
    const shape = shapeOf(byte, sub)
    if (shape === undefined) throw reader.fail('illegal opcode', offset)
    if (needsConstants && !isConstant(byte, sub)) throw reader.fail('constant expression required', offset)
    if (shape === SHAPE.block || shape === SHAPE.catches) depth++
    if (shape === SHAPE.end || shape === SHAPE.delegate) depth--
    skipImmediates(reader, shape, use)
  }
}

const BYTES = { [SHAPE.lane]: 1, [SHAPE.f32]: 4, [SHAPE.f64]: 8, [SHAPE.words]: 16 } as const

function skipImmediates(reader: Reader, shape: Shape, use: Use): void {
  switch (shape) {
    case SHAPE.none:
    case SHAPE.end:
      break
    case SHAPE.index:
    case SHAPE.delegate:
      reader.u32()
      break
    case SHAPE.twoIndices:
      reader.u32()
      reader.u32()
      break
    case SHAPE.i32:
      reader.s32()
      break
    case SHAPE.i64:
      reader.s64()
      break
    case SHAPE.f32:
    case SHAPE.f64:
    case SHAPE.words:
    case SHAPE.lane:
      reader.range(BYTES[shape])
      break
    case SHAPE.zero:
      if (reader.byte() !== 0) throw reader.fail('zero byte expected', reader.pos - 1)
      break
    case SHAPE.heaptype:
      readHeapType(reader, use)
      break
    case SHAPE.types:
      for (let left = reader.u32(); left > 0; left--) readValType(reader, use)
      break
    case SHAPE.labels:
      for (let left = reader.u32(); left >= 0; left--) reader.u32()
      break
    case SHAPE.cast:
      if (reader.byte() > 3) throw reader.fail('malformed cast flags', reader.pos - 1)
      reader.u32()
      readHeapType(reader, use)
      readHeapType(reader, use)
      break
    case SHAPE.block:
      skipBlockType(reader, use)
      break
    case SHAPE.catches:
      skipBlockType(reader, use)
      skipCatches(reader)
      break
    case SHAPE.memarg:
      skipMemarg(reader)
      break
    case SHAPE.memargLane:
      skipMemarg(reader)
      reader.byte()
      break
    default:
      shape satisfies never
  }
}

const NO_BLOCK_TYPE = 0x40

/** Nothing, the type of a result, or an index, which is not negative. */
function skipBlockType(reader: Reader, use: Use): void {
  if (reader.peek() === NO_BLOCK_TYPE) reader.pos++
  else if (isTypeCode(reader.peek())) readValType(reader, use)
  else if (reader.s33() < 0) throw reader.fail('malformed block type')
}

/** Of which the second half name no tag. */
const CATCHES = 4

function skipCatches(reader: Reader): void {
  for (let left = reader.u32(); left > 0; left--) {
    const kind = reader.byte()
    if (kind >= CATCHES) throw reader.fail('malformed catch clause', reader.pos - 1)
    if (kind < CATCHES / 2) reader.u32()
    reader.u32()
  }
}

const HAS_MEMORY_INDEX = 0x40

function skipMemarg(reader: Reader): void {
  const flags = reader.u32()
  if (flags >= 2 * HAS_MEMORY_INDEX) throw reader.fail('malformed memop flags')
  if (flags >= HAS_MEMORY_INDEX) reader.u32()
  reader.u64()
}
