// How many bytes loads and stores access, and the type of the register.

import type { LoadOp, StoreOp } from './expr.ts'
import type { RegType } from './ir.ts'

const SHIFTS: Readonly<Record<LoadOp | StoreOp, number>> = {
  'i32.load': 2,
  'i32.load8_s': 0,
  'i32.load8_u': 0,
  'i32.load16_s': 1,
  'i32.load16_u': 1,
  'i64.load': 3,
  'i64.load8_s': 0,
  'i64.load8_u': 0,
  'i64.load16_s': 1,
  'i64.load16_u': 1,
  'i64.load32_s': 2,
  'i64.load32_u': 2,
  'f32.load': 2,
  'f64.load': 3,
  'i32.store': 2,
  'i32.store8': 0,
  'i32.store16': 1,
  'i64.store': 3,
  'i64.store8': 0,
  'i64.store16': 1,
  'i64.store32': 2,
  'f32.store': 2,
  'f64.store': 3,
}

/** log2 of the bytes. */
export const shiftOf = (op: LoadOp | StoreOp): number => SHIFTS[op]

export const bytesOf = (op: LoadOp | StoreOp): number => 1 << SHIFTS[op]

/** The type of the register that a load sets: what stands before the point. */
export const loadedType = (op: LoadOp): RegType => op.slice(0, op.indexOf('.')) as RegType
