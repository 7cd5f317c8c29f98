// The custom sections of a module whose other sections are not looked at.

import { Reader } from './reader.ts'

export interface CustomSection {
  readonly name: string
  readonly contents: Uint8Array
  /** Where the whole section begins and ends. */
  readonly start: number
  readonly end: number
}

/** Of the magic number and the version, in bytes. */
const PREAMBLE = 8

const CUSTOM = 0

/** In their order. Throws CompileError for bytes that are no sections. */
export function* readCustomSections(bytes: Uint8Array): Generator<CustomSection> {
  const reader = new Reader(bytes, PREAMBLE, bytes.length, 'the module')
  while (reader.pos < bytes.length) {
    const start = reader.pos
    const id = reader.byte()
    const contents = reader.range(reader.u32())
    if (id !== CUSTOM) continue
    const section = new Reader(bytes, contents.start, contents.end, 'a custom section')
    const name = section.name()
    yield { name, contents: bytes.subarray(section.pos, section.end), start, end: section.end }
  }
}
