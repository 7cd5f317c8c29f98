// Memory accesses. Addresses here are effective: the i32 address, unsigned, plus the offset; at most 2^33.

import { bits_f64, bits_high, bits_i32, bits_low, bits_put } from './bits.ts'
import { f32_reinterpret_i32, i32_reinterpret_f32 } from './float.ts'
import { trap_memory } from './traps.ts'

// By DataView (`--engine jit`): f32 goes through a number, except that a NaN keeps its bits by way of an integer.

export function f32_load(view: DataView, p: number): number {
  const x = view.getFloat32(p, true)
  if (x === x) return x
  const bits = view.getInt32(p, true)
  // The canonical NaN, which some programs store for "undefined", is the one that engines take for NaN.
  return bits === 0x7fc00000 ? NaN : f32_reinterpret_i32(bits)
}

export function f32_store(view: DataView, p: number, x: number): void {
  if (x === x) view.setFloat32(p, x, true)
  else view.setInt32(p, i32_reinterpret_f32(x), true)
}

/** An f64 that may be a NaN with bits of its own. Engines quiet a signalling one, which changes its high word only. */
export function f64_store(view: DataView, p: number, x: number): void {
  view.setFloat64(p, x, true)
  if (x !== x) f64_store_high(view, p + 4, x)
}

function f64_store_high(view: DataView, p: number, x: number): void {
  bits_put(x)
  view.setInt32(p, bits_i32[bits_high]!, true)
}

// By bytes (`--engine interpreter`): what the guarded typed-array access does not cover, which is an address that is not
// aligned, or outside, or any on a big-endian host.

export function slow_i32_load(u8: Uint8Array, p: number): number {
  if (p + 4 > u8.length) throw trap_memory()
  return u8[p]! | (u8[p + 1]! << 8) | (u8[p + 2]! << 16) | (u8[p + 3]! << 24)
}

/** The low word of an i64 whose high word nobody needs. */
export function slow_i64_load_low(u8: Uint8Array, p: number): number {
  if (p + 8 > u8.length) throw trap_memory()
  return slow_i32_load(u8, p)
}

export function slow_i32_load8_u(u8: Uint8Array, p: number): number {
  if (p >= u8.length) throw trap_memory()
  return u8[p]!
}

export function slow_i32_load8_s(u8: Uint8Array, p: number): number {
  return (slow_i32_load8_u(u8, p) << 24) >> 24
}

export function slow_i32_load16_u(u8: Uint8Array, p: number): number {
  if (p + 2 > u8.length) throw trap_memory()
  return u8[p]! | (u8[p + 1]! << 8)
}

export function slow_i32_load16_s(u8: Uint8Array, p: number): number {
  return (slow_i32_load16_u(u8, p) << 16) >> 16
}

export function slow_f32_load(u8: Uint8Array, p: number): number {
  return f32_reinterpret_i32(slow_i32_load(u8, p))
}

export function slow_f64_load(u8: Uint8Array, p: number): number {
  if (p + 8 > u8.length) throw trap_memory()
  bits_i32[bits_low] = slow_i32_load(u8, p)
  bits_i32[bits_high] = slow_i32_load(u8, p + 4)
  return bits_f64[0]!
}

export function slow_i32_store(u8: Uint8Array, p: number, x: number): void {
  if (p + 4 > u8.length) throw trap_memory()
  u8[p] = x
  u8[p + 1] = x >> 8
  u8[p + 2] = x >> 16
  u8[p + 3] = x >> 24
}

export function slow_i32_store16(u8: Uint8Array, p: number, x: number): void {
  if (p + 2 > u8.length) throw trap_memory()
  u8[p] = x
  u8[p + 1] = x >> 8
}

export function slow_i32_store8(u8: Uint8Array, p: number, x: number): void {
  if (p >= u8.length) throw trap_memory()
  u8[p] = x
}

export function slow_f32_store(u8: Uint8Array, p: number, x: number): void {
  slow_i32_store(u8, p, i32_reinterpret_f32(x))
}

export function slow_f64_store(u8: Uint8Array, p: number, x: number): void {
  if (p + 8 > u8.length) throw trap_memory()
  bits_put(x)
  slow_i32_store(u8, p, bits_i32[bits_low]!)
  slow_i32_store(u8, p + 4, bits_i32[bits_high]!)
}
