// The sections of a small module, read to their last instruction without the compiler: whether all that they say is known.
//
// Nothing here can check operands against types, or indices against what there is. But which types, instructions and flags the
// compiler has is known, and others it has not.

import { CompileError } from '../0-wasm/errors.ts'
import { availableFeatures } from '../0-wasm/features.ts'
import { readPreamble } from '../1-decode/preamble.ts'
import { Reader } from '../1-decode/reader.ts'
import { readTypes } from '../1-decode/type-section.ts'
import { readGlobalType, readMemoryType, readRefType, readTableType, readValType, type Use } from '../1-decode/types.ts'
import { skipExpression } from './instructions.ts'

/** What a module says of itself. */
export interface Sections {
  /** The modules of its imports, and whether each import is a function. */
  readonly imports: { readonly module: string; readonly isFunc: boolean }[]
  exports: number
  /** Functions of its own. */
  funcs: number
  hasStart: boolean
}

/** @returns undefined for bytes that are no module, and for one that says what the compiler does not know */
export function readSections(bytes: Uint8Array): Sections | undefined {
  const reader = new Reader(bytes, 0, bytes.length, 'the module')
  try {
    readPreamble(reader)
    return readAll(reader)
  } catch (error) {
    if (error instanceof CompileError) return undefined
    throw error
  }
}

const CUSTOM = 0
const FUNCTION = 3
const DATA_COUNT = 12
const CODE = 10
const DATA = 11

type ReadSection = (section: Reader, found: Sections) => number

/** A section that is a vector. @returns how many items it has */
const items =
  (item: (section: Reader, use: Use, found: Sections) => unknown): ReadSection =>
  (section, found) => {
    const count = section.u32()
    for (let left = count; left > 0; left--) item(section, useKnown, found)
    return count
  }

/** In the order that the format has. */
const SECTIONS: readonly (readonly [id: number, read: ReadSection])[] = [
  [1, (section) => readTypes(section, useKnown).length],
  [2, items(readImport)],
  [FUNCTION, items((section) => section.u32())],
  [4, items(readTable)],
  [5, items(readMemory)],
  [13, items(readTag)],
  [6, items(readGlobal)],
  [7, items(readExport)],
  [8, readStart],
  [9, items(readElements)],
  [DATA_COUNT, (section) => section.u32()],
  [CODE, items(readBody)],
  [DATA, items(readData)],
]

function readAll(reader: Reader): Sections | undefined {
  const found: Sections = { imports: [], exports: 0, funcs: 0, hasStart: false }
  const counts = new Map<number, number>()
  let last = -1
  while (reader.pos < reader.end) {
    const id = reader.byte()
    const { start, end } = reader.range(reader.u32())
    const section = new Reader(reader.bytes, start, end, 'a section')
    if (id === CUSTOM) {
      section.name()
      continue
    }
    const place = SECTIONS.findIndex(([known]) => known === id)
    if (place <= last) return undefined
    last = place
    counts.set(id, SECTIONS[place]![1](section, found))
    if (section.pos !== section.end) return undefined
  }
  const count = (id: number): number => counts.get(id) ?? 0
  found.funcs = count(FUNCTION)
  const isCounted = !counts.has(DATA_COUNT) || count(DATA_COUNT) === count(DATA)
  return isCounted && found.funcs === count(CODE) ? found : undefined
}

const KNOWN = availableFeatures()

const useKnown: Use = (feature, offset) => {
  if (!KNOWN.has(feature)) throw new CompileError('unsupported', feature, { offset })
}

/** What imports and exports are, by the byte that says so; both have names before it. */
const FUNC = 0
const TABLE = 1
const MEMORY = 2
const GLOBAL = 3
const TAG = 4

function readImport(section: Reader, use: Use, { imports }: Sections): void {
  const module = section.name()
  section.name()
  const kind = section.byte()
  imports.push({ module, isFunc: kind === FUNC })
  if (kind === FUNC) section.u32()
  else if (kind === TABLE) readTableType(section, use)
  else if (kind === MEMORY) readMemory(section, use)
  else if (kind === GLOBAL) readGlobalType(section, use)
  else if (kind === TAG) readTag(section)
  else throw section.fail('malformed import kind')
}

function readExport(section: Reader, _: Use, found: Sections): void {
  section.name()
  if (section.byte() > TAG) throw section.fail('malformed export kind')
  section.u32()
  found.exports++
}

function readStart(section: Reader, found: Sections): number {
  section.u32()
  found.hasStart = true
  return 1
}

function readMemory(section: Reader, use: Use): void {
  if (readMemoryType(section, use).pageSize === undefined) throw section.fail('invalid page size')
}

function readTag(section: Reader): void {
  if (section.byte() !== 0) throw section.fail('malformed tag attribute')
  section.u32()
}

const WITH_INITIALIZER = 0x40

function readTable(section: Reader, use: Use): void {
  const hasInitializer = section.peek() === WITH_INITIALIZER
  if (hasInitializer) {
    section.pos++
    if (section.byte() !== 0) throw section.fail('zero byte expected')
  }
  readTableType(section, use)
  if (hasInitializer) skipExpression(section, use, true)
}

function readGlobal(section: Reader, use: Use): void {
  readGlobalType(section, use)
  skipExpression(section, use, true)
}

/** Bits of the forms of element segments, as in 1-decode/element-section.ts; data segments have the first two. */
const NOT_ACTIVE = 1
const EXPLICIT = 2
const EXPRESSIONS = 4

function readElements(section: Reader, use: Use): void {
  const flags = section.u32()
  if (flags > (NOT_ACTIVE | EXPLICIT | EXPRESSIONS)) throw section.fail('malformed elements segment kind')
  readPlace(section, use, flags)
  const areExpressions = (flags & EXPRESSIONS) !== 0
  if ((flags & (NOT_ACTIVE | EXPLICIT)) !== 0) {
    if (areExpressions) readRefType(section, use)
    else if (section.byte() !== 0) throw section.fail('malformed element kind')
  }
  for (let left = section.u32(); left > 0; left--) {
    if (areExpressions) skipExpression(section, use, true)
    else section.u32()
  }
}

function readData(section: Reader, use: Use): void {
  const flags = section.u32()
  if (flags > EXPLICIT) throw section.fail('malformed data segment kind')
  readPlace(section, use, flags)
  section.range(section.u32())
}

/** Where an active segment goes: the index of a memory or table if it is not 0, and an offset. */
function readPlace(section: Reader, use: Use, flags: number): void {
  if (flags & NOT_ACTIVE) return
  if (flags & EXPLICIT) section.u32()
  skipExpression(section, use, true)
}

function readBody(section: Reader, use: Use): void {
  const { start, end } = section.range(section.u32())
  const body = new Reader(section.bytes, start, end, 'a function')
  for (let runs = body.u32(); runs > 0; runs--) {
    body.u32()
    readValType(body, use)
  }
  skipExpression(body, use)
  if (body.pos !== body.end) throw body.fail('END opcode expected')
}
