// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-lower/ir.ts'
import { type Access, findPlainAddresses } from './addresses.ts'
import { type Allocation, allocate } from './allocate.ts'
import type { CalleeEffects } from './callees.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { promoteGlobals } from './globals.ts'
import { shareIndices } from './indices.ts'
import { findNanBits } from './nan-bits.ts'
import { findNanCarriers } from './nan-carriers.ts'
import { useSigns } from './signs.ts'
import { split } from './split.ts'
import { structure } from './structure.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** By register id: 1 if the bits of a NaN in it matter. */
  readonly nanBits: Uint8Array
  /** By register id: 1 if an f32 register may hold a NaN with bits of its own. */
  readonly nanCarriers: Uint8Array
  /** Accesses whose address is exact as a signed sum. */
  readonly plainAddresses: ReadonlySet<Access>
}

/** What is known of the rest of the module. */
export interface Surroundings {
  readonly callees: CalleeEffects
  /** Whether only this module's code sees and sets the global. */
  isPrivateGlobal(index: number): boolean
  /** Whether the memory never exceeds 2 GiB, and accesses may have negative addresses, which are out of bounds. */
  takesSigned(memory: number): boolean
  /** Whether memory is seen as typed arrays. */
  readonly byElement: boolean
}

/**
 * @param surroundings undefined: nothing is optimised, as `-O0` says
 * @param limit bytes of bytecode above which a function is split
 * @returns the function, then its parts if it is split
 */
export function optimize(lowered: Func, surroundings: Surroundings | undefined, limit: number): readonly Optimized[] {
  if (surroundings === undefined) return finish([lowered], NOTHING, NOTHING, () => false)
  const { callees, isPrivateGlobal, takesSigned, byElement } = surroundings
  const whole = fillCases(promoteGlobals(removeDead(useSigns(propagateConstants(lowered))), callees, isPrivateGlobal))
  const func = byElement ? shareIndices(whole) : whole
  return finish(split(func, limit).map(structure), findNanBits(func), findNanCarriers(func), takesSigned)
}

/** No register is known of. */
const NOTHING = new Uint8Array()

/** The registers of parts are those of their function; of registers made for handing over nothing is known. */
function finish(
  funcs: readonly Func[],
  bits: Uint8Array,
  carriers: Uint8Array,
  takesSigned: Surroundings['takesSigned'],
): Optimized[] {
  const known = (found: Uint8Array): Uint8Array => {
    const all = new Uint8Array(funcs[0]!.regCount).fill(1)
    all.set(found)
    return all
  }
  const [nanBits, nanCarriers] = [known(bits), known(carriers)]
  return funcs.map((func) => ({
    func,
    nanBits,
    nanCarriers,
    allocation: allocate(func),
    plainAddresses: findPlainAddresses(func, takesSigned),
  }))
}
