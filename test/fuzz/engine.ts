// What this process's own engine has: of features that it lacks, there is nothing to compare with.

import { gcModule, structType } from '../binary/gc.ts'

/** Whether a module of these sections is valid. */
const has = (...sections: number[]): boolean =>
  WebAssembly.validate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections))

export const hasGc = (): boolean => WebAssembly.validate(gcModule({ types: [structType('i32')], funcs: [] }))
/** A memory whose flags say 64 bits. */
export const hasMemory64 = (): boolean => has(5, 3, 1, 4, 1)
/** A function type with a parameter exnref. */
export const hasExnref = (): boolean => has(1, 5, 1, 0x60, 1, 0x69, 0)
/** Two memories. */
export const hasMultiMemory = (): boolean => has(5, 5, 2, 0, 1, 0, 1)
