// How many bytes loads and stores of a register access, and the register's type.

import type { LoadOp, RegType, StoreOp } from './ir.ts'

const SHIFTS: Readonly<Record<LoadOp | StoreOp, number>> = {
  'i32.load': 2,
  'i32.load8_s': 0,
  'i32.load8_u': 0,
  'i32.load16_s': 1,
  'i32.load16_u': 1,
  'f32.load': 2,
  'f64.load': 3,
  'i64.load': 3,
  'i32.store': 2,
  'i32.store8': 0,
  'i32.store16': 1,
  'f32.store': 2,
  'f64.store': 3,
  'i64.store': 3,
}

/** log2 of the bytes. */
export const shiftOf = (op: LoadOp | StoreOp): number => SHIFTS[op]

export const bytesOf = (op: LoadOp | StoreOp): number => 1 << SHIFTS[op]

const LOADED: Partial<Record<LoadOp, RegType>> = { 'f32.load': 'f32', 'f64.load': 'f64', 'i64.load': 'i64' }

/** The type of the register that a load sets. */
export const loadedType = (op: LoadOp): RegType => LOADED[op] ?? 'i32'
