// The only maker of ESTree nodes. Integers are built "raw": a node that is congruent to the i32 modulo 2^32, or a
// boolean; `int`, `u32` and `truth` turn a raw node into what its place needs.

import type * as es from 'estree'

export type Node = es.Expression & { /** The magnitude of a sum is below 2^bits. */ bits?: number }

export const id = (name: string): es.Identifier => ({ type: 'Identifier', name })

export const text = (value: string): es.Literal => ({ type: 'Literal', value, raw: quote(value) })

/** A string literal in ASCII, safe inside `<script>` and in every ECMAScript version. */
export const quote = (value: string): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff<>]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A number literal. JavaScript has none for what is negative, infinite or no number: every number comes from here. */
export function num(value: number): Node {
  if (Number.isNaN(value)) return id('NaN')
  if (value < 0 || Object.is(value, -0))
    return { type: 'UnaryExpression', operator: '-', prefix: true, argument: num(-value) }
  if (value === Infinity) return id('Infinity')
  return { type: 'Literal', value }
}

export const bin = (operator: es.BinaryOperator, left: Node, right: Node): Node => ({
  type: 'BinaryExpression',
  operator,
  left,
  right,
})

export const not = (argument: Node): Node => ({ type: 'UnaryExpression', operator: '!', prefix: true, argument })

export const bitNot = (argument: Node): Node => ({ type: 'UnaryExpression', operator: '~', prefix: true, argument })

export const neg = (argument: Node): Node => ({ type: 'UnaryExpression', operator: '-', prefix: true, argument })

export const call = (callee: Node, args: readonly Node[]): Node => ({
  type: 'CallExpression',
  callee,
  arguments: [...args],
  optional: false,
})

export const construct = (name: string, args: readonly Node[]): Node => ({
  type: 'NewExpression',
  callee: id(name),
  arguments: [...args],
})

export const dot = (object: Node, name: string): Node & es.MemberExpression => ({
  type: 'MemberExpression',
  object,
  property: id(name),
  computed: false,
  optional: false,
})

export const at = (object: Node, index: Node): Node & es.MemberExpression => ({
  type: 'MemberExpression',
  object,
  property: index,
  computed: true,
  optional: false,
})

export const assign = (left: es.Identifier | es.MemberExpression, right: Node): Node => ({
  type: 'AssignmentExpression',
  operator: '=',
  left,
  right,
})

export const cond = (test: Node, consequent: Node, alternate: Node): Node => ({
  type: 'ConditionalExpression',
  test,
  consequent,
  alternate,
})

export const and = (left: Node, right: Node): Node => ({ type: 'LogicalExpression', operator: '&&', left, right })

export const or = (left: Node, right: Node): Node => ({ type: 'LogicalExpression', operator: '||', left, right })

/** Neither operand may be `||` or `&&`: the grammar wants parentheses there, which the printer does not know. */
export const coalesce = (left: Node, right: Node): Node => ({ type: 'LogicalExpression', operator: '??', left, right })

export const list = (elements: readonly Node[]): Node => ({ type: 'ArrayExpression', elements: [...elements] })

export const func = (params: readonly string[], body: es.Statement[], name?: string): Node => ({
  type: 'FunctionExpression',
  id: name === undefined ? null : id(name),
  params: params.map(id),
  body: block(body),
})

// Statements

export const stmt = (expression: Node): es.Statement => ({ type: 'ExpressionStatement', expression })
export const set = (name: string, value: Node): es.Statement => stmt(assign(id(name), value))
export const block = (body: es.Statement[]): es.BlockStatement => ({ type: 'BlockStatement', body })
export const ret = (argument: Node | null): es.Statement => ({ type: 'ReturnStatement', argument })
export const raise = (argument: Node): es.Statement => ({ type: 'ThrowStatement', argument })
export const labeled = (label: es.Identifier, body: es.Statement): es.Statement => ({
  type: 'LabeledStatement',
  label,
  body,
})
/** @param test undefined: forever */
export const loop = (test: Node | undefined, body: es.Statement[]): es.Statement => ({
  type: 'ForStatement',
  init: null,
  test: test ?? null,
  update: null,
  body: block(body),
})
export const doWhile = (body: es.Statement[], test: Node): es.Statement => ({
  type: 'DoWhileStatement',
  body: block(body),
  test,
})
export const breakTo = (label: es.Identifier | null): es.Statement => ({ type: 'BreakStatement', label })
export const continueTo = (label: es.Identifier | null): es.Statement => ({ type: 'ContinueStatement', label })

export const when = (test: Node, consequent: es.Statement[], alternate: es.Statement[] = []): es.Statement => ({
  type: 'IfStatement',
  test,
  consequent: single(consequent),
  alternate: alternate.length === 0 ? null : single(alternate),
})

/** Braces only where they are needed: an `if` inside could take the `else` of this one. */
const single = (body: es.Statement[]): es.Statement =>
  body.length === 1 && /^(Expression|Return|Break|Continue|Throw)Statement$/.test(body[0]!.type)
    ? body[0]!
    : block(body)

export const vars = (names: readonly (readonly [string, Node | null])[]): es.Statement => ({
  type: 'VariableDeclaration',
  kind: 'var',
  declarations: names.map(([name, init]) => ({ type: 'VariableDeclarator', id: id(name), init })),
})

export const switchOn = (
  discriminant: Node,
  cases: readonly { tests: readonly (Node | null)[]; body: es.Statement[] }[],
): es.Statement => ({
  type: 'SwitchStatement',
  discriminant,
  cases: cases.flatMap(({ tests, body }) =>
    tests.map((test, i) => ({ type: 'SwitchCase' as const, test, consequent: i === tests.length - 1 ? body : [] })),
  ),
})

export const attempt = (body: es.Statement[], param: string, handler: es.Statement[]): es.Statement => ({
  type: 'TryStatement',
  block: block(body),
  handler: { type: 'CatchClause', param: id(param), body: block(handler) },
  finalizer: null,
})

export const declare = (name: string, params: readonly string[], body: es.Statement[]): es.FunctionDeclaration => ({
  type: 'FunctionDeclaration',
  id: id(name),
  params: params.map(id),
  body: block(body),
})

// Integers

const literal = (x: Node): number | undefined => {
  if (x.type === 'Literal' && typeof x.value === 'number') return x.value
  if (x.type === 'UnaryExpression' && x.operator === '-') {
    const value = literal(x.argument)
    return value === undefined ? undefined : -value
  }
  return undefined
}

const BOOLEAN = new Set(['<', '>', '<=', '>=', '==', '!=', '===', '!=='])
const INT32 = new Set(['|', '&', '^', '<<', '>>'])

const isBoolean = (x: Node): boolean =>
  (x.type === 'BinaryExpression' && BOOLEAN.has(x.operator)) ||
  (x.type === 'UnaryExpression' && x.operator === '!') ||
  (x.type === 'ConditionalExpression' && isBoolean(x.consequent) && isBoolean(x.alternate))

/** Whether a raw node is a signed 32-bit integer as it stands. Calls, variables and cells hold nothing else. */
function isInt32(x: Node): boolean {
  switch (x.type) {
    case 'BinaryExpression':
      return INT32.has(x.operator)
    case 'UnaryExpression':
      return x.operator === '~' || isInt32Literal(x)
    case 'Literal':
      return isInt32Literal(x)
    case 'ConditionalExpression':
      return isInt32(x.consequent) && isInt32(x.alternate)
    default:
      return true
  }
}

const isInt32Literal = (x: Node): boolean => {
  const value = literal(x)
  return value !== undefined && (value | 0) === value
}

/** A raw node as a signed 32-bit integer. */
export const int = (x: Node): Node => (isInt32(x) ? x : bin('|', x, num(0)))

/** A raw node as an unsigned 32-bit integer. */
export function u32(x: Node): Node {
  const value = literal(x)
  if (value !== undefined) return num(value >>> 0)
  if (x.type === 'BinaryExpression' && (x.operator === '>>>' || isMask(x))) return x
  return bin('>>>', strip(x), num(0))
}

/** `x & 255`: never negative. */
const isMask = (x: Node): boolean =>
  x.type === 'BinaryExpression' && x.operator === '&' && (literal(x.right as Node) ?? -1) >= 0

/** A raw node in a place that asks only whether it is zero. */
export const truth = (x: Node): Node => {
  if (isBoolean(x) || (x.type === 'BinaryExpression' && x.operator === '>>>')) return x
  return int(x)
}

/** A raw node in a place that itself takes it modulo 2^32. */
export const strip = (x: Node): Node => (isOrZero(x) ? (x.left as Node) : x)

const isOrZero = (x: Node): x is Node & es.BinaryExpression =>
  x.type === 'BinaryExpression' && x.operator === '|' && literal(x.right as Node) === 0 && !isBoolean(x.left as Node)

/** Doubles are exact up to 2^53. */
const EXACT_BITS = 52

/**
 * A raw sum or difference of raw nodes: `a + b + c | 0` needs one truncation only. Operands that may have `limit` bits and
 * more are truncated.
 */
export function sum(operator: '+' | '-', x: Node, y: Node, limit = EXACT_BITS): Node {
  let [left, right] = [addend(x), addend(y)]
  if (bitsOf(left) >= limit) left = int(left)
  if (bitsOf(right) >= limit) right = int(right)
  const value = literal(right)
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
