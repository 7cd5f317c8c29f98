// How single things are written in the text of the IR, for text.ts and parse.ts.

import type { AbstractHeapType, HeapType } from '../0-wasm/types.ts'
import type { Const } from './expr.ts'
import { f32, f64, i32, i64, nullRef } from './expressions.ts'
import type { Reg } from './ir.ts'
import { BIGINT, MAIN, part, TAIL, type Version } from './versions.ts'

/** Effects of a node itself, in braces where they are not those that its operation always has: `div_u{pure}(l0, 10)`. */
const EFFECTS = [
  'reads-memory',
  'writes-memory',
  'reads-global',
  'writes-global',
  'reads-table',
  'writes-table',
  'traps',
  'throws',
  'reads-heap',
  'writes-heap',
] as const

export function effectsText(effects: number): string {
  const names = EFFECTS.filter((_, bit) => (effects >>> bit) & 1)
  return `{${names.length === 0 ? 'pure' : names.join(' ')}}`
}

/** The bit of an effect; undefined if there is none of that name. */
export function effectOf(name: string): number | undefined {
  const bit = (EFFECTS as readonly string[]).indexOf(name)
  return bit < 0 ? undefined : 1 << bit
}

/** What is behind the number of a function: `f0` is the main version, `f0_1` its first part, `f0.bigint` another version. */
export function versionText({ kind, number }: Version): string {
  switch (kind) {
    case 'main':
      return ''
    case 'part':
      return `_${number}`
    case 'bigint':
    case 'tail':
      return `.${kind}`
    default:
      return kind satisfies never
  }
}

/** A function's name: what it begins with, its index, and its version. */
export const FUNCTION = /^f(\d+)(?:_(\d+)|\.(bigint|tail))?$/

/** @param found by the pattern `FUNCTION` */
export function versionOf([, , number, kind]: readonly string[]): Version {
  if (number !== undefined) return part(Number(number))
  return kind === undefined ? MAIN : kind === 'tail' ? TAIL : BIGINT
}

/** Registers of locals are `l` and their number, temporaries `t`. */
export const regText = (reg: Reg): string => `${reg.local === undefined ? 't' : 'l'}${reg.id}`

/** `type3`, or the name of an abstract type. */
export const heapText = (heap: HeapType): string => (typeof heap === 'number' ? `type${heap}` : heap)

/** What `heapText` writes. */
export function parseHeap(text: string): HeapType {
  const [, index] = /^type(\d+)$/.exec(text) ?? []
  return index === undefined ? (text as AbstractHeapType) : Number(index)
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

/** `5` is an i32, `5n` an i64, `5f` an f32, `5.0` an f64; NaNs are their bits, 8 digits of an f32 and 16 of an f64. */
export function constantText({ type, value, lo, hi }: Const): string {
  if (type === 'ref') return 'null'
  if (type === 'i64' || type === 'i64cell') return `${(BigInt(hi) << 32n) | BigInt(lo >>> 0)}n`
  if (Number.isNaN(value)) return `nan:0x${type === 'f64' ? hex(hi) : ''}${hex(lo)}`
  const text = Object.is(value, -0) ? '-0' : String(value)
  if (type === 'f32') return `${text}f`
  return type === 'f64' && /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** @returns undefined if it is no constant */
export function parseConstant(text: string): Const | undefined {
  if (text === 'null') return nullRef
  const [, digits] = /^nan:0x((?:[0-9a-f]{8}){1,2})$/.exec(text) ?? []
  if (digits?.length === 8) return f32(Number(`0x${digits}`))
  if (digits?.length === 16) return f64(Number(`0x${digits.slice(8)}`), Number(`0x${digits.slice(0, 8)}`))
  const [, number, exact, unit] = /^(-?(?:Infinity|\d+((?:\.\d+)?(?:e[+-]?\d+)?)))([nf]?)$/.exec(text) ?? []
  if (number === undefined) return undefined
  if (unit === 'n')
    return exact === '' ? i64(Number(BigInt.asIntN(32, BigInt(number))), Number(BigInt(number) >> 32n)) : undefined
  if (unit === 'f') return f32(bitsOfF32(Number(number)))
  return exact === '' ? i32(Number(number)) : double(Number(number))
}

function bitsOfF32(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!
}

function double(value: number): Const {
  const [lo, hi] = new Int32Array(Float64Array.of(value).buffer)
  return f64(lo!, hi!)
}
