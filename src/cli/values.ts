// Arguments of `--invoke` read by their types, and results printed.

import { isRef, typeName, type ValType } from '../0-wasm/types.ts'
import { UsageError } from './errors.ts'

const INTEGER = /^([+-]?)(0x[0-9a-f]+|[0-9]+)$/i
const FLOAT = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i

/** The JS value for an argument of the type. Throws UsageError if the text is none. */
export function parseValue(type: ValType, text: string): unknown {
  switch (type) {
    case 'i32':
      return Number(BigInt.asIntN(32, parseInteger(type, text, 32)))
    case 'i64':
      return BigInt.asIntN(64, parseInteger(type, text, 64))
    case 'f32':
    case 'f64':
      return parseFloating(type, text)
    case 'v128':
      throw new UsageError('v128 arguments cannot be given')
  }
  if (text === 'null' && type.nullable) return null
  if (type.heap === 'extern') return text
  throw new UsageError(`${typeName(type)} arguments can only be null, not ${JSON.stringify(text)}`)
}

/** Signed or unsigned, decimal or 0x hexadecimal; it must fit the type. */
function parseInteger(type: string, text: string, bits: number): bigint {
  const match = INTEGER.exec(text.replaceAll('_', ''))
  if (!match) throw new UsageError(`${JSON.stringify(text)} is no ${type}`)
  const size = BigInt(match[2]!)
  const value = match[1] === '-' ? -size : size
  if (value < -(1n << BigInt(bits - 1)) || value >= 1n << BigInt(bits)) {
    throw new UsageError(`${text} is out of range for ${type}`)
  }
  return value
}

function parseFloating(type: string, text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  switch (text.replace(/^[+-]/, '').toLowerCase()) {
    case 'inf':
    case 'infinity':
      return sign * Number.POSITIVE_INFINITY
    case 'nan':
      return Number.NaN
  }
  if (FLOAT.test(text)) return Number(text)
  if (INTEGER.test(text)) return sign * Number(text.replace(/^[+-]/, ''))
  throw new UsageError(`${JSON.stringify(text)} is no ${type}`)
}

/** A result of the type, as text. */
export function formatValue(type: ValType, value: unknown): string {
  if (isRef(type)) return formatReference(value)
  switch (type) {
    case 'f32':
      return formatFloat(value as number, shortestF32)
    case 'f64':
      return formatFloat(value as number, String)
    default:
      return String(value)
  }
}

function formatFloat(value: number, print: (value: number) => string): string {
  if (Number.isNaN(value)) return 'nan'
  if (Object.is(value, -0)) return '-0'
  return Math.abs(value) === Number.POSITIVE_INFINITY ? (value < 0 ? '-inf' : 'inf') : print(value)
}

/** The fewest digits that give the f32 again. */
function shortestF32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(value)
}

function formatReference(value: unknown): string {
  if (typeof value === 'function') return `function ${value.name}`
  try {
    return String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}
