// The IR of a module's functions after a pass.

import type { Module } from './0-wasm/module.ts'
import { funcText } from './3-ir/text.ts'
import { PASS_NAMES, runUntil } from './5-optimize/passes.ts'
import { emitContext } from './6-emit/module.ts'
import { checkOf } from './check.ts'
import { readModule } from './front-end.ts'
import { lowerer, surroundings, verifies } from './functions.ts'
import type { Settings } from './options.ts'

export { PASS_NAMES }

/** The IR of a function, its parts included, as text. */
export interface FunctionDump {
  readonly name: string | undefined
  readonly text: string
}

/**
 * The functions that have code, one after the other. Throws CompileError.
 *
 * @param pass one of PASS_NAMES: `lower` gives the IR before all passes
 * @param wanted index, name or export of the only function that is wanted
 */
export function* dump(bytes: Uint8Array, options: Settings, pass: string, wanted?: string): Iterable<FunctionDump> {
  const module = readModule(bytes, options)
  const context = emitContext(module, options)
  const known = surroundings(context, options)
  const { lower } = lowerer(context, options)
  const check = verifies(options) ? checkOf(module) : undefined
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined || (wanted !== undefined && !isCalled(module, index, wanted))) continue
    const text = runUntil(pass, lower(index), known, check)
      .map((func) => funcText(func))
      .join('')
    yield { name: module.names.funcs.get(index), text }
  }
}

const isCalled = (module: Module, index: number, name: string): boolean =>
  name === String(index) ||
  name === module.names.funcs.get(index) ||
  module.exports.some((entry) => entry.kind === 'func' && entry.index === index && entry.name === name)
