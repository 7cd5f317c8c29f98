// The length of a vector (spec, "Binary Format / Conventions / Vectors").

import type { Reader } from './reader.ts'

/**
 * The length of a vector, checked against what is left (an element takes a byte at least) and against a limit before
 * anything is allocated for it.
 *
 * @param before elements that count towards the limit already
 */
export function readCount(reader: Reader, what: string, limit: number, before = 0): number {
  const offset = reader.pos
  const count = reader.u32()
  const left = reader.end - reader.pos
  if (before + count > limit) {
    throw reader.fail(`too many ${what}: ${before + count} (limit ${limit})`, offset, 'unsupported')
  }
  if (count > left) {
    throw reader.fail(`unexpected end of ${reader.what}: ${count} ${what} in ${left} bytes`, offset)
  }
  return count
}
