// The compiler's own rules on its IR, checked after every pass over the functions of a module.

import { decode } from '../../../src/1-decode/decode.ts'
import { validateModule } from '../../../src/2-validate/module.ts'
import { optimize } from '../../../src/5-optimize/passes.ts'
import { emitContext } from '../../../src/6-emit/module.ts'
import { checkOf } from '../../../src/check.ts'
import { lowerer, surroundings } from '../../../src/functions.ts'
import { type Configuration, settingsOf } from './configurations.ts'

/** Throws a VerifyError for the first pass that breaks a rule, and what the compiler throws. */
export function verifyPasses(bytes: Uint8Array, configuration: Configuration): void {
  const module = decode(bytes)
  validateModule(module)
  const settings = settingsOf(configuration)
  const context = emitContext(module, settings)
  const known = surroundings(context, settings)
  const lower = lowerer(context, settings)
  const check = checkOf(module)
  for (const [index, { body }] of module.funcs.entries()) if (body !== undefined) optimize(lower(index), known, check)
}
