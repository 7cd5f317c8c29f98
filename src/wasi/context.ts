// What the functions of one WASI object share.

import type { Descriptors } from './descriptors.ts'
import { fail } from './errno.ts'
import type { FileSystem } from './host.ts'
import type { GuestMemory } from './memory.ts'

export type Version = 'unstable' | 'preview1'

export interface Context {
  readonly memory: GuestMemory
  readonly descriptors: Descriptors
  /** Undefined where there are no files. */
  readonly fs: FileSystem | undefined
  readonly version: Version
}

/** A function as it is written: it gives an errno, or nothing for SUCCESS, or throws what `errnoOf` knows. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that has nothing to say returns nothing
export type WasiFunction = (...args: never[]) => number | void

/** i64 parameters come as signed BigInts. Without `BigInt.asUintN(64, x)`, which in QuickJS 2025-04-26 is -1 for -1. */
export const unsigned = (value: bigint): bigint => value & 0xffff_ffff_ffff_ffffn

/** A size or an offset in a file, as node:fs takes them; fails with INVAL for what is larger than a file can be. */
export function fileOffset(value: bigint): number {
  const offset = unsigned(value)
  return offset <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(offset) : fail('INVAL')
}
