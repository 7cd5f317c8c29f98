// The element type that each load and store of a register is.

import type { ElementLoad, ElementStore } from '../../3-ir/expr.ts'

export interface Width {
  /** Of the names of its view's variables: `I32_0` for memory 0. */
  readonly prefix: string
  readonly array: string
}

const BYTES: Width = { prefix: 'B', array: 'Uint8Array' }
const SHORTS: Width = { prefix: 'U16_', array: 'Uint16Array' }
const INTEGERS: Width = { prefix: 'I32_', array: 'Int32Array' }
const SINGLES: Width = { prefix: 'F32_', array: 'Float32Array' }
const LONGS: Width = { prefix: 'I64_', array: 'BigInt64Array' }
const DOUBLES: Width = { prefix: 'F64_', array: 'Float64Array' }

export const WIDTHS: Readonly<Record<ElementLoad | ElementStore, Width>> = {
  'i32.load': INTEGERS,
  'i32.load8_s': { prefix: 'I8_', array: 'Int8Array' },
  'i32.load8_u': BYTES,
  'i32.load16_s': { prefix: 'I16_', array: 'Int16Array' },
  'i32.load16_u': SHORTS,
  'f32.load': SINGLES,
  'f64.load': DOUBLES,
  'i64.load': LONGS,
  'i32.store': INTEGERS,
  'i32.store8': BYTES,
  'i32.store16': SHORTS,
  'f32.store': SINGLES,
  'f64.store': DOUBLES,
  'i64.store': LONGS,
}
