// The type section (spec, "Binary Format / Types / Recursive Types").

import { canonicalIndices, type NewType } from '../0-wasm/canonical.ts'
import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { CompositeType, FieldType, PackedType, ValType } from '../0-wasm/types.ts'
import { readCount } from './count.ts'
import type { Draft } from './draft.ts'
import type { Reader } from './reader.ts'
import { readMutable, readValType, type Use } from './types.ts'

const ARRAY = 0x5e
const STRUCT = 0x5f
const FUNC = 0x60
const REC = 0x4e
const SUB_FINAL = 0x4f
const SUB = 0x50
/** Of proposals that are only recognised: a shared type, a continuation type, and clauses that come before a type. */
const SHARED = 0x65
const CONT = 0x5d
const DESCRIBES = 0x4c
const DESCRIPTOR = 0x4d

export function readTypes(reader: Reader, use: Use): NewType[] {
  const types: NewType[] = []
  for (let left = readCount(reader, 'types', MODULE_LIMITS.types); left > 0; left--) {
    const group = types.length
    for (let members = readGroupSize(reader, use, group); members > 0; members--) {
      types.push(readSubType(reader, use, group))
    }
  }
  return types
}

export function readTypeSection(reader: Reader, draft: Draft): void {
  const types = readTypes(reader, draft.use)
  const canonical = canonicalIndices(types)
  draft.types = types.map(({ composite, final, supertypes, group }, index) => {
    return { composite, final, supertypes, group, canonical: canonical[index]! }
  })
}

/** A group of one stands without its header, as in the MVP. */
function readGroupSize(reader: Reader, use: Use, before: number): number {
  if (reader.peek() !== REC) return 1
  use('gc', reader.pos++)
  return readCount(reader, 'types', MODULE_LIMITS.types, before)
}

function readSubType(reader: Reader, use: Use, group: number): NewType {
  const code = reader.peek()
  const supertypes: number[] = []
  if (code === SUB || code === SUB_FINAL) {
    use('gc', reader.pos++)
    for (let left = readCount(reader, 'supertypes', MODULE_LIMITS.types); left > 0; left--) {
      supertypes.push(reader.u32())
    }
  }
  return { composite: readCompositeType(reader, use), final: code !== SUB, supertypes, group }
}

/** Steps over what is only recognised before a composite type. */
function skipForeign(reader: Reader, use: Use): void {
  for (;;) {
    const code = reader.peek()
    if (code === SHARED) use('shared-everything-threads', reader.pos++)
    else if (code === DESCRIBES || code === DESCRIPTOR) {
      use('custom-descriptors', reader.pos++)
      reader.u32()
    } else return
  }
}

/** Stands for a type that is only recognised. */
const UNKNOWN: CompositeType = { kind: 'struct', fields: [] }

function readCompositeType(reader: Reader, use: Use): CompositeType {
  skipForeign(reader, use)
  const offset = reader.pos
  const code = reader.byte()
  if (code === CONT) {
    use('stack-switching', offset)
    reader.s33()
    return UNKNOWN
  }
  if (code === FUNC) {
    const params = readValTypes(reader, use, 'parameters', MODULE_LIMITS.params)
    const results = readValTypes(reader, use, 'results', MODULE_LIMITS.results)
    if (results.length > 1) use('multi-value', offset)
    return { kind: 'func', params, results }
  }
  if (code !== STRUCT && code !== ARRAY) {
    // A negative number is what the format has here, and it may be spelled too long.
    reader.pos = offset
    reader.s33()
    throw reader.fail(`malformed type 0x${code.toString(16).padStart(2, '0')}`, offset)
  }
  use('gc', offset)
  return code === ARRAY ? { kind: 'array', element: readField(reader, use) } : readStruct(reader, use)
}

function readStruct(reader: Reader, use: Use): CompositeType {
  const fields: FieldType[] = []
  for (let left = readCount(reader, 'fields', MODULE_LIMITS.structFields); left > 0; left--) {
    fields.push(readField(reader, use))
  }
  return { kind: 'struct', fields }
}

const PACKED: Readonly<Record<number, PackedType>> = { 120: 'i8', 119: 'i16' }

function readField(reader: Reader, use: Use): FieldType {
  const packed = PACKED[reader.peek()]
  if (packed) reader.pos++
  const storage = packed ?? readValType(reader, use)
  return { storage, mutable: readMutable(reader) }
}

function readValTypes(reader: Reader, use: Use, what: string, limit: number): ValType[] {
  const types: ValType[] = []
  for (let left = readCount(reader, what, limit); left > 0; left--) types.push(readValType(reader, use))
  return types
}
