// The types of values, by letter, as the objects of globals and tables have them (src/6-emit/values.ts).

export type ReferenceLetter = 'F' | 'x'

export type ValueLetter = 'i' | 'I' | 'f' | 'd' | 'v' | ReferenceLetter
