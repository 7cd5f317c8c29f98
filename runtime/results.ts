// Cells for the result registers after the first: result number k (k >= 1) of a raw function is in cell k - 1.

import { realm } from './realm.ts'

/** Results of type i32, and both halves of i64. */
export const ri: Int32Array = realm.ri

/** Results of type f32 and f64. */
export const rf: Float64Array = realm.rf

/** Results that are references. */
export const rr: unknown[] = realm.rr
