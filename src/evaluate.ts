// From the compiler's output to a running program, in this process.

import { DATA } from './6-emit/data.ts'
import { FUNCTION_TEXT } from './6-emit/lazy.ts'
import type { LazyModule } from './lazy.ts'

/** What an output's `instantiate` returns. */
export interface Instantiated {
  readonly exports: Readonly<Record<string, unknown>>
}

export type Instantiate = (imports?: unknown) => Instantiated

/** The options under which an output can be evaluated. */
export const EVALUABLE = { format: 'iife', name: 'wasm', data: 'inline', target: 'esnext' } as const

/** What stands around the output of a module that is compiled lazily. */
export type Around = Pick<LazyModule, 'functionText' | 'data'>

/** What engines call an evaluated output in stack traces. */
export const EVALUATED = 'nowasm-output.js'

/** Lines of a function that is made of text, before that text (ECMA-262, CreateDynamicFunction). */
export const LINES_BEFORE = 2

/**
 * Whether `eval` is the engine's own, as functions that are compiled when they are called need it: what a program has put in its
 * place would look for the variables of an instance elsewhere. Throws EvalError where no text may be evaluated.
 */
export const evaluatesDirectly = (): boolean =>
  new Function('"use strict"; var x = 1; try { return eval("x") === 1 } catch (e) { return false }')() as boolean

/** Evaluates an output that was compiled with the options EVALUABLE; needs an engine that allows `new Function`. */
export function evaluate(chunks: readonly string[], around?: Around): Instantiate {
  const make = new Function(
    FUNCTION_TEXT,
    DATA,
    `${chunks.join('')}\nreturn wasm.instantiate\n//# sourceURL=${EVALUATED}\n`,
  )
  return make(around?.functionText, around && (() => around.data)) as Instantiate
}
