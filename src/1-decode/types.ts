// Types in the binary (spec, "Binary Format / Types"), for all of Wasm 3.0 and shared memories.

import type { Feature } from '../0-wasm/features.ts'
import type {
  AbstractHeapType,
  GlobalType,
  HeapType,
  Limits,
  MemoryType,
  RefType,
  TableType,
  ValType,
} from '../0-wasm/types.ts'
import { EXTERNREF, FUNCREF } from '../0-wasm/types.ts'
import type { Reader } from './reader.ts'

/** Is told of each feature beyond the MVP, with the offset of its use. */
export type Use = (feature: Feature, offset: number) => void

const NUMBERS: Readonly<Record<number, ValType>> = { 127: 'i32', 126: 'i64', 125: 'f32', 124: 'f64' }
const V128 = 0x7b
const FUNCREF_CODE = 0x70
const NULLABLE_REF = 0x63
const REF = 0x64

const ABSTRACT: Readonly<Record<number, readonly [AbstractHeapType, Feature]>> = {
  [FUNCREF_CODE]: ['func', 'reference-types'],
  111: ['extern', 'reference-types'],
  110: ['any', 'gc'],
  109: ['eq', 'gc'],
  108: ['i31', 'gc'],
  107: ['struct', 'gc'],
  106: ['array', 'gc'],
  105: ['exn', 'exceptions'],
  113: ['none', 'gc'],
  114: ['noextern', 'gc'],
  115: ['nofunc', 'gc'],
  116: ['noexn', 'exceptions'],
  // Continuations, which are only recognised: what stands for them is not validated.
  104: ['any', 'stack-switching'],
  117: ['none', 'stack-switching'],
}
/** Stands before an abstract heap type. */
const SHARED_TYPE = 0x65
/** Stands before a type index. */
const EXACT = 0x62

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`

/** One-byte codes of types are negative as s33, type indices are not; here, that a byte is such a code. */
export const isTypeCode = (byte: number): boolean => (byte & 0xc0) === 0x40

export function readHeapType(reader: Reader, use: Use): HeapType {
  const offset = reader.pos
  if (isTypeCode(reader.peek())) {
    const code = readForeignPrefix(reader, use) ?? reader.byte()
    if (code === EXACT) return readHeapType(reader, use)
    const known = ABSTRACT[code]
    if (!known) throw reader.fail(`malformed heap type ${hex(code)}`, offset)
    use(known[1], offset)
    return known[0]
  }
  const index = reader.s33()
  if (index < 0) throw reader.fail('malformed heap type', offset)
  use('function-references', offset)
  return index
}

/**
 * Steps over what proposals that are only recognised put before a heap type: `shared`, after which it gives the next byte,
 * or `exact`, after which an index stands.
 */
function readForeignPrefix(reader: Reader, use: Use): number | undefined {
  const offset = reader.pos
  const code = reader.peek()
  if (code !== SHARED_TYPE && code !== EXACT) return undefined
  use(code === EXACT ? 'custom-descriptors' : 'shared-everything-threads', offset)
  reader.pos++
  return code === EXACT ? EXACT : reader.byte()
}

/** `what` names the kind of type expected, for the message. */
export function readRefType(reader: Reader, use: Use, what = 'reference type'): RefType {
  const offset = reader.pos
  const code = (reader.peek() === SHARED_TYPE ? readForeignPrefix(reader, use) : undefined) ?? reader.byte()
  if (code === NULLABLE_REF || code === REF) {
    const nullable = code === NULLABLE_REF
    const heap = readHeapType(reader, use)
    if (!nullable) use('function-references', offset)
    return refType(nullable, heap)
  }
  const known = ABSTRACT[code]
  if (!known) throw reader.fail(`malformed ${what} ${hex(code)}`, offset)
  use(known[1], offset)
  return refType(true, known[0])
}

/** The two types that every module of the second edition has are always the same objects. */
function refType(nullable: boolean, heap: HeapType): RefType {
  if (nullable && heap === 'func') return FUNCREF
  if (nullable && heap === 'extern') return EXTERNREF
  return { nullable, heap }
}

export function readValType(reader: Reader, use: Use): ValType {
  const number = NUMBERS[reader.peek()]
  if (number) {
    reader.pos++
    return number
  }
  if (reader.peek() === V128) {
    use('simd', reader.pos++)
    return 'v128'
  }
  return readRefType(reader, use, 'value type')
}

/** The byte after the type of a global or a field. */
export function readMutable(reader: Reader): boolean {
  const code = reader.byte()
  if (code > 1) {
    const shared = code <= 3 ? ' (shared-everything-threads is not supported)' : ''
    throw reader.fail(`malformed mutability ${hex(code)}${shared}`, reader.pos - 1)
  }
  return code === 1
}

export function readGlobalType(reader: Reader, use: Use): GlobalType {
  const type = readValType(reader, use)
  return { type, mutable: readMutable(reader) }
}

const HAS_MAX = 1
const SHARED = 2
const IS_64 = 4
const HAS_PAGE_SIZE = 8

/** The flags of limits, and the limits. @param allowed the flags that there may be */
function readLimits(reader: Reader, use: Use, allowed: number): { limits: Limits; flags: number } {
  const offset = reader.pos
  const flags = reader.byte()
  if (flags & ~allowed) throw reader.fail(`malformed limits flags ${hex(flags)}`, offset)
  if (flags & SHARED) use('threads', offset)
  if (flags & IS_64) use('memory64', offset)
  const min = reader.bigU64()
  const max = flags & HAS_MAX ? reader.bigU64() : undefined
  const limits = { min: Number(min), max: max === undefined ? max : Number(max) }
  const isExact = limits.min <= MOST_EXACT && (limits.max ?? 0) <= MOST_EXACT
  return { limits: isExact ? limits : { ...limits, exact: { min, max } }, flags }
}

const MOST_EXACT = Number.MAX_SAFE_INTEGER

export function readTableType(reader: Reader, use: Use): TableType {
  const element = readTableElement(reader, use)
  const { limits, flags } = readLimits(reader, use, HAS_MAX | IS_64)
  return { element, limits, addressType: flags & IS_64 ? 'i64' : 'i32' }
}

/** Tables of functions are older than reference types, which they do not use. */
function readTableElement(reader: Reader, use: Use): RefType {
  if (reader.peek() !== FUNCREF_CODE) return readRefType(reader, use)
  reader.pos++
  return FUNCREF
}

export function readMemoryType(reader: Reader, use: Use): MemoryType {
  const { limits, flags } = readLimits(reader, use, HAS_MAX | SHARED | IS_64 | HAS_PAGE_SIZE)
  const pageSize = flags & HAS_PAGE_SIZE ? readPageSize(reader, use) : PAGE
  return { limits, addressType: flags & IS_64 ? 'i64' : 'i32', shared: (flags & SHARED) !== 0, pageSize }
}

const PAGE = 65_536
/** Of a page size, as its logarithm. */
const LARGEST = 64

/** A power of two, of which two are valid. */
function readPageSize(reader: Reader, use: Use): MemoryType['pageSize'] {
  use('custom-page-sizes', reader.pos)
  const log = reader.u32()
  if (log > LARGEST) throw reader.fail('malformed page size')
  return log === 0 ? 1 : log === Math.log2(PAGE) ? PAGE : undefined
}
