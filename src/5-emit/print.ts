// The only user of astring.

import { generate } from 'astring'
import type * as es from 'estree'

/** Text of a statement, ending in a newline. */
export const print = (node: es.Node, readable: boolean): string => {
  const text = generate(node, { indent: readable ? '  ' : '', lineEnd: '\n' })
  return text.endsWith('\n') ? text : `${text}\n`
}
