// Integers that are the low bits of others: `D0.v.getInt8(p) & 255`. The mask is left out where its place makes no
// difference.

import { bin, type Node, num, numberOf } from './build.ts'

/** The low bits of an integer that is their sign extension. */
export function lowBits(x: Node, mask: 0xff | 0xffff): Node {
  const node = bin('&', x, num(mask))
  node.extended = x
  return node
}

/** What may differ from a node above its lowest `width` bits. */
export const upToBits = (x: Node, width: 8 | 16): Node =>
  x.extended !== undefined && maskOf(x) >= 2 ** width - 1 ? x.extended : x

/** 0 if there is none. */
const maskOf = (x: Node): number =>
  x.type === 'BinaryExpression' && x.operator === '&' ? (numberOf(x.right as Node) ?? 0) : 0

/**
 * A comparison of two integers needs no mask where the sign extensions differ if the low bits do.
 *
 *   (D0.v.getInt8(p) & 255) == 200        D0.v.getInt8(p) == -56
 */
export function equality(operator: '==' | '!=', x: Node, y: Node): Node {
  const [left, right] = [x.extended, extensionOf(y, maskOf(x))]
  return left === undefined || right === undefined ? bin(operator, x, y) : bin(operator, left, right)
}

/** The integer whose low bits under the mask a node is, if that is known and it is their sign extension. */
function extensionOf(x: Node, mask: number): Node | undefined {
  if (x.extended !== undefined) return maskOf(x) === mask ? x.extended : undefined
  const value = numberOf(x)
  if (value === undefined || value < 0 || value > mask) return undefined
  return num(value > mask >> 1 ? value - mask - 1 : value)
}

/** The bits that two integers share. */
export function both(x: Node, y: Node): Node {
  const mask = numberOf(y)
  if (x.extended === undefined || mask === undefined) return bin('&', x, y)
  return bin('&', x.extended, num(mask & maskOf(x)))
}
