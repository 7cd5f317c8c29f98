// From a module to its exports, as users of a compiled file get them: each output carries its own copy of the runtime.

import { compile, type Options } from '../../src/index.ts'
import { wat } from '../wat.ts'

export type Func = (...args: unknown[]) => unknown
type Instantiate = (imports?: object) => { readonly exports: Readonly<Record<string, unknown>> }

/** The settings that change the emitted code. */
export const SETTINGS = [
  { engine: 'jit', optimize: 2 },
  { engine: 'jit', optimize: 0 },
  { engine: 'interpreter', optimize: 2 },
] as const satisfies Partial<Options>[]

/** Compiles bytes, or text of the text format, and evaluates the output. */
export function load(module: Uint8Array | string, options: Partial<Options> = {}): Instantiate {
  const { code } = compile(typeof module === 'string' ? wat(module) : module, {
    ...options,
    format: 'iife',
    name: 'out',
  })
  return new Function(`${code}\nreturn out.instantiate`)() as Instantiate
}

/** Instantiates and gives the exports, all of which are taken for functions. */
export const run = (module: Uint8Array | string, imports: object = {}, options: Partial<Options> = {}) =>
  load(module, options)(imports).exports as Readonly<Record<string, Func>>

/** @returns what `f` throws */
export function thrown(f: () => unknown): Error {
  try {
    f()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
