// Numbers as their bits: a float crosses the JS API as the integer of its size.

import { type NumName, opcode } from './code.ts'

/** The integer type that carries the bits of a number type. */
export const carrier = (type: NumName): 'i32' | 'i64' => (type.endsWith('32') ? 'i32' : 'i64')

/** Code that turns the carrier on the stack into the number; empty for integers. */
export const fromBits = (type: NumName): number[] =>
  type === 'f32' ? opcode('f32.reinterpret_i32') : type === 'f64' ? opcode('f64.reinterpret_i64') : []

/** Code that turns the number on the stack into its carrier. */
export const toBits = (type: NumName): number[] =>
  type === 'f32' ? opcode('i32.reinterpret_f32') : type === 'f64' ? opcode('i64.reinterpret_f64') : []

/** @returns the argument that passes the bits of a number of the type, signed as the JS API wants it. */
export const argument = (type: NumName, bits: bigint): number | bigint =>
  carrier(type) === 'i32' ? Number(BigInt.asIntN(32, bits)) : BigInt.asIntN(64, bits)

/** @returns the unsigned bits in a carrier that the JS API gave. */
export const bitsOf = (type: NumName, value: number | bigint): bigint =>
  BigInt.asUintN(carrier(type) === 'i32' ? 32 : 64, BigInt(value))

const FRACTION: Record<'f32' | 'f64', bigint> = { f32: 23n, f64: 52n }

const magnitude = (type: 'f32' | 'f64', bits: bigint): bigint => BigInt.asUintN(type === 'f32' ? 31 : 63, bits)

/** The canonical NaN of the type, sign bit clear. */
export const canonicalNan = (type: 'f32' | 'f64'): bigint => (type === 'f32' ? 0x7fc0_0000n : 0x7ff8_0000_0000_0000n)

const infinity = (type: 'f32' | 'f64'): bigint => canonicalNan(type) ^ (1n << (FRACTION[type] - 1n))

export const isNan = (type: NumName, bits: bigint): boolean =>
  (type === 'f32' || type === 'f64') && magnitude(type, bits) > infinity(type)

/** Whether the bits are a NaN of the canonical payload, of any sign. */
export const isCanonicalNan = (type: 'f32' | 'f64', bits: bigint): boolean =>
  magnitude(type, bits) === canonicalNan(type)

/** Whether the bits are a NaN with the top bit of the payload set, of any sign. */
export const isArithmeticNan = (type: 'f32' | 'f64', bits: bigint): boolean =>
  magnitude(type, bits) >= canonicalNan(type)
