// The functions of a module, from bytes to text: one after the other, so that there is one function's tree at a time.

import type { Module } from './0-wasm/module.ts'
import type { Func } from './3-lower/ir.ts'
import { lowerFunction } from './3-lower/lower.ts'
import { SmallFunctions } from './3-lower/small-functions.ts'
import { optimize, type Surroundings } from './4-optimize/passes.ts'
import { BYTECODE_LIMIT } from './4-optimize/split/limit.ts'
import { type ModuleContext, surroundingsOf } from './5-emit/context.ts'
import { type EmittedFunctions, FunctionsEmitter } from './5-emit/functions.ts'
import type { Options } from './options.ts'

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

/** What lowers the functions of a module, by index; those that are small are put where they are called. */
export function lowerer(module: Module, { engine, optimize: level }: Options): (index: number) => Func {
  const small = new SmallFunctions(module, INLINED[engine][level])
  return (index) => lowerFunction(module, index, (callee) => small.find(callee, index)).func
}

/** What the passes go by; undefined: none is run. */
export function surroundings(context: ModuleContext, { engine, optimize: level }: Options): Surroundings | undefined {
  // Engines without a JIT have no limit on what they optimise.
  return surroundingsOf(context, level, engine === 'jit' ? BYTECODE_LIMIT : Infinity)
}

/** Compiles a range of functions; imported ones have no code. Throws the CompileError of the first that is not valid. */
export function compileRange(context: ModuleContext, options: Options, { from, to }: FunctionRange): EmittedFunctions {
  const { module } = context
  const emitter = new FunctionsEmitter(context)
  const known = surroundings(context, options)
  const lower = lowerer(module, options)
  for (let index = from; index < to; index++) {
    if (module.funcs[index]!.body === undefined) continue
    for (const each of optimize(lower(index), known)) emitter.add(each)
  }
  return emitter.take()
}
