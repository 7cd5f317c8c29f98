// The builtins of `wasm:js-string` (JS API, "String Builtins"). Positions and lengths are unsigned words; what should be a string
// and is none traps, as does what is out of bounds. A string is a row of units of 16 bits.

import type { ArrayObject } from './arrays.ts'
import type { Raw } from './func.ts'
import { foreign, trap, trap_array, trap_cast, trap_null } from './traps.ts'

/** The engine's own, whatever a program puts in its place later. */
const string_units: (...units: number[]) => string = String.fromCharCode

/** Units that are made a string at a time: engines limit how many arguments a call has. */
const string_piece = 4096

/** A builtin as a function of its own: instances share none. */
export function builtin_func(builtin: (a: never, b: never, c: never) => unknown): Raw {
  return function (a: never, b: never, c: never): unknown {
    return builtin(a, b, c)
  }
}

export function string_test(s: unknown): number {
  return typeof s === 'string' ? 1 : 0
}

export function string_cast(s: unknown): string {
  if (typeof s !== 'string') throw trap_cast()
  return s
}

export function string_length(s: unknown): number {
  return string_cast(s).length
}

export function string_unit(s: unknown, i: number): number {
  if (typeof s !== 'string') throw trap_cast()
  if (i >>> 0 >= s.length) throw string_bounds()
  return s.charCodeAt(i)
}

/** A unit, or a whole character if two units from there on are one. */
export function string_point(s: unknown, i: number): number {
  const high = string_unit(s, i)
  const rest = s as string
  if ((high & 0xfc00) !== 0xd800 || i + 1 >= rest.length) return high
  const low = rest.charCodeAt(i + 1)
  return (low & 0xfc00) === 0xdc00 ? ((high & 0x3ff) << 10) + (low & 0x3ff) + 0x10000 : high
}

function string_bounds(): Error {
  return trap('string offset out of bounds')
}

export function string_from_unit(unit: number): string {
  return string_units(unit)
}

export function string_from_point(point: number): string {
  if (point >>> 0 > 0x10ffff) throw trap('Invalid code point ' + (point >>> 0))
  if (point < 0x10000) return string_units(point)
  return string_units(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + (point & 0x3ff))
}

/** The units of an array of i16 from `from` to before `to`. */
export function string_from_array(a: ArrayObject | null, from: number, to: number): string {
  if (a === null) throw trap_null()
  const units = a.d as Int16Array
  const end = to >>> 0
  let at = from >>> 0
  if (at > end || end > units.length) throw trap_array()
  let made = ''
  for (; at < end; at += string_piece) {
    made += string_units.apply(null, units.subarray(at, Math.min(at + string_piece, end)) as unknown as number[])
  }
  return made
}

/** Puts the units of a string into an array of i16, from `at` on. @returns how many there are */
export function string_into_array(s: unknown, a: ArrayObject | null, at: number): number {
  const text = string_cast(s)
  if (a === null) throw trap_null()
  const units = a.d as Int16Array
  const start = at >>> 0
  if (start + text.length > units.length) throw trap_array()
  for (let i = 0; i < text.length; i++) units[start + i] = text.charCodeAt(i)
  return text.length
}

/** What the engine throws where the result is too long is an exception, not a trap. */
export function string_concat(a: unknown, b: unknown): string {
  const first = string_cast(a)
  const second = string_cast(b)
  try {
    return first + second
  } catch (e) {
    throw foreign(e)
  }
}

/** Nothing, if it would end before it begins. */
export function string_part(s: unknown, from: number, to: number): string {
  const text = string_cast(s)
  return from >>> 0 > to >>> 0 ? '' : text.substring(from >>> 0, to >>> 0)
}

/** Null is equal to itself. */
export function string_equals(a: unknown, b: unknown): number {
  if (a !== null) string_cast(a)
  if (b !== null) string_cast(b)
  return a === b ? 1 : 0
}

/** By units. @returns -1, 0 or 1 */
export function string_compare(a: unknown, b: unknown): number {
  const first = string_cast(a)
  const second = string_cast(b)
  return first === second ? 0 : first < second ? -1 : 1
}
