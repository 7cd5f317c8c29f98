// All functions of a module as each pass leaves them, checked by the verifier.

import type { Module } from '../../src/0-wasm/module.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { type Check, optimize } from '../../src/5-optimize/passes.ts'
import { emitContext } from '../../src/6-emit/module.ts'
import { checkOf } from '../../src/check.ts'
import { lowerer, surroundings } from '../../src/functions.ts'
import { completeOptions, type Internals, type Options, type Settings } from '../../src/options.ts'

/** How a module is compiled: what is not said is as usual. */
export type How = Partial<Options> & Pick<Internals, 'limits'>

/** Is shown a function behind a pass that made it or changed it, among its versions or parts. */
export type Look = (func: Func, pass: string, all: readonly Func[], module: Module) => void

/** Throws CompileError, and VerifyError for a pass that breaks a rule. */
export function lookAtFunctions(bytes: Uint8Array, { limits, ...given }: How, look: Look): void {
  const module = decode(bytes)
  validateModule(module)
  const settings: Settings = { ...completeOptions(given), limits }
  const context = emitContext(module, settings)
  const known = surroundings(context, settings)
  const { lower } = lowerer(context, settings)
  const verify = checkOf(module)
  const seen = new WeakSet<Func>()
  const check: Check = (funcs, pass) => {
    verify(funcs, pass)
    for (const func of funcs) if (!seen.has(func)) look(func, pass, funcs, module)
    for (const func of funcs) seen.add(func)
  }
  for (const [index, { body }] of module.funcs.entries()) if (body !== undefined) optimize(lower(index), known, check)
}
