// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-ir/ir.ts'
import { type Access, findPlainAddresses } from './addresses.ts'
import { type Allocation, allocate } from './allocate.ts'
import type { CalleeEffects } from './callees.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { promoteGlobals } from './globals.ts'
import { shareIndices } from './indices.ts'
import { threadJumps } from './jumps.ts'
import { findNanBits } from './nan-bits.ts'
import { findNanCarriers } from './nan-carriers.ts'
import { useSigns } from './signs.ts'
import { split } from './split.ts'
import { widenStores } from './stores.ts'
import { structure } from './structure.ts'
import { useCells } from './wide-cells.ts'
import { passWords } from './words.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** By register id: 1 if the bits of a NaN in it matter. */
  readonly nanBits: Uint8Array
  /** By register id: 1 if a float register may hold a NaN with bits of its own. */
  readonly nanCarriers: Uint8Array
  /** Accesses whose address is exact as a signed sum. */
  readonly plainAddresses: ReadonlySet<Access>
}

/** What is known of the rest of the module, and how much is to be done. */
export interface Surroundings {
  /** Passes of higher levels are left out. */
  readonly level: number
  /** Bytes of bytecode above which a function is split. */
  readonly limit: number
  readonly callees: CalleeEffects
  /** Whether only this module's code sees and sets the global. */
  isPrivateGlobal(index: number): boolean
  /** Whether each Wasm local keeps a variable of its own. */
  readonly keepsLocals: boolean
  /** Whether the memory never exceeds 2 GiB, and accesses may have negative addresses, which are out of bounds. */
  takesSigned(memory: number): boolean
  /** Whether memory is seen as typed arrays. */
  readonly byElement: boolean
}

interface Pass {
  readonly name: string
  /** The optimisation level from which on it runs. */
  readonly from: number
  /** What it is for; undefined: every function of every module. */
  readonly needs?: (s: Surroundings) => boolean
  readonly run: (func: Func, s: Surroundings) => Func | readonly Func[]
}

/** Small functions are inlined before all of these, while a function is lowered (`4-lower/inline.ts`). */
const WHOLE: readonly Pass[] = [
  { name: 'jumps', from: 1, run: threadJumps },
  { name: 'words', from: 2, run: passWords },
  { name: 'constants', from: 1, run: propagateConstants },
  { name: 'signs', from: 1, run: useSigns },
  { name: 'dead', from: 1, run: removeDead },
  { name: 'stores', from: 1, needs: (s) => !s.byElement, run: widenStores },
  { name: 'globals', from: 2, run: (func, s) => promoteGlobals(func, s.callees, s.isPrivateGlobal) },
  { name: 'dispatch', from: 1, run: fillCases },
  { name: 'indices', from: 2, needs: (s) => s.byElement, run: shareIndices },
  { name: 'cells', from: 2, run: useCells },
]

/** From here on a function may be several. */
const PARTS: readonly Pass[] = [
  { name: 'split', from: 1, run: (func, s) => split(func, s.limit) },
  { name: 'structure', from: 1, run: structure },
]

/** The names of all passes, in order; before the first one the IR is as it was lowered. */
export const PASS_NAMES: readonly string[] = ['lower', ...[...WHOLE, ...PARTS].map(({ name }) => name)]

const runAll = (passes: readonly Pass[], func: Func, s: Surroundings): readonly Func[] =>
  passes
    .filter(({ from, needs }) => from <= s.level && (needs?.(s) ?? true))
    .reduce<readonly Func[]>((funcs, { run }) => funcs.flatMap((each) => run(each, s)), [func])

/** @returns the function as it is after a pass, then its parts if it is split by then; all levels have all names */
export function runUntil(name: string, lowered: Func, s: Surroundings | undefined): readonly Func[] {
  const passes = [...WHOLE, ...PARTS].slice(0, PASS_NAMES.indexOf(name))
  return s === undefined ? [lowered] : runAll(passes, lowered, s)
}

/**
 * @param s undefined: nothing is optimised, as `-O0` says
 * @returns the function, then its parts if it is split
 */
export function optimize(lowered: Func, s: Surroundings | undefined): readonly Optimized[] {
  if (s === undefined) return finish([lowered], NOTHING, NOTHING, UNKNOWN)
  const func = runAll(WHOLE, lowered, s)[0]!
  return finish(runAll(PARTS, func, s), findNanBits(func), findNanCarriers(func), s)
}

/** No register is known of. */
const NOTHING = new Uint8Array()

const UNKNOWN = { keepsLocals: true, takesSigned: () => false }

/** The registers of parts are those of their function; of registers made for handing over nothing is known. */
function finish(
  funcs: readonly Func[],
  bits: Uint8Array,
  carriers: Uint8Array,
  { keepsLocals, takesSigned }: Pick<Surroundings, 'keepsLocals' | 'takesSigned'>,
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
    allocation: allocate(func, keepsLocals),
    plainAddresses: findPlainAddresses(func, takesSigned),
  }))
}
