// The name section (spec appendix, "Custom Sections / Name Section"; extended-name-section proposal).

import { CompileError } from '../0-wasm/errors.ts'
import { type IndirectNameMap, type NameMap, type Names, NO_NAMES } from '../0-wasm/names.ts'
import { Reader } from './reader.ts'

type Writable = { -readonly [Field in keyof Names]: Names[Field] }

const SUBSECTIONS: Readonly<Record<number, (reader: Reader, names: Writable) => void>> = {
  0: (reader, names) => {
    names.module = reader.name()
  },
  1: (reader, names) => {
    names.funcs = readNameMap(reader)
  },
  2: (reader, names) => {
    names.locals = readIndirectNameMap(reader)
  },
  3: (reader, names) => {
    names.labels = readIndirectNameMap(reader)
  },
  4: (reader, names) => {
    names.types = readNameMap(reader)
  },
  5: (reader, names) => {
    names.tables = readNameMap(reader)
  },
  6: (reader, names) => {
    names.memories = readNameMap(reader)
  },
  7: (reader, names) => {
    names.globals = readNameMap(reader)
  },
  8: (reader, names) => {
    names.elements = readNameMap(reader)
  },
  9: (reader, names) => {
    names.data = readNameMap(reader)
  },
  10: (reader, names) => {
    names.fields = readIndirectNameMap(reader)
  },
  11: (reader, names) => {
    names.tags = readNameMap(reader)
  },
}

/**
 * Names are for people: a broken subsection is as good as none, as is all behind one whose end is unknown, and says nothing about
 * the module. (Tools have written names of tags where those of fields stand now.)
 *
 * @param start where the section's contents begin, after its own name; `end` likewise in bytes of the module
 */
export function readNameSection(bytes: Uint8Array, start: number, end: number): Names {
  const names: Writable = { ...NO_NAMES }
  const reader = new Reader(bytes, start, end, 'the name section')
  attempt(() => {
    while (reader.pos < end) {
      const id = reader.byte()
      const range = reader.range(reader.u32())
      attempt(() => SUBSECTIONS[id]?.(new Reader(bytes, range.start, range.end, 'the name subsection'), names))
    }
  })
  return names
}

/** Leaves off where the bytes are malformed. */
function attempt(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
  }
}

function readNameMap(reader: Reader): NameMap {
  const map = new Map<number, string>()
  for (let left = reader.u32(); left > 0; left--) {
    const index = reader.u32()
    map.set(index, reader.name())
  }
  return map
}

function readIndirectNameMap(reader: Reader): IndirectNameMap {
  const map = new Map<number, NameMap>()
  for (let left = reader.u32(); left > 0; left--) {
    const index = reader.u32()
    map.set(index, readNameMap(reader))
  }
  return map
}
