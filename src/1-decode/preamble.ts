// The first eight bytes of a module, and what files are that do not begin so.

import type { Reader } from './reader.ts'

/** `\0asm` as a little-endian word. */
const MAGIC = 0x6d73_6100
const VERSION = 1

/** Components say version 13 with layer 1 in the upper half of the word. */
const isComponent = (version: number): boolean => version >>> 16 === 1

/** Throws CompileError for what is no module of this version. */
export function readPreamble(reader: Reader): void {
  const { bytes } = reader
  const isPrefix = [0, 0x61, 0x73, 0x6d].every((byte, index) => index >= bytes.length || bytes[index] === byte)
  if (!isPrefix) throw reader.fail(`magic header not detected: ${foreign(bytes)}`)
  if (bytes.length < 8) throw reader.fail(`unexpected end of the module: it has ${bytes.length} bytes`, bytes.length)
  if (reader.word() !== MAGIC) throw reader.fail('magic header not detected: this is not a WebAssembly binary', 0)
  const version = reader.word()
  if (isComponent(version)) {
    throw reader.fail('this is a component, not a core module; compile the core modules inside it', 4)
  }
  if (version !== VERSION) throw reader.fail(`unknown binary version ${version >>> 0}`, 4)
}

/** What is given instead of modules, and what to do, by what it begins with. */
const FOREIGN: readonly (readonly [starts: readonly string[], what: string])[] = [
  [['\x1f\x8b'], 'this is gzip; unpack it first, with gunzip'],
  [['PK\x03\x04'], 'this is a zip archive; unpack it first'],
  [['\x7fELF'], 'this is a native program; compile its source for WebAssembly'],
  [['<'], 'this is HTML; was it fetched from a wrong address?'],
  [['(', ';;'], 'this is the text format; assemble it first, with wat2wasm or wasm-tools parse'],
]

/** Behind a byte order mark and white space. A character is a byte: engines without WebAssembly often lack TextDecoder too. */
function foreign(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 100))
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  const known = FOREIGN.find(([starts]) => starts.some((each) => start.startsWith(each)))
  return known === undefined ? 'this is not a WebAssembly binary' : known[1]
}
