// Modules that loaders make only to ask whether they are valid, since they use a feature (.NET's does not start without SIMD and
// exceptions). They take nothing but builtins and give nothing, so that no program could do anything else with them:
//
//   (module (func (result v128) i32.const 0 i8x16.splat))
//
// The answer is what the compiler would say, unless somebody asks with operands that nobody ever took (sections.ts).

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import type { Compiled } from '../webassembly/source.ts'
import { readSections, type Sections } from './sections.ts'

/** How many bytes such a module has at most that is worth reading. */
const MOST = 1024

const readSmall = (bytes: Uint8Array): Sections | undefined => (bytes.length > MOST ? undefined : readSections(bytes))

/** The module, if it is one of these and what it says is known: its segments are taken to be in bounds. */
export function readProbe(bytes: Uint8Array, provided: BuiltinChoice): Compiled | undefined {
  const sections = readSmall(bytes)
  if (sections === undefined || !isProbe(sections, provided)) return undefined
  return {
    bytes,
    provided,
    instantiate: () => ({ exports: Object.freeze(Object.create(null)) }),
    imports: [],
    exports: [],
  }
}

/**
 * Whether bytes that `validate` is asked about are valid: one of these, or a small module without functions of its own, whatever it
 * takes and gives. Of another with functions the answer is no, since compiling it would be refused.
 */
export function isValidProbe(bytes: Uint8Array, provided: BuiltinChoice): boolean {
  const sections = readSmall(bytes)
  return sections !== undefined && (sections.funcs === 0 || isProbe(sections, provided))
}

/** Builtins are functions of the engine, which nobody has to hand over. */
const isProbe = ({ imports, exports, hasStart }: Sections, { builtins }: BuiltinChoice): boolean =>
  exports === 0 &&
  !hasStart &&
  imports.every(({ module, isFunc }) => isFunc && builtins.some((set) => module === `wasm:${set}`))
