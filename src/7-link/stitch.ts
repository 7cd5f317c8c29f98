// Text of a syntax tree, parts of which are printed anew.

import type { AnyNode } from 'acorn'
import { children } from './scope.ts'

/** The node's own text, with each child as `print` gives it. */
export function stitch(node: AnyNode, source: string, print: (child: AnyNode) => string): string {
  let text = ''
  let at = node.start
  for (const child of children(node)) {
    text += source.slice(at, child.start) + print(child)
    at = child.end
  }
  return text + source.slice(at, node.end)
}
