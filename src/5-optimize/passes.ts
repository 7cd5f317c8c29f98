// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-ir/ir.ts'
import { BIGINT } from '../3-ir/versions.ts'
import { someStmt } from '../3-ir/walk.ts'
import { type Access, findPlainAddresses } from './addresses.ts'
import { type Allocation, allocate } from './allocate.ts'
import type { CalleeEffects } from './callees.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { promoteGlobals } from './globals.ts'
import { shareIndices } from './indices.ts'
import { threadJumps } from './jumps.ts'
import { paysBigInt } from './legalize/gain.ts'
import { legalizeToBigInts, legalizeToWords } from './legalize/legalize.ts'
import { findNanBits } from './nan-bits.ts'
import { findNanCarriers } from './nan-carriers.ts'
import { useSigns } from './signs.ts'
import { split } from './split.ts'
import { widenStores } from './stores.ts'
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

/** What is known of the rest of the module, and how much is to be done. */
export interface Surroundings {
  /** Passes of higher levels are left out. */
  readonly level: number
  /** Bytes of bytecode above which a function is split. */
  readonly limit: number
  /** How i64 values are held. */
  readonly int64: 'auto' | 'words' | 'bigint'
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

/**
 * While an i64 is one value, for all versions of a function. Small functions are inlined before, while a function is lowered
 * (`4-lower/inline.ts`).
 */
const ON_VALUES: readonly Pass[] = [{ name: 'jumps', from: 1, run: threadJumps }]

/** Not to be left out: `versionsOf`. */
const LEGALIZE = 'legalize'

/** On what JavaScript has, for each version. */
const WHOLE: readonly Pass[] = [
  { name: 'constants', from: 1, run: propagateConstants },
  { name: 'signs', from: 1, run: useSigns },
  { name: 'dead', from: 1, run: removeDead },
  { name: 'stores', from: 1, needs: (s) => !s.byElement, run: widenStores },
  { name: 'globals', from: 2, run: (func, s) => promoteGlobals(func, s.callees, s.isPrivateGlobal) },
  { name: 'dispatch', from: 1, run: fillCases },
  { name: 'indices', from: 2, needs: (s) => s.byElement, run: shareIndices },
]

/** From here on a version may be several functions. */
const PARTS: readonly Pass[] = [
  { name: 'split', from: 1, run: (func, s) => split(func, s.limit) },
  { name: 'structure', from: 1, run: structure },
]

const names = (passes: readonly Pass[]): string[] => passes.map(({ name }) => name)

/** The names of all passes, in order; before the first one the IR is as it was lowered. */
export const PASS_NAMES: readonly string[] = ['lower', ...names(ON_VALUES), LEGALIZE, ...names(WHOLE), ...names(PARTS)]

function runAll(passes: readonly Pass[], func: Func, s: Surroundings | undefined): readonly Func[] {
  if (s === undefined) return [func]
  return passes
    .filter(({ from, needs }) => from <= s.level && (needs?.(s) ?? true))
    .reduce<readonly Func[]>((funcs, { run }) => funcs.flatMap((each) => run(each, s)), [func])
}

/** The versions of a function, the main one first, and how each holds i64 values. */
function versionsOf(func: Func, s: Surroundings | undefined): readonly Func[] {
  const int64 = s?.int64 ?? 'words'
  if (int64 === 'words' || !canBeBigInt(func)) return [legalizeToWords(func)]
  if (int64 === 'bigint') return [legalizeToBigInts(func) ?? legalizeToWords(func)]
  const bigint = s!.level > 1 && paysBigInt(func) ? legalizeToBigInts(func) : undefined
  if (bigint === undefined) return [legalizeToWords(func)]
  return [
    { ...legalizeToWords(func), alternatives: [BIGINT] },
    { ...bigint, version: BIGINT },
  ]
}

/** Tail calls go through the main version, and the cells of a dispatch are not followed. */
const canBeBigInt = (func: Func): boolean =>
  !func.hasTailCalls && !someStmt(func.body, ({ kind }) => kind === 'dispatch')

/** @returns the versions of a function as they are after a pass, each followed by its parts if it is split by then */
export function runUntil(name: string, lowered: Func, s: Surroundings | undefined): readonly Func[] {
  const until = (passes: readonly Pass[]): readonly Pass[] => {
    const last = passes.findIndex((pass) => pass.name === name)
    return last === -1 ? passes : passes.slice(0, last + 1)
  }
  if (name === 'lower') return [lowered]
  const values = runAll(until(ON_VALUES), lowered, s)[0]!
  if (names(ON_VALUES).includes(name)) return [values]
  const versions = versionsOf(values, s)
  if (name === LEGALIZE) return versions
  const whole = versions.map((version) => runAll(until(WHOLE), version, s)[0]!)
  return names(WHOLE).includes(name) ? whole : whole.flatMap((version) => runAll(until(PARTS), version, s))
}

/**
 * @param s undefined: nothing is optimised, as `-O0` says
 * @returns the versions of the function, the main one first, each followed by its parts if it is split
 */
export function optimize(lowered: Func, s: Surroundings | undefined): readonly Optimized[] {
  const values = runAll(ON_VALUES, lowered, s)[0]!
  const [main, ...others] = versionsOf(values, s)
  const done = others.map((version) => optimizeVersion(version, s))
  // In parts, BigInts would go from one to the other: such a version is none.
  const kept = done.filter((parts) => parts.length === 1).flat()
  const alternatives = main!.alternatives.filter(({ kind }) => kept.some(({ func }) => func.version.kind === kind))
  return [...optimizeVersion({ ...main!, alternatives }, s), ...kept]
}

/** @returns the version, then its parts */
function optimizeVersion(version: Func, s: Surroundings | undefined): readonly Optimized[] {
  if (s === undefined) return finish([version], NOTHING, NOTHING, UNKNOWN)
  const whole = runAll(WHOLE, version, s)[0]!
  return finish(runAll(PARTS, whole, s), findNanBits(whole), findNanCarriers(whole), s)
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
