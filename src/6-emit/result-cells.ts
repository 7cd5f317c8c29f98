// The runtime's cells for results of functions behind the first, by the type of the register.

/** In wide functions an i64 that is given back is two words by then. */
export const CELLS = { i32: 'ri', f32: 'rf', f64: 'rf', ref: 'rr', i64: 'ri', i64cell: 'ri' } as const
