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

/**
 * Evaluates an output that was compiled with the options EVALUABLE; needs an engine that allows `new Function`.
 *
 * @param lazy what stands around the output of a module that is compiled lazily
 */
export function evaluate(chunks: readonly string[], lazy?: Pick<LazyModule, 'functionText' | 'data'>): Instantiate {
  const make = new Function(FUNCTION_TEXT, DATA, `${chunks.join('')}\nreturn wasm.instantiate`)
  return make(lazy?.functionText, lazy && (() => lazy.data)) as Instantiate
}
