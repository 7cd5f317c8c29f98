// From bytes to a module that functions can be lowered from, as options say: what `compile` and `dump` begin with.

import { availableFeatures } from './0-wasm/features.ts'
import type { Module } from './0-wasm/module.ts'
import { decode } from './1-decode/decode.ts'
import { withBuiltins } from './2-validate/builtins.ts'
import { validate } from './2-validate/index.ts'
import { validateModule } from './2-validate/module.ts'
import type { Options } from './options.ts'

/** Throws CompileError for what is malformed, or uses a feature that is not there. */
export const decodeFor = (bytes: Uint8Array, { features, threads }: Pick<Options, 'features' | 'threads'>): Module =>
  decode(bytes, availableFeatures(features), threads === 'single')

/** All is validated but the code of functions: that is done when they are lowered. Throws CompileError. */
export function readModule(bytes: Uint8Array, options: Options): Module {
  const decoded = decodeFor(bytes, options)
  // So the refusal names all that is lacking.
  if (decoded.features.isLacking) validate(decoded)
  validateModule(decoded)
  return withBuiltins(decoded, options)
}
