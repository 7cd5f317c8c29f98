// Modules that loaders make only to ask whether they are valid, since they use a feature (.NET's does not start without SIMD and
// exceptions). They take nothing and give nothing, so that no program could do anything else with them:
//
//   (module (func (result v128) i32.const 0 i8x16.splat))
//
// Nothing here can validate code; but what engines have is compiled, so the answer is theirs.

import { CompileError } from '../0-wasm/errors.ts'
import { Reader } from '../1-decode/reader.ts'
import type { Compiled } from '../webassembly/source.ts'

/** How many bytes such a module has at most that is worth reading. */
const MOST = 1024

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

const FUNCTION = 3
const CODE = 10

/** Ids of sections of which nothing can be seen: those, and custom, type, table, memory, global, data count, tag. */
const UNSEEN = [0, 1, FUNCTION, 4, 5, 6, CODE, 12, 13]

/** The module, if it is one of these and its sections are whole. */
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
  const found = new Set<number>()
  try {
    if (PREAMBLE.some((byte) => reader.byte() !== byte)) return false
    while (reader.pos < bytes.length) {
      found.add(reader.byte())
      reader.range(reader.u32())
    }
  } catch (error) {
    if (error instanceof CompileError) return false
    throw error
  }
  return [...found].every((id) => UNSEEN.includes(id)) && found.has(FUNCTION) === found.has(CODE)
}
