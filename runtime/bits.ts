// Cells to look at the bits of a number.

/** An f64 ... */
export const bits_f64: Float64Array = new Float64Array(1)

/** ... as two int32: `bits_low` and `bits_high` are their indices. */
export const bits_i32: Int32Array = new Int32Array(bits_f64.buffer)

/**
 * The cell of `bits_f64` for NaNs. V8 14's middle tier quiets a signalling NaN wherever it stores a double into a
 * Float64Array that it knows as a constant, or by `setFloat64`; what it reads from an array is no constant to it.
 */
export const bits_nan: Float64Array[] = [bits_f64]

/** Puts a number or any NaN into `bits_f64`. */
export function bits_put(x: number): void {
  if (x === x) bits_f64[0] = x
  else bits_nan[0]![0] = x
}

/** An f32 ... */
export const bits_f32: Float32Array = new Float32Array(1)

/** ... as an int32. */
export const bits_f32_i32: Int32Array = new Int32Array(bits_f32.buffer)

/** Index of the high half of an f64: 1 on a little-endian host. */
export const bits_high: number = new Uint8Array(new Int32Array([1]).buffer)[0]!

/** Index of the low half of an f64. */
export const bits_low: number = 1 - bits_high
