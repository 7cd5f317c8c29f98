// Modules that loaders make only to ask whether they are valid, since they use a feature (.NET's does not start without SIMD and
// exceptions). They take nothing but builtins and give nothing, so that no program could do anything else with them:
//
//   (module (func (result v128) i32.const 0 i8x16.splat))
//
// Nothing here can validate code; but what engines have is compiled, so the answer is theirs.

import type { BuiltinChoice, BuiltinSet } from '../0-wasm/builtins.ts'
import { CompileError } from '../0-wasm/errors.ts'
import { Reader } from '../1-decode/reader.ts'
import type { Compiled } from '../webassembly/source.ts'

/** How many bytes such a module has at most that is worth reading. */
const MOST = 1024

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

const IMPORT = 2
const FUNCTION = 3
const EXPORT = 7
const START = 8
const CODE = 10
const TAG = 13

/** Kind of an import. */
const FUNC = 0

/** The module, if it is one of these and its sections are whole: its segments are taken to be in bounds. */
export function readProbe(bytes: Uint8Array, provided: BuiltinChoice): Compiled | undefined {
  const sections = sectionsOf(bytes)
  if (sections === undefined || sections.has(EXPORT) || sections.has(START)) return undefined
  const imports = sections.get(IMPORT)
  if (imports !== undefined && !areBuiltins(imports, provided.builtins)) return undefined
  return {
    bytes,
    provided,
    instantiate: () => ({ exports: Object.freeze(Object.create(null)) }),
    imports: [],
    exports: [],
  }
}

/**
 * Whether bytes that `validate` is asked about are valid: one of these, or a small module without code, whatever it takes and gives.
 * Of another with code the answer is no, since compiling it would be refused.
 */
export function isValidProbe(bytes: Uint8Array, provided: BuiltinChoice): boolean {
  return readProbe(bytes, provided) !== undefined || sectionsOf(bytes)?.has(CODE) === false
}

/** The sections of a small module by their ids; undefined if they are not whole. */
function sectionsOf(bytes: Uint8Array): Map<number, Reader> | undefined {
  if (bytes.length > MOST) return undefined
  const reader = new Reader(bytes, 0, bytes.length, 'the module')
  const sections = new Map<number, Reader>()
  const isWhole = completes(() => {
    if (PREAMBLE.some((byte) => reader.byte() !== byte)) return false
    while (reader.pos < bytes.length) {
      const id = reader.byte()
      const { start, end } = reader.range(reader.u32())
      sections.set(id, new Reader(bytes, start, end, 'a section'))
    }
    return [...sections.keys()].every((id) => id <= TAG) && sections.has(FUNCTION) === sections.has(CODE)
  })
  return isWhole ? sections : undefined
}

/** Whether all imports are functions of these sets, which nobody has to hand over. */
const areBuiltins = (imports: Reader, sets: readonly BuiltinSet[]): boolean =>
  completes(() => {
    for (let left = imports.u32(); left > 0; left--) {
      const module = imports.name()
      imports.name()
      if (!sets.some((set) => module === `wasm:${set}`) || imports.byte() !== FUNC) return false
      imports.u32()
    }
    return imports.pos === imports.end
  })

/** What reading comes to; false if it comes to an end too early. */
function completes(read: () => boolean): boolean {
  try {
    return read()
  } catch (error) {
    if (error instanceof CompileError) return false
    throw error
  }
}
