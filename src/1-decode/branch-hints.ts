// The custom section `metadata.code.branch_hint` (branch-hinting proposal).

import { type BranchHints, NO_HINTS } from '../0-wasm/branch-hints.ts'
import { CompileError } from '../0-wasm/errors.ts'
import type { Func } from '../0-wasm/module.ts'
import { Reader } from './reader.ts'

export const BRANCH_HINTS = 'metadata.code.branch_hint'

/** Bytes of the value of a hint. */
const VALUE_SIZE = 1

/**
 * Hints are only that: a section that cannot be read is as good as none, and says nothing about the module.
 *
 * @param start where the section's contents begin, after its own name; `end` likewise in bytes of the module
 * @param funcs all functions of the module: offsets in the section count from the start of their bodies
 */
export function readBranchHints(bytes: Uint8Array, start: number, end: number, funcs: readonly Func[]): BranchHints {
  const reader = new Reader(bytes, start, end, 'the branch hint section')
  const hints = new Map<number, ReadonlyMap<number, boolean>>()
  try {
    for (let left = reader.u32(); left > 0; left--) {
      const index = reader.u32()
      hints.set(index, readFunction(reader, funcs[index]))
    }
    return reader.pos === end ? hints : NO_HINTS
  } catch (error) {
    if (error instanceof CompileError) return NO_HINTS
    throw error
  }
}

function readFunction(reader: Reader, func: Func | undefined): ReadonlyMap<number, boolean> {
  if (func?.body === undefined) throw reader.fail('a branch hint of what is no function with a body')
  const { start, end } = func.body
  const hints = new Map<number, boolean>()
  for (let left = reader.u32(); left > 0; left--) {
    const offset = start + reader.u32()
    const size = reader.u32()
    const value = reader.byte()
    if (offset >= end || size !== VALUE_SIZE || value > 1) throw reader.fail('malformed branch hint')
    hints.set(offset, value === 1)
  }
  return hints
}
