// Text that is read again is the same function.

import { equal } from '../../src/3-ir/equal.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'

/** Throws an error with the function's text if it is not what is read from that. */
export function checkRoundTrip(func: Func): void {
  const text = funcText(func, { at: true })
  const read = parse(text)
  const again = funcText(read, { at: true })
  if (again !== text) throw new Error(`written again it is another text:\n${text}\n${again}`)
  if (!equal(func, read, { at: true })) throw new Error(`what was read is another function:\n${text}`)
}
