// Values between a script and an engine. A number travels as integers, so that every bit of a float is compared:
// i32 and f32 as one i32, i64 and f64 as one i64, v128 as two i64, low half first.

import { isArithmeticNan, isCanonicalNan } from '../binary/bits.ts'
import type { EitherValue, LaneType, NumValue, RefValue, Value, VecValue } from './script.ts'

/** What the JS API passes for the integers and references of a value. */
export type Passed = number | bigint | object | null | undefined

const LANE_BITS: Record<LaneType, number> = { i8: 8, i16: 16, i32: 32, i64: 64, f32: 32, f64: 64 }
const HALF = (1n << 64n) - 1n

/** Without `BigInt.asUintN(64, x)`, which in QuickJS 2025-04-26 is -1 for -1. */
const unsigned = (i64: bigint): bigint => i64 & HALF

const isNum = (value: Value): value is NumValue => /^[if](32|64)$/.test(value.type)

/** The objects that stand for host references, made on demand: number 7 is the same object all through a script. */
export class Hosts {
  readonly #objects = new Map<string, object>()

  of(number: string): object {
    const known = this.#objects.get(number)
    if (known) return known
    const made = Object.freeze({ host: number })
    this.#objects.set(number, made)
    return made
  }
}

function vector(value: VecValue): bigint {
  const width = BigInt(LANE_BITS[value.lane_type])
  return value.value.reduceRight((bits, lane) => (bits << width) | BigInt(lane), 0n)
}

/** @returns the integers and references that pass an argument, in order. */
export function passed(value: Value, hosts: Hosts): Passed[] {
  if (value.type === 'v128') {
    const bits = vector(value as VecValue)
    return [bits & HALF, bits >> 64n]
  }
  if (isNum(value)) return [value.type.endsWith('32') ? Number(value.value) | 0 : BigInt(value.value)]
  const { value: number } = value as RefValue
  return [number === undefined || number === 'null' ? null : hosts.of(number)]
}

/** How many integers or references a value of the type travels as. */
export const slots = (value: Value): number => (staticType(value) === 'v128' ? 2 : 1)

/** The type of a value, the common one of alternatives. */
export const staticType = (value: Value): Exclude<Value['type'], 'either'> =>
  value.type === 'either' ? staticType((value as EitherValue).values[0]) : (value.type as never)

function sameFloat(expected: string, bits: bigint, width: number): boolean {
  const type = width === 32 ? 'f32' : 'f64'
  if (expected === 'nan:canonical') return isCanonicalNan(type, bits)
  return expected === 'nan:arithmetic' ? isArithmeticNan(type, bits) : bits === BigInt(expected)
}

function sameVector(expected: VecValue, low: bigint, high: bigint): boolean {
  const width = LANE_BITS[expected.lane_type]
  const bits = low | (high << 64n)
  return expected.value.every((lane, i) =>
    sameFloat(lane, (bits >> BigInt(i * width)) & ((1n << BigInt(width)) - 1n), width),
  )
}

function sameReference(expected: RefValue, actual: Passed, hosts: Hosts): boolean {
  if (expected.value === 'null') return actual === null
  if (expected.value !== undefined) return actual === hosts.of(expected.value)
  if (expected.type === 'funcref') return typeof actual === 'function'
  if (expected.type === 'i31ref') return typeof actual === 'number'
  if (expected.type === 'structref' || expected.type === 'arrayref')
    return typeof actual === 'object' && actual !== null
  return actual !== null
}

/** Whether `actual`, as many as `slots` says, is what the script expects. */
export function matches(expected: Value, actual: readonly Passed[], hosts: Hosts): boolean {
  const [first] = actual
  if (expected.type === 'either') {
    return (expected as EitherValue).values.some((value) => matches(value, actual, hosts))
  }
  if (expected.type === 'v128') {
    const halves = actual.map((half) => typeof half === 'bigint' && unsigned(half))
    return (
      typeof halves[0] === 'bigint' &&
      typeof halves[1] === 'bigint' &&
      sameVector(expected as VecValue, halves[0], halves[1])
    )
  }
  if (!isNum(expected)) return sameReference(expected as RefValue, first, hosts)
  if (expected.type.endsWith('32')) {
    return typeof first === 'number' && (first | 0) === first && sameFloat(expected.value, BigInt(first >>> 0), 32)
  }
  return typeof first === 'bigint' && sameFloat(expected.value, unsigned(first), 64)
}

/** A value for a message, `f32:0x7fc00000`. */
export function show(value: Passed): string {
  if (typeof value === 'bigint') return `0x${unsigned(value).toString(16)}n`
  if (typeof value === 'number') return Number.isInteger(value) ? `0x${(value >>> 0).toString(16)}` : String(value)
  return value === null || value === undefined ? String(value) : typeof value
}
