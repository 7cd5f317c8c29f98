// The compile options of the JS API: `{ builtins: ['js-string'], importedStringConstants: "'" }`.

import { BUILTIN_SETS, type BuiltinChoice, type BuiltinSet } from '../0-wasm/builtins.ts'
import { isObject } from './bytes.ts'

/**
 * Reads the options, each property once. What is of another type than it should be is ignored, and so are sets of builtins
 * that there are none of: engines without builtins ignore all of it, and V8 does this.
 */
export function readCompileOptions(value: unknown): BuiltinChoice {
  if (!isObject(value)) return { builtins: [], importedStringConstants: undefined }
  const { builtins, importedStringConstants: strings } = value as { [key: string]: unknown }
  const names: readonly unknown[] = isObject(builtins) && Symbol.iterator in builtins ? [...(builtins as never)] : []
  return {
    builtins: names.filter((name): name is BuiltinSet => (BUILTIN_SETS as readonly unknown[]).includes(name)),
    importedStringConstants: typeof strings === 'string' ? strings : undefined,
  }
}
