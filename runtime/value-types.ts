// The types of values, by letter, as the objects of globals and tables have them (src/6-emit/values.ts). A type of references
// that has no letter stands for itself.

import type { RefType } from './ref-types.ts'

/** `e`: exnref, which JavaScript has no values for. */
export type ReferenceLetter = 'F' | 'x' | 'e' | RefType

export type NumberLetter = 'i' | 'I' | 'f' | 'd' | 'v'

export type ValueLetter = NumberLetter | ReferenceLetter
