// Raw sums (build.ts): as long as a double holds them exactly, they need no truncation.

import { bin, int, isBoolean, type Node, num, numberOf, strip } from './build.ts'

/** Sums stay below 2^52. A double is exact up to 2^53. */
const EXACT_BITS = 52

/**
 * A raw sum or difference of raw nodes: `a + b + c | 0` needs one truncation only. Operands that may have `limit` bits and
 * more are truncated.
 */
export function sum(operator: '+' | '-', x: Node, y: Node, limit = EXACT_BITS): Node {
  let left = addend(x)
  let right = addend(y)
  if (bitsOf(left) >= limit) left = int(left)
  if (bitsOf(right) >= limit) right = int(right)
  const value = numberOf(right)
  const node =
    value !== undefined && value < 0 ? bin(operator === '+' ? '-' : '+', left, num(-value)) : bin(operator, left, right)
  node.bits = Math.max(bitsOf(left), bitsOf(right)) + 1
  return node
}

const addend = (x: Node): Node => {
  if (isBoolean(x)) return bin('|', x, num(0))
  const inner = strip(x)
  return inner.bits === undefined ? x : inner
}

const bitsOf = (x: Node): number => x.bits ?? (x.type === 'BinaryExpression' && x.operator === '>>>' ? 32 : 31)
