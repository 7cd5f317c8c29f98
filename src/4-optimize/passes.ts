// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-lower/ir.ts'
import { type Allocation, allocate } from './allocate.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { findNanBits } from './nan-bits.ts'
import { split } from './split.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** By register id: 1 if the bits of a NaN in it matter. */
  readonly nanBits: Uint8Array
}

/**
 * @param level 0 to 3, as `-O`
 * @param limit bytes of bytecode above which a function is split
 * @returns the function, then its parts if it is split
 */
export function optimize(lowered: Func, level: number, limit: number): readonly Optimized[] {
  const func = level === 0 ? lowered : removeDead(propagateConstants(lowered))
  const nanBits = level === 0 ? new Uint8Array(func.regCount).fill(1) : findNanBits(func)
  return finish(level === 0 ? [func] : split(func, limit), nanBits)
}

/** The registers of parts are those of their function; registers made for handing over keep all bits. */
function finish(funcs: readonly Func[], found: Uint8Array): Optimized[] {
  const nanBits = new Uint8Array(funcs[0]!.regCount).fill(1)
  nanBits.set(found)
  return funcs.map((func) => ({ func, nanBits, allocation: allocate(func) }))
}
