// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func, Reg } from '../3-ir/ir.ts'
import { type Access, findPlainAddresses } from './addresses.ts'
import { type Allocation, allocate } from './allocate.ts'
import type { CalleeEffects } from './callees.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { findDemands } from './facts/demands.ts'
import { findValues, type Values } from './facts/values.ts'
import { promoteGlobals } from './globals.ts'
import { shareIndices } from './indices.ts'
import { threadJumps } from './jumps.ts'
import { useSigns } from './signs.ts'
import { split } from './split.ts'
import { widenStores } from './stores.ts'
import { structure } from './structure.ts'
import { useCells } from './wide-cells.ts'
import { passWords } from './words.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** What is known of registers and expressions. */
  readonly values: Values
  /** Whether somebody may look at the bits of a NaN in a register. */
  nanObserved(reg: Reg): boolean
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
  if (s === undefined) return finish([lowered], lowered, () => true, UNKNOWN)
  const func = runAll(WHOLE, lowered, s)[0]!
  return finish(runAll(PARTS, func, s), func, nanObserved(func), s)
}

const UNKNOWN = { keepsLocals: true, takesSigned: () => false }

/** Of registers that were made for handing over between parts, anything may be the case. */
function nanObserved(func: Func): Optimized['nanObserved'] {
  if (!func.hasFloats) return () => false
  const demands = findDemands(func)
  return (reg) => reg.id >= func.regCount || demands.nanObserved(reg)
}

/** @param whole the function before it was split: its parts have its registers, so what is known of these is true in them */
function finish(
  funcs: readonly Func[],
  whole: Func,
  nanObserved: Optimized['nanObserved'],
  { keepsLocals, takesSigned }: Pick<Surroundings, 'keepsLocals' | 'takesSigned'>,
): Optimized[] {
  const values = findValues(whole)
  return funcs.map((func) => ({
    func,
    values,
    nanObserved,
    allocation: allocate(func, keepsLocals),
    plainAddresses: findPlainAddresses(func, takesSigned),
  }))
}
