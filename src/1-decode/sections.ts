// The sections (spec, "Binary Format / Modules"), in the order in which they stand, except for those with a file of
// their own: types, elements, names.

import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { ExternKind, Global, ImportName, Memory, Table, Tag } from '../0-wasm/module.ts'
import { readCount } from './count.ts'
import { type Draft, readConstExpr } from './draft.ts'
import { readElementSection } from './element-section.ts'
import type { Reader } from './reader.ts'
import { readTypeSection } from './type-section.ts'
import { readGlobalType, readMemoryType, readTableType } from './types.ts'

/** Kinds by their code in imports and exports. */
const KINDS: readonly ExternKind[] = ['func', 'table', 'memory', 'global', 'tag']

export interface SectionFormat {
  readonly id: number
  readonly name: string
  readonly read: (reader: Reader, draft: Draft) => void
}

/** In the only order the format allows. */
export const SECTIONS: readonly SectionFormat[] = [
  { id: 1, name: 'type', read: readTypeSection },
  { id: 2, name: 'import', read: readImportSection },
  { id: 3, name: 'function', read: readFunctionSection },
  { id: 4, name: 'table', read: readTableSection },
  { id: 5, name: 'memory', read: readMemorySection },
  { id: 13, name: 'tag', read: readTagSection },
  { id: 6, name: 'global', read: readGlobalSection },
  { id: 7, name: 'export', read: readExportSection },
  { id: 8, name: 'start', read: readStartSection },
  { id: 9, name: 'element', read: readElementSection },
  { id: 12, name: 'data count', read: readDataCountSection },
  { id: 10, name: 'code', read: readCodeSection },
  { id: 11, name: 'data', read: readDataSection },
]

function readKind(reader: Reader, what: string): ExternKind {
  const code = reader.byte()
  const kind = KINDS[code]
  if (!kind) throw reader.fail(`malformed ${what} kind 0x${code.toString(16).padStart(2, '0')}`, reader.pos - 1)
  return kind
}

/** After an empty name, and before the items of one module: each has a type of its own, or all have one. */
const COMPACT = 0x7f
const COMPACT_OF_ONE_TYPE = 0x7e

function readImportSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'imports', MODULE_LIMITS.imports); left > 0; left--) {
    const name: ImportName = { module: reader.name(), name: reader.name() }
    const code = reader.peek()
    if (name.name === '' && (code === COMPACT || code === COMPACT_OF_ONE_TYPE)) {
      draft.use('compact-import-section', reader.pos++)
      readItems(reader, draft, name.module, code === COMPACT_OF_ONE_TYPE)
    } else readImport(reader, draft, name)
  }
}

/** Imports from one module. The one type is read anew for each: it is a few bytes. */
function readItems(reader: Reader, draft: Draft, module: string, haveOneType: boolean): void {
  const type = reader.pos
  if (haveOneType) skipType(reader, draft)
  for (let left = readCount(reader, 'imports', MODULE_LIMITS.imports, draft.imports.length); left > 0; left--) {
    const name = { module, name: reader.name() }
    const next = reader.pos
    if (haveOneType) reader.pos = type
    readImport(reader, draft, name)
    if (haveOneType) reader.pos = next
  }
}

/** Steps over an external type. */
const skipType = (reader: Reader, draft: Draft): void => {
  readImported(reader, { ...draft, funcs: [], tables: [], memories: [], globals: [], tags: [] }, NOWHERE)
}

const NOWHERE: ImportName = { module: '', name: '' }

function readImport(reader: Reader, draft: Draft, name: ImportName): void {
  const { kind, index } = readImported(reader, draft, name)
  draft.imports.push({ module: name.module, name: name.name, kind, index })
}

/** @returns the kind of the imported entity, and the index that it gets in its index space. */
function readImported(reader: Reader, draft: Draft, name: ImportName): { kind: ExternKind; index: number } {
  const kind = readImportKind(reader, draft)
  return { kind, index: readEntity(reader, draft, kind, name) }
}

/** A function whose type is meant exactly. */
const EXACT_FUNC = 0x20

function readImportKind(reader: Reader, draft: Draft): ExternKind {
  if (reader.peek() !== EXACT_FUNC) return readKind(reader, 'import')
  draft.use('custom-descriptors', reader.pos++)
  return 'func'
}

function readEntity(reader: Reader, draft: Draft, kind: ExternKind, name: ImportName): number {
  switch (kind) {
    case 'func':
      return draft.funcs.push({ import: name, type: reader.u32(), body: undefined }) - 1
    case 'table':
      return addTable(reader, draft, { import: name, type: readTableType(reader, draft.use), init: undefined })
    case 'memory':
      return addMemory(reader, draft, { import: name, type: readMemoryType(reader, draft.use) })
    case 'global': {
      const type = readGlobalType(reader, draft.use)
      if (type.mutable) draft.use('mutable-globals', reader.pos)
      return draft.globals.push({ import: name, type, init: undefined }) - 1
    }
    case 'tag':
      return draft.tags.push(readTag(reader, draft, name)) - 1
  }
}

/** One table is the MVP, more are reference types. */
function addTable(reader: Reader, draft: Draft, table: Table): number {
  if (draft.tables.length > 0) draft.use('reference-types', reader.pos)
  return draft.tables.push(table) - 1
}

function addMemory(reader: Reader, draft: Draft, memory: Memory): number {
  if (draft.memories.length > 0) draft.use('multi-memory', reader.pos)
  return draft.memories.push(memory) - 1
}

function readTag(reader: Reader, draft: Draft, name: ImportName | undefined): Tag {
  draft.use('exceptions', reader.pos)
  const attribute = reader.byte()
  if (attribute !== 0) throw reader.fail('malformed tag attribute', reader.pos - 1)
  return { import: name, type: reader.u32() }
}

function readFunctionSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'functions', MODULE_LIMITS.functions); left > 0; left--) {
    draft.funcs.push({ import: undefined, type: reader.u32(), body: undefined })
  }
}

const TABLE_WITH_INIT = 0x40

function readTableSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'tables', MODULE_LIMITS.tables, draft.tables.length); left > 0; left--) {
    addTable(reader, draft, readTable(reader, draft))
  }
}

function readTable(reader: Reader, draft: Draft): Table {
  const initialised = reader.peek() === TABLE_WITH_INIT
  if (initialised) {
    draft.use('function-references', reader.pos++)
    if (reader.byte() !== 0) throw reader.fail('zero byte expected', reader.pos - 1)
  }
  const type = readTableType(reader, draft.use)
  return { import: undefined, type, init: initialised ? readConstExpr(reader, draft) : undefined }
}

function readMemorySection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'memories', MODULE_LIMITS.memories, draft.memories.length); left > 0; left--) {
    addMemory(reader, draft, { import: undefined, type: readMemoryType(reader, draft.use) })
  }
}

function readTagSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'tags', MODULE_LIMITS.tags); left > 0; left--) {
    draft.tags.push(readTag(reader, draft, undefined))
  }
}

function readGlobalSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'globals', MODULE_LIMITS.globals); left > 0; left--) {
    const type = readGlobalType(reader, draft.use)
    const global: Global = { import: undefined, type, init: readConstExpr(reader, draft) }
    draft.globals.push(global)
  }
}

function readExportSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'exports', MODULE_LIMITS.exports); left > 0; left--) {
    const name = reader.name()
    const kind = readKind(reader, 'export')
    const index = reader.u32()
    if (kind === 'func') draft.refs.add(index)
    if (kind === 'global' && draft.globals[index]?.type.mutable) draft.use('mutable-globals', reader.pos)
    draft.exports.push({ name, kind, index })
  }
}

function readStartSection(reader: Reader, draft: Draft): void {
  draft.start = reader.u32()
}

function readDataCountSection(reader: Reader, draft: Draft): void {
  draft.use('bulk-memory', reader.pos)
  draft.dataCount = reader.u32()
}

const INCONSISTENT = 'function and code section have inconsistent lengths'

function readCodeSection(reader: Reader, draft: Draft): void {
  const { functionSize } = MODULE_LIMITS
  const first = draft.funcs.findIndex((func) => func.import === undefined)
  const declared = first < 0 ? 0 : draft.funcs.length - first
  const count = readCount(reader, 'functions', MODULE_LIMITS.functions)
  if (count !== declared) throw reader.fail(`${INCONSISTENT}: ${declared} functions, ${count} bodies`)
  for (let index = draft.funcs.length - declared; index < draft.funcs.length; index++) {
    const offset = reader.pos
    const size = reader.u32()
    const body = reader.range(size)
    if (size > functionSize) {
      throw reader.fail(`function ${index} is too long: ${size} bytes (limit ${functionSize})`, offset, 'unsupported')
    }
    draft.funcs[index] = { import: undefined, type: draft.funcs[index]!.type, body }
  }
}

/** Declared functions and segments must have their bodies and contents, whether or not there is a section for them. */
export function checkCounts(reader: Reader, draft: Draft): void {
  const { data, dataCount, funcs } = draft
  const last = funcs.at(-1)
  if (last && !last.import && !last.body) throw reader.fail(`${INCONSISTENT}: no bodies`)
  if (dataCount !== undefined && dataCount !== data.length) {
    const lengths = `${dataCount} counted, ${data.length} segments`
    throw reader.fail(`data count and data section have inconsistent lengths: ${lengths}`)
  }
}

const DATA_PASSIVE = 1
const DATA_INDEX = 2

function readDataSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'data segments', MODULE_LIMITS.dataSegments); left > 0; left--) {
    const offset = reader.pos
    const flags = reader.u32()
    if (flags > DATA_INDEX) throw reader.fail('malformed data segment kind', offset)
    if (flags !== 0) draft.use('bulk-memory', offset)
    const mode = flags === DATA_PASSIVE ? PASSIVE : readActive(reader, draft, flags === DATA_INDEX)
    draft.data.push({ mode, ...reader.range(reader.u32()) })
  }
}

const PASSIVE = { kind: 'passive' } as const

function readActive(reader: Reader, draft: Draft, hasIndex: boolean) {
  const index = hasIndex ? reader.u32() : 0
  return { kind: 'active', index, offset: readConstExpr(reader, draft) } as const
}
