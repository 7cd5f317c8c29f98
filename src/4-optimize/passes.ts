// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-lower/ir.ts'
import { type Allocation, allocate } from './allocate.ts'
import type { CalleeEffects } from './callees.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { promoteGlobals } from './globals.ts'
import { findNanBits } from './nan-bits.ts'
import { split } from './split.ts'
import { structure } from './structure.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** By register id: 1 if the bits of a NaN in it matter. */
  readonly nanBits: Uint8Array
}

/** What is known of the rest of the module. */
export interface Surroundings {
  readonly callees: CalleeEffects
  /** Whether only this module's code sees and sets the global. */
  isPrivateGlobal(index: number): boolean
}

/**
 * @param surroundings undefined: nothing is optimised, as `-O0` says
 * @param limit bytes of bytecode above which a function is split
 * @returns the function, then its parts if it is split
 */
export function optimize(lowered: Func, surroundings: Surroundings | undefined, limit: number): readonly Optimized[] {
  if (surroundings === undefined) return finish([lowered], new Uint8Array(lowered.regCount).fill(1))
  const { callees, isPrivateGlobal } = surroundings
  const func = fillCases(promoteGlobals(removeDead(propagateConstants(lowered)), callees, isPrivateGlobal))
  return finish(split(func, limit).map(structure), findNanBits(func))
}

/** The registers of parts are those of their function; registers made for handing over keep all bits. */
function finish(funcs: readonly Func[], found: Uint8Array): Optimized[] {
  const nanBits = new Uint8Array(funcs[0]!.regCount).fill(1)
  nanBits.set(found)
  return funcs.map((func) => ({ func, nanBits, allocation: allocate(func) }))
}
