// Instructions as bytes, by the names of the instruction table.

import { type OpName, table } from '../../src/0-wasm/ops/index.ts'
import { fixed, sleb, uleb } from './leb.ts'

/** Value types that the tests write, with their byte. */
export const VAL_TYPES = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
  anyref: 0x6e,
  eqref: 0x6d,
  i31ref: 0x6c,
  structref: 0x6b,
  arrayref: 0x6a,
  exnref: 0x69,
  nullref: 0x71,
  nullexternref: 0x72,
  nullfuncref: 0x73,
  nullexnref: 0x74,
} as const

export type ValName = keyof typeof VAL_TYPES
export type NumName = 'i32' | 'i64' | 'f32' | 'f64'

/** Bytes of an opcode without immediates. */
export function opcode(name: OpName): number[] {
  const code: number = table[name][0]
  return code > 0xff ? [code >> 12, ...uleb(code & 0xfff)] : [code]
}

/** An instruction whose immediates are indices, in the binary's order. */
export const ins = (name: OpName, ...indices: number[]): number[] => [...opcode(name), ...indices.flatMap(uleb)]

/** A memory access; `align` is the logarithm of the alignment hint, `offset` the constant offset in bytes. */
export function access(name: OpName, offset: number | bigint = 0, align = 0, memory = 0): number[] {
  const hint = memory === 0 ? uleb(align) : [...uleb(align | 0x40), ...uleb(memory)]
  return [...opcode(name), ...hint, ...uleb(offset)]
}

/** A constant given as its bit pattern, unsigned or signed. */
export function constant(type: NumName, bits: bigint): number[] {
  const code = opcode(`${type}.const`)
  if (type === 'i32') return [...code, ...sleb(BigInt.asIntN(32, bits))]
  if (type === 'i64') return [...code, ...sleb(BigInt.asIntN(64, bits))]
  return [...code, ...fixed(bits, type === 'f32' ? 4 : 8)]
}

/** A block type: nothing, one result, or the index of a function type. */
function blockType(type: ValName | number | undefined): number[] {
  if (type === undefined) return [0x40]
  return typeof type === 'number' ? sleb(type) : [VAL_TYPES[type]]
}

/** `block`, `loop` or `if` with its block type; the caller writes the body and the `end`. */
export const open = (name: 'block' | 'loop' | 'if', type: ValName | number | undefined): number[] => [
  ...opcode(name),
  ...blockType(type),
]

export const END = 0x0b
export const ELSE = 0x05
