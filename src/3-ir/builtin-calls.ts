// The functions of the runtime that are builtins (0-wasm/builtins.ts).

import type { StringBuiltin } from '../0-wasm/builtins.ts'
import type { RuntimeCallName } from './runtime-calls.ts'

export const BUILTIN_CALLS = {
  test: 'string_test',
  cast: 'string_cast',
  fromCharCodeArray: 'string_from_array',
  intoCharCodeArray: 'string_into_array',
  fromCharCode: 'string_from_unit',
  fromCodePoint: 'string_from_point',
  charCodeAt: 'string_unit',
  codePointAt: 'string_point',
  length: 'string_length',
  concat: 'string_concat',
  substring: 'string_part',
  equals: 'string_equals',
  compare: 'string_compare',
} as const satisfies Readonly<Record<StringBuiltin, RuntimeCallName>>
