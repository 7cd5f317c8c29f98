// The passes over a function's IR, in order, and what they find out for the emitter.

import type { BranchHints } from '../0-wasm/branch-hints.ts'
import type { Func, List, Reg } from '../3-ir/ir.ts'
import { sizeOf } from '../3-ir/size.ts'
import { BIGINT } from '../3-ir/versions.ts'
import { someCompound } from '../3-ir/walk.ts'
import type { ModuleFacts } from '../4-lower/facts/module-facts.ts'
import { type Access, findSignedAddresses, type Signed } from './addresses.ts'
import { type Allocation, allocate } from './allocate.ts'
import { propagateConstants } from './constants.ts'
import { removeDead } from './dead.ts'
import { fillCases } from './dispatch.ts'
import { DefUse } from './facts/def-use.ts'
import { Facts } from './facts/facts.ts'
import { findValues, type Values } from './facts/values.ts'
import { promoteGlobals } from './globals.ts'
import { shareIndices } from './indices.ts'
import { threadJumps } from './jumps.ts'
import { paysBigInt } from './legalize/gain.ts'
import { hasInt64, legalizeToBigInts, legalizeToWords } from './legalize/legalize.ts'
import { legalizeVectors } from './legalize/vectors/vectors.ts'
import { split } from './split.ts'
import { widenStores } from './stores.ts'
import { structure } from './structure.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** What is known of registers and expressions. */
  readonly values: Values
  /** Whether somebody may look at the bits of a NaN in a register. */
  nanObserved(reg: Reg): boolean
  /** Accesses whose address is exact as a signed sum. */
  readonly signedAddresses: ReadonlyMap<Access, Signed>
}

/** What is known of the rest of the module, and how much is to be done. */
export interface Surroundings {
  /** Passes of higher levels are left out. */
  readonly level: number
  /** Bytes of bytecode above which a function is split. */
  readonly limit: number
  /** Levels of nesting that `structure` does not exceed: those that lowering has left. */
  readonly height: number
  /** How i64 values are held. */
  readonly int64: 'words' | 'bigint' | 'both'
  readonly facts: ModuleFacts
  /** Whether only this module's code sees and sets the global. */
  isPrivateGlobal(index: number): boolean
  /** Whether each Wasm local keeps a variable of its own. */
  readonly keepsLocals: boolean
  /** Whether the memory never exceeds 2 GiB, and accesses may have negative addresses, which are out of bounds. */
  takesSigned(memory: number): boolean
  /** What the module's producer says of branches, if functions are to go by it. */
  readonly hints?: BranchHints
  /** Whether memory is seen as typed arrays. */
  readonly byElement: boolean
}

interface Pass {
  readonly name: string
  /** The optimisation level from which on it runs. */
  readonly from: number
  /** What it is for; undefined: every function of every module. */
  readonly needs?: (s: Surroundings) => boolean
  readonly run: (func: Func, s: Surroundings, notes: Notes) => Func | readonly Func[]
}

/** What one pass found out and leaves for others. */
class Notes {
  /** True until `legalize` has chosen registers. */
  values: Values | undefined
  #uses: DefUse | undefined
  #body: List | undefined

  /** Where registers are set and read: what was found for a function that passes have left as it was. */
  usesIn(func: Func): DefUse {
    if (this.#uses === undefined || this.#body !== func.body) {
      this.#uses = new DefUse(func)
      this.#body = func.body
    }
    return this.#uses
  }
}

/**
 * While an i64 is one value, for all versions of a function. Small functions are inlined before, while a function is lowered
 * (`4-lower/inline.ts`).
 */
const ON_VALUES: readonly Pass[] = [
  { name: 'jumps', from: 1, run: threadJumps },
  { name: 'constants', from: 1, run: findAndPropagate },
]

function findAndPropagate(func: Func, _: Surroundings, notes: Notes): Func {
  const values = findValues(func, notes.usesIn(func))
  notes.values = values
  return propagateConstants(func, values)
}

/** Not to be left out: `legalizeVectors`, `versionsOf`. */
const VECTORS = 'vectors'
const LEGALIZE = 'legalize'

/** On what JavaScript has, for each version. */
const WHOLE: readonly Pass[] = [
  { name: 'dead', from: 1, run: (func, _, notes) => removeDead(func, notes.usesIn(func)) },
  { name: 'stores', from: 1, needs: (s) => !s.byElement, run: widenStores },
  { name: 'globals', from: 2, run: (func, s) => promoteGlobals(func, s.facts, s.isPrivateGlobal) },
  { name: 'dispatch', from: 1, run: fillCases },
  { name: 'indices', from: 2, needs: (s) => s.byElement, run: shareIndices },
]

/** From here on a version may be several functions. */
const PARTS: readonly Pass[] = [
  { name: 'split', from: 1, run: (func, s) => split(func, s.limit, s.hints?.get(func.index)) },
  { name: 'structure', from: 1, run: (func, s) => structure(func, s.height) },
]

const names = (passes: readonly Pass[]): string[] => passes.map(({ name }) => name)

/** Before the first pass. */
const LOWER = 'lower'

/** The names of all passes, in order; before the first one the IR is as it was lowered. */
export const PASS_NAMES: readonly string[] = [
  LOWER,
  VECTORS,
  ...names(ON_VALUES),
  LEGALIZE,
  ...names(WHOLE),
  ...names(PARTS),
]

/** Looks at what a pass has made: versions of a function, or one version and then its parts if it is split by then. */
export type Check = (funcs: readonly Func[], pass: string) => void

function runAll(
  passes: readonly Pass[],
  func: Func,
  s: Surroundings | undefined,
  check: Check,
  notes: Notes,
): readonly Func[] {
  let funcs: readonly Func[] = [func]
  if (s === undefined) return funcs
  for (const { name, from, needs, run } of passes) {
    if (from > s.level || needs?.(s) === false) continue
    if (funcs.length > 1) funcs = funcs.flatMap((each) => run(each, s, notes))
    else {
      const made = run(funcs[0]!, s, notes)
      funcs = 'body' in made ? [made] : made
    }
    check(funcs, name)
  }
  return funcs
}

/** A function whose v128 values are numbers. */
function withoutVectors(func: Func, s: Surroundings | undefined, check: Check): Func {
  const made = legalizeVectors(func, isOptimized(s))
  check([made], VECTORS)
  return made
}

const isOptimized = (s: Surroundings | undefined): boolean => s !== undefined && s.level > 0

/** The versions of a function, the main one first, and how each holds i64 values. */
function legalize(func: Func, s: Surroundings | undefined, check: Check, notes: Notes): readonly Func[] {
  const versions = versionsOf(func, s, notes)
  check(versions, LEGALIZE)
  return versions
}

function versionsOf(func: Func, s: Surroundings | undefined, notes: Notes): readonly Func[] {
  if (!hasInt64(func)) return [{ ...func, int64: 'words' }]
  if (s === undefined) return [legalizeToWords(func)]
  const onWords = (): Func => legalizeToWords(func, new Facts(func, notes.usesIn(func), notes.values))
  if (s.int64 === 'words' || !canBeBigInt(func, s)) return [onWords()]
  if (s.int64 === 'bigint') return [legalizeToBigInts(func) ?? onWords()]
  const bigint = s.level > 1 && paysBigInt(func) ? legalizeToBigInts(func) : undefined
  if (bigint === undefined) return [onWords()]
  return [
    { ...onWords(), alternatives: [BIGINT] },
    { ...bigint, version: BIGINT },
  ]
}

/**
 * No version on BigInts for a function with tail calls, which go through the main version; with a dispatch, through which cells
 * are not followed; or with a `try`, whose handler would find the cells as the function has set them that threw. Nor for one that
 * is far too large to stay whole (`isWhole`): it would be made for nothing.
 */
const canBeBigInt = (func: Func, { limit }: Surroundings): boolean =>
  !func.hasTailCalls &&
  !someCompound(func.body, ({ kind }) => kind === 'dispatch' || kind === 'try') &&
  sizeOf(func.body) <= FAR_TOO_LARGE * limit

/** Passes make functions smaller too. */
const FAR_TOO_LARGE = 2

const NO_CHECK: Check = () => {}

/** @returns the versions of a function as they are after a pass, each followed by its parts if it is split by then */
export function runUntil(
  name: string,
  lowered: Func,
  s: Surroundings | undefined,
  check: Check = NO_CHECK,
): readonly Func[] {
  const until = (passes: readonly Pass[]): readonly Pass[] => {
    const last = passes.findIndex((pass) => pass.name === name)
    return last === -1 ? passes : passes.slice(0, last + 1)
  }
  check([lowered], LOWER)
  if (name === LOWER) return [lowered]
  const notes = new Notes()
  const numbers = withoutVectors(lowered, s, check)
  if (name === VECTORS) return [numbers]
  const values = runAll(until(ON_VALUES), numbers, s, check, notes)[0]!
  if (names(ON_VALUES).includes(name)) return [values]
  const versions = legalize(values, s, check, notes)
  if (name === LEGALIZE) return versions
  const whole = versions.map((version) => runAll(until(WHOLE), version, s, check, notes)[0]!)
  return names(WHOLE).includes(name)
    ? whole
    : whole.flatMap((version) => runAll(until(PARTS), version, s, check, notes))
}

/** One pass by itself. @returns the function, its versions behind `legalize`, it and its parts behind `split` */
export function runPass(name: string, func: Func, s: Surroundings): readonly Func[] {
  if (name === VECTORS) return [legalizeVectors(func, isOptimized(s))]
  if (name === LEGALIZE) return versionsOf(func, s, new Notes())
  const pass = [...ON_VALUES, ...WHOLE, ...PARTS].find((each) => each.name === name)
  if (pass === undefined) throw new Error(`there is no pass ${name}`)
  return [pass.run(func, s, new Notes())].flat()
}

/**
 * @param s undefined: nothing is optimised, as `-O0` says
 * @returns the versions of the function, the main one first, each followed by its parts if it is split
 */
export function optimize(lowered: Func, s: Surroundings | undefined, check: Check = NO_CHECK): readonly Optimized[] {
  check([lowered], LOWER)
  const notes = new Notes()
  const values = runAll(ON_VALUES, withoutVectors(lowered, s, check), s, check, notes)[0]!
  const [main, ...others] = legalize(values, s, check, notes)
  const kept = others
    .map((version) => optimizeVersion(version, s, check, notes))
    .filter(isWhole)
    .flat()
  const alternatives = main!.alternatives.filter(({ kind }) => kept.some(({ func }) => func.version.kind === kind))
  const done = optimizeVersion({ ...main!, alternatives }, s, check, notes)
  if (isWhole(done)) return [...done, ...kept]
  return s === undefined
    ? done
    : optimizeVersion(legalize(values, { ...s, int64: 'words' }, check, notes)[0]!, s, check, notes)
}

/** A version on BigInts is of no use if it was split: its parts would hand BigInts to each other. */
const isWhole = (parts: readonly Optimized[]): boolean => parts.length === 1 || parts[0]!.func.int64 !== 'bigint'

/** @returns the version, then its parts */
function optimizeVersion(version: Func, s: Surroundings | undefined, check: Check, notes: Notes): readonly Optimized[] {
  if (s === undefined) return finish([version], new Facts(version), () => true, NOTHING_KNOWN)
  const whole = runAll(WHOLE, version, s, check, notes)[0]!
  const facts = new Facts(whole, notes.usesIn(whole))
  return finish(runAll(PARTS, whole, s, check, notes), facts, nanObserved(whole, facts), s)
}

const NOTHING_KNOWN = { keepsLocals: true, takesSigned: undefined }

const NONE: Optimized['signedAddresses'] = new Map()

/** Of registers that were made for handing over between parts, anything may be the case. */
function nanObserved(func: Func, facts: Facts): Optimized['nanObserved'] {
  return (reg) => {
    if (reg.type !== 'f32' && reg.type !== 'f64') return false
    return reg.id >= func.regCount || facts.demands.nanObserved(reg)
  }
}

/** @param facts on the function before it was split: its parts have its registers, so what is known of these is true in them */
function finish(
  funcs: readonly Func[],
  { values }: Facts,
  nanObserved: Optimized['nanObserved'],
  { keepsLocals, takesSigned }: Pick<Surroundings, 'keepsLocals' | 'takesSigned'> | typeof NOTHING_KNOWN,
): Optimized[] {
  return funcs.map((func) => ({
    func,
    values,
    nanObserved,
    allocation: allocate(func, keepsLocals),
    signedAddresses: takesSigned === undefined ? NONE : findSignedAddresses(func, takesSigned),
  }))
}
