/** Statements that copy words, about 80 bytes of bytecode each: enough of them make a function too large. */
export const copies = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => 4 * (from + i))
    .map((at) => `i32.store(l0+${at}, i32.load(l1+${at}))`)
    .join('; ')
