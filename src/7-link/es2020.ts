// The runtime asks engines what they have. Of engines of ES2020 much is known: such questions are answered here, and the
// stand-ins for older engines disappear.
//
//   const imul = Math.imul || imul_es5        const imul = Math.imul

import { type AnyNode, parse } from 'acorn'
import { stitch } from './stitch.ts'

/** Conditions of the runtime that hold in every engine of ES2020, as they are written there. */
const HOLDS = new Set([
  "typeof globalThis === 'object'",
  'error_reflects',
  "typeof Symbol === 'function'",
  'Symbol.toStringTag',
  "typeof WeakMap === 'function'",
  'realm.hidden !== null',
  "typeof BigInt64Array === 'function'",
  'big_cell !== null',
  'Object.setPrototypeOf',
  'Math.clz32',
  'Math.fround',
  'Math.imul',
  'Math.trunc',
])

/** The text of top-level statements with those questions answered. */
export function toEs2020(text: string): string {
  return print(parse(text, { ecmaVersion: 2015, sourceType: 'script' }) as AnyNode, text)
}

function holds(node: AnyNode, source: string): boolean {
  if (node.type === 'LogicalExpression' && node.operator === '&&') {
    return holds(node.left as AnyNode, source) && holds(node.right as AnyNode, source)
  }
  return HOLDS.has(source.slice(node.start, node.end))
}

function print(node: AnyNode, source: string): string {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      if (holds(node.test as AnyNode, source)) return print(node.consequent as AnyNode, source)
      break
    case 'LogicalExpression':
      if (node.operator === '||' && holds(node.left as AnyNode, source)) return print(node.left as AnyNode, source)
      break
    case 'BlockStatement':
      return printBlock(node, source)
  }
  return stitch(node, source, (child) => print(child, source))
}

/** What stands behind a statement that returns for sure is not reached. */
function printBlock(node: AnyNode & { type: 'BlockStatement' }, source: string): string {
  const last = node.body.findIndex((stmt) => returns(stmt as AnyNode, source))
  if (last < 0 || last === node.body.length - 1) return stitch(node, source, (child) => print(child, source))
  const reached = node.body.slice(0, last + 1).map((stmt) => `${print(stmt as AnyNode, source)}\n`)
  return `{\n${reached.join('')}}`
}

const returns = (node: AnyNode, source: string): boolean =>
  node.type === 'ReturnStatement' ||
  (node.type === 'BlockStatement' && node.body.some((stmt) => returns(stmt as AnyNode, source))) ||
  (node.type === 'IfStatement' && holds(node.test as AnyNode, source) && returns(node.consequent as AnyNode, source))
