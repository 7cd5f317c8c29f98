// The functions of a module, from bytes to text: one after the other, so that there is one function's tree at a time.

import type { Module } from './0-wasm/module.ts'
import type { Func } from './3-ir/ir.ts'
import { LIMITS } from './4-lower/limits.ts'
import { type Lowered, lowerFunction } from './4-lower/lower.ts'
import { SmallFunctions } from './4-lower/small-functions.ts'
import { type Optimized, optimize, type Surroundings } from './5-optimize/passes.ts'
import { type ModuleContext, surroundingsOf } from './6-emit/context.ts'
import { type EmittedFunctions, FunctionsEmitter } from './6-emit/functions.ts'
import { MAX_CELLS } from './6-emit/wide.ts'
import type { Settings } from './options.ts'

/** Function indices `from` to before `to`. */
export interface FunctionRange {
  readonly from: number
  readonly to: number
}

/** Bytes of code that make a range: what a thread takes at a time, and what progress is told after. */
const RANGE = 1 << 16

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
 * Up to how many bytes of code a function is put where it is called, by optimisation level. JIT compilers inline by
 * themselves: for them, only what is hardly longer than the call; recursive functions they leave alone.
 */
const INLINED = { jit: [0, 0, 12, 40], interpreter: [0, 0, 32, 64] } as const

/** Lowers a function of a module: see lowerFunction. */
type Lower = (index: number) => Lowered

/**
 * What lowers the functions of a module; those that are small are put where they are called.
 *
 * @param isWide whether to their wide versions
 */
export function lowerer(module: Module, { engine, optimize: level, limits = LIMITS }: Settings, isWide = false): Lower {
  const small = new SmallFunctions(module, limits.inlined ?? INLINED[engine][level], isWide, limits)
  return (index) => lowerFunction(module, index, (callee) => small.find(callee, index), isWide, limits)
}

/** What the passes go by; undefined: none is run. */
export function surroundings(context: ModuleContext, settings: Settings): Surroundings | undefined {
  const { engine, optimize: level, limits = LIMITS } = settings
  // Engines without a JIT have no limit on what they optimise.
  return surroundingsOf(context, level, engine === 'jit' ? limits.bytecode : Infinity)
}

/** Compiles a range of functions; imported ones have no code. Throws the CompileError of the first that is not valid. */
export function compileRange(context: ModuleContext, options: Settings, { from, to }: FunctionRange): EmittedFunctions {
  const { module } = context
  const emitter = new FunctionsEmitter(context)
  const known = surroundings(context, options)
  const lower = lowerer(module, options)
  const lowerWide = takesWide(options) ? lowerer(module, options, true) : undefined
  for (let index = from; index < to; index++) {
    if (module.funcs[index]!.body === undefined) continue
    const { func, lowering } = lower(index)
    const parts = optimize(func, known)
    const wide = lowerWide && known && lowering.wideGain.pays ? widen(lowerWide(index).func, known) : undefined
    for (const each of parts) emitter.add(wide ? { ...each, func: { ...each.func, wide: 'has' } } : each)
    if (wide) emitter.add(wide)
  }
  return emitter.take()
}

/** Wide versions need BigInts, and compilers that know them. */
const takesWide = ({ engine, optimize: level, target }: Settings): boolean =>
  engine === 'jit' && level > 1 && (target === 'es2020' || target === 'esnext')

/** The wide version of a function, if it can have one: in parts, BigInts would go from one to the other. */
function widen(lowered: Func, known: Surroundings): Optimized | undefined {
  if (lowered.hasTailCalls || lowered.hasDispatches) return undefined
  const [wide, ...parts] = optimize(lowered, known)
  const cells = wide!.allocation.types.filter((type) => type === 'i64cell')
  return parts.length > 0 || cells.length > MAX_CELLS ? undefined : wide
}
