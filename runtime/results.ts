// Cells for the result registers after the first: result number k (k >= 1) of a raw function is in cell k - 1. There are
// enough for 1000 results (JavaScript API, "Implementation-defined limits"), each of four registers at most.

import { realm } from './realm.ts'

/** Results of type i32, and both halves of i64. */
export const ri: Int32Array = ri_find()

/** Results of type f32 and f64. */
export const rf: Float64Array = rf_find()

/** The same cells for NaNs, see `bits_nan`. */
const rf_nan: Float64Array[] = [rf]

/** Puts an f64 that may be a NaN with bits of its own into a cell. */
export function rf_put(index: number, x: number): void {
  if (x === x) rf[index] = x
  else rf_nan[0]![index] = x
}

/** Results that are references. */
export const rr: unknown[] = rr_find()

function ri_find(): Int32Array {
  if (!realm.ri) realm.ri = new Int32Array(4096)
  return realm.ri
}

function rf_find(): Float64Array {
  if (!realm.rf) realm.rf = new Float64Array(1024)
  return realm.rf
}

function rr_find(): unknown[] {
  if (!realm.rr) realm.rr = []
  return realm.rr
}
