// Versions of a function: bodies that do the same, or parts of it. Other functions call the main one. A version that only
// some engines run has a guard, and the main version goes there where the guard holds, and else on by itself.

import type { RuntimeName } from './runtime-names.ts'

/** `tail`: makes its tail calls by handing them to its caller, which the main version is. */
export type VersionKind = 'main' | 'part' | 'bigint' | 'tail'

export interface Version {
  readonly kind: VersionKind
  /** Of a part, from 1. Its parameters, locals and results are registers of the function that it is from. */
  readonly number: number
}

export const MAIN: Version = { kind: 'main', number: 0 }

/** For engines that compile operations on BigInts of 64 bits to machine instructions. */
export const BIGINT: Version = { kind: 'bigint', number: 0 }

export const TAIL: Version = { kind: 'tail', number: 0 }

export const part = (number: number): Version => ({ kind: 'part', number })

export const isSameVersion = (a: Version, b: Version): boolean => a.kind === b.kind && a.number === b.number

/** The variable of the runtime that is true where a version is to run instead of the main one, if it has a condition. */
export const GUARDS: Readonly<Record<VersionKind, RuntimeName | undefined>> = {
  main: undefined,
  part: undefined,
  bigint: 'wb',
  tail: undefined,
}
