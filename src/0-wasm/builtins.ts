// Builtins: functions that a module imports and whoever compiles it provides, and strings that it imports by what they are
// (JS API, "Builtins" and "imported string constants"; proposal "JS String Builtins").

/** Functions of set `js-string`, which modules import from `wasm:js-string`: the identity (`typeKey`) of the type of each. */
export const STRING_BUILTINS = {
  test: 'x>i',
  cast: 'x>(extern)',
  fromCharCodeArray: '[<i16>!];(?0.0)ii>(extern)#0',
  intoCharCodeArray: '[<i16>!];x(?0.0)i>i#0',
  fromCharCode: 'i>(extern)',
  fromCodePoint: 'i>(extern)',
  charCodeAt: 'xi>i',
  codePointAt: 'xi>i',
  length: 'x>i',
  concat: 'xx>(extern)',
  substring: 'xii>(extern)',
  equals: 'xx>i',
  compare: 'xx>i',
} as const

export type StringBuiltin = keyof typeof STRING_BUILTINS

/** The sets of builtins that there are. */
export const BUILTIN_SETS = ['js-string'] as const

export type BuiltinSet = (typeof BUILTIN_SETS)[number]

/** What of a module's imports the compiler is to provide. */
export interface BuiltinChoice {
  /** Sets whose functions are not imported, but builtins: those of `js-string` are what `wasm:js-string` gives. */
  readonly builtins: readonly BuiltinSet[]
  /** The module whose globals are strings, each the name that it is imported by; undefined: there is none. */
  readonly importedStringConstants: string | undefined
}
