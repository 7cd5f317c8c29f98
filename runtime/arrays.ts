// Arrays. An array is an object whose `d` has an element for each of its own: a typed array of numbers, or an Array of
// references. The high words of i64 elements are in `h`; a v128 has its words in `d`, `h`, `y` and `z`. An f32 is in 64 bits, as everywhere (float.ts), so that a signalling NaN
// keeps its mark.

import { f32_reinterpret_i32, f64_reinterpret_i64 } from './float.ts'
import type { HeapObject } from './heap-types.ts'
import { trap, trap_array } from './traps.ts'

type Elements = Int8Array | Int16Array | Int32Array | Float64Array | unknown[]

/** An array. */
export interface ArrayObject extends HeapObject {
  readonly d: Elements
  readonly h?: Int32Array
  readonly y?: Int32Array
  readonly z?: Int32Array
}

/** A constructor of arrays of one type. */
type ArrayClass = new (d: Elements, h?: Elements, y?: Elements, z?: Elements) => ArrayObject

/** How elements are held: `b` i8, `s` i16, `i` i32, `I` i64, `v` v128, `f` f32, `d` f64, `r` references. */
type Storage = 'b' | 's' | 'i' | 'I' | 'v' | 'f' | 'd' | 'r'

/** More elements than this trap: as many as V8 lets an array have. */
const array_limit = 134217727

/** Zeros to make an array of. */
export function array_i8(n: number): Int8Array {
  return new Int8Array(array_size(n))
}

export function array_i16(n: number): Int16Array {
  return new Int16Array(array_size(n))
}

export function array_i32(n: number): Int32Array {
  return new Int32Array(array_size(n))
}

export function array_f64(n: number): Float64Array {
  return new Float64Array(array_size(n))
}

/** A new array of i64 elements, all the same. */
export function array_new_I(made: ArrayClass, low: number, high: number, n: number): ArrayObject {
  return new made(array_words(low, n), array_words(high, n))
}

/** A new array of v128 elements, all the same. */
export function array_new_v(made: ArrayClass, d: number, h: number, y: number, z: number, n: number): ArrayObject {
  return new made(array_words(d, n), array_words(h, n), array_words(y, n), array_words(z, n))
}

function array_words(word: number, n: number): Elements {
  return array_all(array_i32(n), word)
}

/** `n` times a reference. */
export function array_ref(v: unknown, n: number): unknown[] {
  const size = array_size(n)
  // Engines keep an array that grows in a fast form, and may not one that is made very large.
  const made: unknown[] = size < 1000000 ? new Array(size) : []
  for (let i = 0; i < size; i++) made[i] = v
  return made
}

function array_size(n: number): number {
  if (n >>> 0 > array_limit) throw trap('requested new array is too large')
  return n
}

/** @returns the typed array, each element set */
export function array_all(d: Elements, v: unknown): Elements {
  return array_each(d, v, 0, d.length)
}

function array_each(d: Elements, v: unknown, from: number, to: number): Elements {
  for (let i = from; i < to; i++) d[i] = v as number
  return d
}

/** @param values as many as `d` has elements, and perhaps more, so that engines do not quiet NaNs among them */
export function array_of(d: Elements, values: readonly unknown[]): Elements {
  for (let i = 0; i < d.length; i++) d[i] = values[i] as number
  return d
}

/** A new array of the values of a tuple (tuples.ts). */
export function array_of_tuple(made: ArrayClass, storage: Storage, t: readonly unknown[]): ArrayObject {
  if (storage === 'r') return new made(t.slice())
  const step = storage === 'v' ? 4 : storage === 'I' || storage === 'd' ? 2 : 1
  const a = array_new_zeros(made, storage, t.length / step)
  for (let i = 0; i < a.d.length; i++) {
    const at = i * step
    const low = t[at] as number
    const high = t[at + 1] as number
    a.d[i] = storage === 'f' ? f32_reinterpret_i32(low) : storage === 'd' ? f64_reinterpret_i64(low, high) : low
    if (a.h) a.h[i] = high
    if (!a.y) continue
    a.y[i] = t[at + 2] as number
    a.z![i] = t[at + 3] as number
  }
  return a
}

function array_check(a: ArrayObject, i: number, n: number): void {
  if ((i >>> 0) + (n >>> 0) > a.d.length) throw trap_array()
}

export function array_fill(a: ArrayObject, i: number, v: unknown, n: number): void {
  array_check(a, i, n)
  array_each(a.d, v, i, i + n)
}

/** Of i64 elements. */
export function array_fill_I(a: ArrayObject, i: number, low: number, high: number, n: number): void {
  array_fill(a, i, low, n)
  array_each(a.h!, high, i, i + n)
}

/** Of v128 elements. */
export function array_fill_v(a: ArrayObject, i: number, d: number, h: number, y: number, z: number, n: number): void {
  array_fill_I(a, i, d, h, n)
  array_each(a.y!, y, i, i + n)
  array_each(a.z!, z, i, i + n)
}

/** Copies `n` elements, as if all were read first. */
export function array_copy(a: ArrayObject, i: number, b: ArrayObject, j: number, n: number): void {
  array_check(a, i, n)
  array_check(b, j, n)
  array_move(a.d, i, b.d, j, n)
  if (a.h) array_move(a.h, i, b.h!, j, n)
  if (!a.y) return
  array_move(a.y, i, b.y!, j, n)
  array_move(a.z!, i, b.z!, j, n)
}

function array_move(to: Elements, i: number, from: Elements, j: number, n: number): void {
  if (i <= j) for (let k = 0; k < n; k++) to[i + k] = from[j + k] as number
  else for (let k = n - 1; k >= 0; k--) to[i + k] = from[j + k] as number
}

const array_widths: Record<string, number> = { b: 1, s: 2, i: 4, I: 8, v: 16, f: 4, d: 8 }

/** Sets `n` elements to what stands in `bytes` from `s` on. */
export function array_init_data(
  a: ArrayObject,
  i: number,
  storage: Storage,
  bytes: Uint8Array,
  s: number,
  n: number,
): void {
  array_check(a, i, n)
  array_check_data(storage, bytes, s, n)
  array_read(a, i, storage, bytes, s, n)
}

function array_check_data(storage: Storage, bytes: Uint8Array, s: number, n: number): void {
  if ((s >>> 0) + (n >>> 0) * array_widths[storage]! > bytes.length) throw trap('data segment out of bounds')
}

function array_read(a: ArrayObject, i: number, storage: Storage, bytes: Uint8Array, s: number, n: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const width = array_widths[storage]!
  for (let k = 0; k < n; k++) {
    const at = s + k * width
    a.d[i + k] = array_element(view, at, storage)
    if (a.h) a.h[i + k] = view.getInt32(at + 4, true)
    if (!a.y) continue
    a.y[i + k] = view.getInt32(at + 8, true)
    a.z![i + k] = view.getInt32(at + 12, true)
  }
}

/** An element, the lowest word of one that has several. */
function array_element(view: DataView, at: number, storage: Storage): number {
  switch (storage) {
    case 'b':
      return view.getInt8(at)
    case 's':
      return view.getInt16(at, true)
    case 'f':
      return f32_reinterpret_i32(view.getInt32(at, true))
    case 'd':
      return f64_reinterpret_i64(view.getInt32(at, true), view.getInt32(at + 4, true))
    default:
      return view.getInt32(at, true)
  }
}

/** A new array of what stands in `bytes`. */
export function array_new_data(
  made: ArrayClass,
  storage: Storage,
  bytes: Uint8Array,
  s: number,
  n: number,
): ArrayObject {
  array_check_data(storage, bytes, s, n)
  const a = array_new_zeros(made, storage, n)
  array_read(a, 0, storage, bytes, s, n)
  return a
}

function array_new_zeros(made: ArrayClass, storage: Storage, n: number): ArrayObject {
  if (storage === 'I') return array_new_I(made, 0, 0, n)
  return storage === 'v' ? array_new_v(made, 0, 0, 0, 0, n) : new made(array_zeros(storage, n))
}

function array_zeros(storage: Storage, n: number): Elements {
  if (storage === 'b') return array_i8(n)
  if (storage === 's') return array_i16(n)
  return storage === 'i' ? array_i32(n) : array_f64(n)
}

function array_check_elems(elems: readonly unknown[], s: number, n: number): void {
  if ((s >>> 0) + (n >>> 0) > elems.length) throw trap('element segment out of bounds')
}

/** Sets `n` elements to those of a segment from `s` on. */
export function array_init_elem(a: ArrayObject, i: number, elems: readonly unknown[], s: number, n: number): void {
  array_check(a, i, n)
  array_check_elems(elems, s, n)
  for (let k = 0; k < n; k++) a.d[i + k] = elems[s + k] as number
}

/** A new array of elements of a segment. */
export function array_new_elem(made: ArrayClass, elems: readonly unknown[], s: number, n: number): ArrayObject {
  array_check_elems(elems, s, n)
  return new made(elems.slice(s, s + n))
}
