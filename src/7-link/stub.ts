// A stub: a small .wasm that loaders fetch in place of the real one, which need not be shipped then. It is a module of custom
// sections only: one that says which module is meant, and those of the real one, which loaders may read.

import { CompileError } from '../0-wasm/errors.ts'
import { type CustomSection, readCustomSections } from '../1-decode/custom-sections.ts'
import type { Registration } from './registration.ts'

/** What identifies a registered module. */
export type Identity = Pick<Registration, 'sha256' | 'length'>

const SECTION = 'nowasm'

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** Sections that only debuggers read. */
const isForDebugging = ({ name }: CustomSection): boolean =>
  name === 'name' || name === 'sourceMappingURL' || name === 'external_debug_info' || name.startsWith('.debug_')

/** The file of a stub, beside the output of this base name. */
export const stubFile = (name: string): string => `${name}.stub.wasm`

/** Engines without WebAssembly often lack TextEncoder and TextDecoder too. */
const ascii = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0))

/** Of what identifies a module, in bytes. */
const MOST = 200

/** The stub of a well-formed module. */
export function stubOf(bytes: Uint8Array, { sha256, length }: Identity): Uint8Array {
  const contents = ascii(JSON.stringify({ sha256, length } satisfies Identity))
  const name = [SECTION.length, ...ascii(SECTION)]
  const own = [0, ...leb(name.length + contents.length), ...name, ...contents]
  const kept = [...readCustomSections(bytes)].filter((section) => !isForDebugging(section))
  const parts = [PREAMBLE, own, ...kept.map(({ start, end }) => bytes.subarray(start, end))]
  const stub = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    stub.set(part, at)
    at += part.length
  }
  return stub
}

/** The stub of a module of which only this is known is made from a module that has no sections. */
export const EMPTY = Uint8Array.from(PREAMBLE)

/** Which module a stub stands for; undefined for what is none. */
export function readStub(bytes: Uint8Array): Identity | undefined {
  try {
    const [first] = readCustomSections(bytes)
    if (first?.name !== SECTION) return undefined
    const { sha256, length } = (JSON.parse(String.fromCharCode(...first.contents.subarray(0, MOST))) ??
      {}) as Partial<Identity>
    return typeof sha256 === 'string' && typeof length === 'number' ? { sha256, length } : undefined
  } catch (error) {
    if (error instanceof CompileError || error instanceof SyntaxError) return undefined
    throw error
  }
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}
