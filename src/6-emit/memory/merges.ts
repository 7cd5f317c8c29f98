// Whether control may split and meet again while an expression is evaluated.
//
// V8 infers what a view is along the chain of effects, from the access back to where it reads its method, which is before the
// operands are evaluated. Where that chain has met another one it gives up, and the access is a call, in fully optimised code
// too. So operands with branches are evaluated before, if anything is done on the way, be it an addition:
//
//   D0.v.setInt32(p, c ? a + 1 | 0 : b, true)      x = c ? a + 1 | 0 : b; D0.v.setInt32(p, x, true)
//
// A function that engines put in line may have branches too, but that is rare: nothing is done about direct calls.

import type * as es from 'estree'
import { type Node, numberOf } from '../build.ts'

export function hasMerges(x: es.Node): boolean {
  switch (x.type) {
    case 'ConditionalExpression':
      return !isGiven(x.consequent) || !isGiven(x.alternate) || hasMerges(x.test)
    case 'LogicalExpression':
      return !isGiven(x.right) || hasMerges(x.left)
    case 'BinaryExpression':
      return hasMerges(x.left) || hasMerges(x.right)
    case 'AssignmentExpression':
      return hasMerges(x.right)
    case 'UnaryExpression':
      return hasMerges(x.argument)
    case 'SequenceExpression':
      return x.expressions.some(hasMerges)
    case 'MemberExpression':
      return hasMerges(x.object) || hasMerges(x.property)
    case 'CallExpression':
      return hasMerges(x.callee) || x.arguments.some(hasMerges)
    default:
      return false
  }
}

/** Nothing is done for it: a variable, or a number with its sign. */
const isGiven = (x: es.Node): boolean => x.type === 'Identifier' || numberOf(x as Node) !== undefined
