// The element type that each load and store of a register is.

import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'

export interface Width {
  /** Of the names of its view's variables: `I32_0` for memory 0. */
  readonly prefix: string
  readonly array: string
  /** log2 of the element's size in bytes. */
  readonly shift: number
}

const BYTES: Width = { prefix: 'B', array: 'Uint8Array', shift: 0 }
const SHORTS: Width = { prefix: 'U16_', array: 'Uint16Array', shift: 1 }
const INTEGERS: Width = { prefix: 'I32_', array: 'Int32Array', shift: 2 }
const SINGLES: Width = { prefix: 'F32_', array: 'Float32Array', shift: 2 }
const DOUBLES: Width = { prefix: 'F64_', array: 'Float64Array', shift: 3 }

export const WIDTHS: Readonly<Record<LoadOp | StoreOp, Width>> = {
  'i32.load': INTEGERS,
  'i32.load8_s': { prefix: 'I8_', array: 'Int8Array', shift: 0 },
  'i32.load8_u': BYTES,
  'i32.load16_s': { prefix: 'I16_', array: 'Int16Array', shift: 1 },
  'i32.load16_u': SHORTS,
  'f32.load': SINGLES,
  'f64.load': DOUBLES,
  'i32.store': INTEGERS,
  'i32.store8': BYTES,
  'i32.store16': SHORTS,
  'f32.store': SINGLES,
  'f64.store': DOUBLES,
}

export const bytesOf = (op: LoadOp | StoreOp): number => 1 << WIDTHS[op].shift
