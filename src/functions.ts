// The functions of a module, from bytes to text: one after the other, so that there is one function's tree at a time.

import { isShared, type Module } from './0-wasm/module.ts'
import type { Func } from './3-ir/ir.ts'
import { isPlainTail } from './4-lower/facts/tail-calls.ts'
import type { Inlinee } from './4-lower/inline.ts'
import { splitLanes } from './4-lower/lane-loops.ts'
import { LIMITS } from './4-lower/limits.ts'
import { lowerFunction, needsValidator } from './4-lower/lower.ts'
import { unrollRotations } from './4-lower/rotations.ts'
import { SmallFunctions } from './4-lower/small-functions.ts'
import { TailLoops } from './4-lower/tail-loops.ts'
import { IndirectTargets } from './4-lower/targets.ts'
import { optimize, type Surroundings } from './5-optimize/passes.ts'
import { type EmittedFunctions, FunctionsEmitter } from './6-emit/functions.ts'
import { type ModuleContext, surroundingsOf } from './6-emit/module-context.ts'
import { Writer } from './6-emit/writer.ts'
import { checkOf } from './check.ts'
import type { Settings } from './options.ts'

/** Function indices `from` to before `to`. */
export interface FunctionRange {
  readonly from: number
  readonly to: number
}

/** Bytes of code that make a range: what a thread takes at a time, and what progress is told after. */
const RANGE = 1 << 16

/** Bytes of code in a module. */
export const codeSize = ({ funcs }: Module): number =>
  funcs.reduce((sum, { body }) => sum + (body === undefined ? 0 : body.end - body.start), 0)

/** All functions of a module in ranges of about as much code. */
export function rangesOf({ funcs }: Module): FunctionRange[] {
  const ranges: FunctionRange[] = []
  let from = 0
  let size = 0
  for (const [index, { body }] of funcs.entries()) {
    size += body === undefined ? 0 : body.end - body.start
    if (size < RANGE && index < funcs.length - 1) continue
    ranges.push({ from, to: index + 1 })
    from = index + 1
    size = 0
  }
  return ranges
}

/**
 * Up to how many bytes of bytecode a function is put where it is called, by optimisation level. JIT compilers inline by
 * themselves: for them, only what is hardly longer than the call; recursive functions they leave alone.
 */
const INLINED = { jit: [0, 0, 45, 180], interpreter: [0, 0, 140, 270] } as const

/** The functions of a module as they are compiled. */
interface Lowerer {
  /** Lowers a function with code, and what is to stand in it: see lowerFunction. */
  lower(index: number): Func
  /** Whether the output does not need a function: it stands in others. */
  isGone(index: number): boolean
}

/** What lowers the functions of a module; those that are small are put where they are called. */
export function lowerer(
  { module, facts, isLazy }: ModuleContext,
  { engine, optimize: level, limits = LIMITS }: Settings,
): Lowerer {
  // What is compiled when it is called was validated before.
  const isValid = isLazy && !needsValidator(module)
  // Another thread could change what is loaded from one lane to the next.
  const isAlone = !module.memories.some((_, index) => isShared(module, index))
  const small = new SmallFunctions(module, limits.inlined ?? INLINED[engine][level], limits, isValid)
  const targets = new IndirectTargets(module, level > 1 && facts !== undefined ? facts.tables : [])
  const alone = (index: number): Func => {
    const inlinable = (callee: number, loops: number): Inlinee | undefined =>
      small.find(callee, { caller: index, loops })
    const isPlain = (callee: number): boolean => facts !== undefined && isPlainTail(facts.tails, index, callee)
    const callees = { inlinable, targets: targets.find, isPlainTail: isPlain }
    const { func } = lowerFunction(module, index, callees, limits, isValid)
    return level > 1 && engine === 'jit' ? unrollRotations(isAlone ? splitLanes(func) : func) : func
  }
  const loops = new TailLoops(module, level > 1 && facts !== undefined ? facts.tails.loops : [], alone, limits)
  return { lower: (index) => loops.find(index) ?? alone(index), isGone: (index) => loops.isGone(index) }
}

/** What the passes go by; undefined: none is run. */
export function surroundings(context: ModuleContext, settings: Settings): Surroundings | undefined {
  const { engine, optimize: level, limits = LIMITS } = settings
  // Engines without a JIT have no limit on what they optimise.
  const limit = engine === 'jit' ? limits.bytecode : Infinity
  return surroundingsOf(context, { level, limit, height: limits.height, int64: int64Of(settings) })
}

/** Compiles a range of functions; imported ones have no code. Throws the CompileError of the first that is not valid. */
export type CompileRange = (range: FunctionRange) => EmittedFunctions

/**
 * What compiles ranges of functions. What it finds out on the way, the small functions and what tables call, is found once for
 * all ranges.
 */
export function rangeCompiler(context: ModuleContext, settings: Settings): CompileRange {
  const { module } = context
  const known = surroundings(context, settings)
  const { lower, isGone } = lowerer(context, settings)
  const check = verifies(settings) ? checkOf(module) : undefined
  const writer = new Writer()
  return ({ from, to }) => {
    const emitter = new FunctionsEmitter(context, writer)
    for (let index = from; index < to; index++) {
      if (module.funcs[index]!.body === undefined) continue
      const lowered = lower(index)
      if (isGone(index)) continue
      for (const each of optimize(lowered, known, check)) emitter.add(each)
    }
    return emitter.take()
  }
}

/** Versions on BigInts need literals of them, and pay only where compilers know them. */
function int64Of({ i64, engine, target }: Settings): Surroundings['int64'] {
  const isPossible = engine === 'jit' && target !== 'es5' && target !== 'es2015'
  return isPossible && i64 !== 'auto' ? i64 : 'words'
}

/** Whether the IR is checked after each pass: see `Internals`. */
export const verifies = ({ verifies: wanted }: Settings): boolean =>
  wanted ?? (typeof process === 'object' && process.env?.['NOWASM_VERIFY'] === '1')
