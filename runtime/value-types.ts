// The types of values, as the objects of globals and tables have them (src/6-emit/values.ts): those of JavaScript's first
// interface by letter, other types of references as objects that the realm has once.

import type { RefType } from './ref-types.ts'

/** `e`: exnref, which JavaScript has no values for. */
export type ReferenceLetter = 'F' | 'x' | 'e'

export type ValueLetter = 'i' | 'I' | 'f' | 'd' | 'v' | ReferenceLetter

export type ReferenceType = ReferenceLetter | RefType

export type ValueType = ValueLetter | RefType
