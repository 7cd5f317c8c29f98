// Which instructions look at the bits of a NaN, and which hand them on. All others compute with the number, and a NaN
// they give is arithmetic whatever went in (spec, "Numerics / Floating-Point Operations / NaN Propagation").

import type { IrOp } from './ops/index.ts'

/** Change only the sign of a NaN. */
export const MOVES_NAN: ReadonlySet<IrOp> = new Set<IrOp>(['f32.neg', 'f64.neg', 'f32.abs', 'f64.abs'])

/** Look at the bits of their float operands. */
export const READS_NAN: ReadonlySet<IrOp> = new Set<IrOp>([
  ...MOVES_NAN,
  'f32.copysign',
  'f64.copysign',
  'i32.reinterpret_f32',
  'pair.reinterpret_f64',
])

/** May result in a NaN that is not arithmetic. */
export const KEEPS_NAN: ReadonlySet<IrOp> = new Set<IrOp>([
  ...MOVES_NAN,
  'f32.copysign',
  'f64.copysign',
  'f32.reinterpret_i32',
  'f64.reinterpret_pair',
])
