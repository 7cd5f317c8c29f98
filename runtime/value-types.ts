// The types of values, by letter, as the objects of globals and tables have them (src/6-emit/values.ts).

/** `e`: exnref, which JavaScript has no values for. */
export type ReferenceLetter = 'F' | 'x' | 'e'

export type ValueLetter = 'i' | 'I' | 'f' | 'd' | 'v' | ReferenceLetter
