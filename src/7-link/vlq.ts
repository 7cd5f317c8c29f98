// Integers as source maps write them (ECMA-426, "VLQs"): base 64, five bits a digit and the lowest first, the sign in the lowest
// bit of the first digit, and a sixth bit that says whether there are more.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const MORE = 32

/** @param value below 2^30 on either side of 0 */
export function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & (MORE - 1)
    rest >>>= 5
    text += DIGITS[rest > 0 ? digit | MORE : digit]!
  } while (rest > 0)
  return text
}

/** The integers of a segment. Throws SyntaxError for what is none. */
export function readVlqs(text: string): number[] {
  const values: number[] = []
  let value = 0
  let shift = 0
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter)
    if (digit < 0) throw new SyntaxError(`${JSON.stringify(letter)} is no digit of a source map`)
    value |= (digit & (MORE - 1)) << shift
    shift += 5
    if (digit & MORE) continue
    values.push(value & 1 ? -(value >>> 1) : value >>> 1)
    value = 0
    shift = 0
  }
  return values
}
