// Modules that loaders make only to ask whether they are valid, since they use a feature (.NET's does not start without SIMD and
// exceptions). They take nothing and give nothing, so that no program could do anything else with them:
//
//   (module (func (result v128) i32.const 0 i8x16.splat))
//
// Nothing here can check operands against types. But which types, instructions and flags the compiler has is known, and others it has
// not: so the answer is what it would say, unless somebody asks with operands that nobody ever took.

import { CompileError } from '../0-wasm/errors.ts'
import { availableFeatures } from '../0-wasm/features.ts'
import { Reader } from '../1-decode/reader.ts'
import { readTypes } from '../1-decode/type-section.ts'
import { readGlobalType, readMemoryType, readTableType, readValType, type Use } from '../1-decode/types.ts'
import type { Compiled } from '../webassembly/source.ts'
import { skipExpression } from './instructions.ts'

/** How many bytes such a module has at most that is worth reading. */
const MOST = 1024

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** The module, if it is one of these and what it says is known. */
export function readProbe(bytes: Uint8Array): Compiled | undefined {
  if (bytes.length > MOST || !isProbe(bytes)) return undefined
  return {
    bytes,
    provided: { builtins: [], importedStringConstants: undefined },
    instantiate: () => ({ exports: Object.freeze(Object.create(null)) }),
    imports: [],
    exports: [],
  }
}

function isProbe(bytes: Uint8Array): boolean {
  const reader = new Reader(bytes, 0, bytes.length, 'the module')
  try {
    if (PREAMBLE.some((byte) => reader.byte() !== byte)) return false
    return readSections(reader)
  } catch (error) {
    if (error instanceof CompileError) return false
    throw error
  }
}

const CUSTOM = 0
const FUNCTION = 3
const CODE = 10

/** Reads what a section has many of. */
type Item = (reader: Reader, use: Use) => unknown

/** @returns the number of items */
const items =
  (item: Item) =>
  (section: Reader, use: Use): number => {
    const count = section.u32()
    for (let left = count; left > 0; left--) item(section, use)
    return count
  }

/** Sections of which nothing can be seen, in the order that the format has. */
const UNSEEN: readonly (readonly [id: number, read: (section: Reader, use: Use) => number])[] = [
  [1, (section, use) => readTypes(section, use).length],
  [FUNCTION, items((section) => section.u32())],
  [4, items(readTable)],
  [5, items(readMemory)],
  [13, items(readTag)],
  [6, items(readGlobal)],
  // Of data segments, of which none is there.
  [12, items(refuse)],
  [CODE, items(readBody)],
]

/** Whether there are no others. Throws CompileError for contents that are unknown. */
function readSections(reader: Reader): boolean {
  const counts: Record<number, number> = { [FUNCTION]: 0, [CODE]: 0 }
  let last = -1
  while (reader.pos < reader.end) {
    const id = reader.byte()
    const { start, end } = reader.range(reader.u32())
    const section = new Reader(reader.bytes, start, end, 'a section')
    if (id === CUSTOM) {
      section.name()
      continue
    }
    const place = UNSEEN.findIndex(([known]) => known === id)
    if (place <= last) return false
    last = place
    counts[id] = UNSEEN[place]![1](section, useKnown)
    if (section.pos !== section.end) return false
  }
  return counts[FUNCTION] === counts[CODE]
}

const KNOWN = availableFeatures()

const useKnown: Use = (feature, offset) => {
  if (!KNOWN.has(feature)) throw new CompileError('unsupported', feature, { offset })
}

function refuse(section: Reader): never {
  throw section.fail('unexpected item')
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
