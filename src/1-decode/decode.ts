// Bytes to a Module (spec, "Binary Format / Modules").

import { CompileError } from '../0-wasm/errors.ts'
import { refusal } from '../0-wasm/feature-use.ts'
import type { Feature } from '../0-wasm/features.ts'
import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { Module } from '../0-wasm/module.ts'
import { BRANCH_HINTS, readBranchHints } from './branch-hints.ts'
import { type Draft, newDraft } from './draft.ts'
import { readNameSection } from './name-section.ts'
import { readPreamble } from './preamble.ts'
import { Reader } from './reader.ts'
import { checkCounts, SECTIONS } from './sections.ts'

const CUSTOM = 0

/**
 * Decodes all of a module but the code in it: function bodies and constant expressions stay byte ranges. Throws a
 * CompileError if the binary is malformed. Whether the module is valid is for `validate` to say.
 *
 * @param bytes the module; it is kept, not copied
 * @param available the features that it may use; to use others is no error here (0-wasm/feature-use.ts)
 * @param isSingle see `Module`
 */
export function decode(bytes: Uint8Array, available?: ReadonlySet<Feature>, isSingle = false): Module {
  const reader = new Reader(bytes, 0, bytes.length, 'the module')
  const { moduleSize } = MODULE_LIMITS
  if (bytes.length > moduleSize) {
    throw reader.fail(`the module is too long: ${bytes.length} bytes (limit ${moduleSize})`, 0, 'unsupported')
  }
  readPreamble(reader)
  const draft = newDraft(bytes, available, isSingle)
  try {
    readSections(reader, draft)
  } catch (error) {
    // Of a proposal that is only recognised, not all that it puts into a binary is.
    throw error instanceof CompileError && draft.features.isForeign ? refusal(draft) : error
  }
  return draft
}

function readSections(reader: Reader, draft: Draft): void {
  let next = 0
  while (reader.pos < reader.end) next = readSection(reader, draft, next)
  checkCounts(reader, draft)
  readHints(draft)
}

/** Once it is known where the functions are that hints are for. Two sections contradict each other. */
function readHints(draft: Draft): void {
  const [section, other] = draft.sections.filter(({ id, name }) => id === CUSTOM && name === BRANCH_HINTS)
  if (section === undefined || other !== undefined) return
  const reader = new Reader(draft.bytes, section.start, section.end, section.name)
  reader.name()
  draft.branchHints = readBranchHints(draft.bytes, reader.pos, section.end, draft.funcs)
}

/**
 * @param next place in the order of sections that the next one must have at least
 * @returns the same for the section after it
 */
function readSection(reader: Reader, draft: Draft, next: number): number {
  const offset = reader.pos
  const id = reader.byte()
  const place = SECTIONS.findIndex((section) => section.id === id)
  const format = SECTIONS[place]
  if (!format && id !== CUSTOM) throw reader.fail(`malformed section id ${id}`, offset)
  const name = format ? `the ${format.name} section` : 'a custom section'
  const contents = readContents(reader, name, offset)
  if (!format) {
    readCustomSection(contents, draft)
    return next
  }
  if (place < next) throw reader.fail(`unexpected content after last section: ${name} is out of order`, offset)
  draft.sections.push({ id, name: format.name, start: contents.pos, end: contents.end })
  format.read(contents, draft)
  if (contents.pos !== contents.end) {
    throw contents.fail(`section size mismatch: ${contents.end - contents.pos} bytes left over in ${name}`)
  }
  return place + 1
}

function readContents(reader: Reader, name: string, offset: number): Reader {
  const size = reader.u32()
  const left = reader.end - reader.pos
  if (size > left) {
    throw reader.fail(`unexpected end: ${name} needs ${size} bytes, the module has ${left} left`, offset)
  }
  const { start, end } = reader.range(size)
  return new Reader(reader.bytes, start, end, name)
}

function readCustomSection(reader: Reader, draft: Draft): void {
  const { pos: start, end, bytes } = reader
  const name = reader.name()
  draft.sections.push({ id: CUSTOM, name, start, end })
  if (name === 'name') draft.names = readNameSection(bytes, reader.pos, end)
}
