// All functions of a module as they are after each pass, checked, those on BigInts too.

import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { PASS_NAMES, runUntil } from '../../src/5-optimize/passes.ts'
import { emitContext } from '../../src/6-emit/module.ts'
import { checkOf } from '../../src/check.ts'
import { lowerer, surroundings } from '../../src/functions.ts'
import { completeOptions, type Engine, type OptimizeLevel } from '../../src/options.ts'

export interface After {
  readonly pass: string
  readonly func: Func
}

/** Throws CompileError. */
export function* functionsOf(bytes: Uint8Array, engine: Engine, optimize: OptimizeLevel): Generator<After> {
  const module = decode(bytes)
  validateModule(module)
  for (const i64 of ['auto', 'bigint'] as const) {
    const options = completeOptions({ engine, optimize, i64 })
    const known = surroundings(emitContext(module, options), options)
    const lower = lowerer(module, options)
    const check = checkOf(module)
    for (const [index, { body }] of module.funcs.entries()) {
      if (body === undefined) continue
      // Passes may mark labels, so each starts from a function of its own.
      for (const pass of PASS_NAMES) for (const func of runUntil(pass, lower(index), known, check)) yield { pass, func }
    }
  }
}
