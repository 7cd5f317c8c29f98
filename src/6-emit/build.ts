// The only maker of ESTree nodes. Integers are built "raw": a node that is congruent to the i32 modulo 2^32, or a
// boolean; `int`, `u32` and `truth` turn a raw node into what its place needs.

import type * as es from 'estree'

export type Node = es.Expression & {
  /** The magnitude of a sum is below 2^bits. */
  bits?: number
  /** Of `x & 255` or `x & 65535`: the x, which is the sign extension of these bits. */
  extended?: Node
}

// Most expressions have one of four shapes, each with the fields of all its kinds: where no more shapes come by, engines
// find a field at once (3-ir/statements.ts). The fourth is that of conditions.

const leaf = (type: 'Identifier' | 'Literal', name?: string, value?: unknown, raw?: string): unknown => ({
  type,
  name,
  value,
  raw,
})

const operation = (
  type: 'UnaryExpression' | 'BinaryExpression' | 'LogicalExpression' | 'AssignmentExpression',
  operator: string,
  left?: Node,
  right?: Node,
  argument?: Node,
): unknown => ({ type, operator, prefix: true, left, right, argument, bits: undefined, extended: undefined })

const access = (
  type: 'MemberExpression' | 'CallExpression' | 'NewExpression' | 'ArrayExpression',
  object?: Node,
  property?: Node,
  computed?: boolean,
  callee?: Node,
  args?: readonly Node[],
  elements?: readonly Node[],
): unknown => ({ type, object, property, computed, callee, arguments: args, elements, optional: false })

export const id = (name: string): es.Identifier => leaf('Identifier', name) as es.Identifier

/** @param raw the literal's text; undefined: it is that of the number */
export const literal = (value: es.SimpleLiteral['value'], raw?: string): es.Literal =>
  leaf('Literal', undefined, value, raw) as es.Literal

export const text = (value: string): es.Literal => literal(value, quote(value))

/** A string literal in ASCII, safe inside `<script>` and in every ECMAScript version. */
export const quote = (value: string): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff<>]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A number literal. JavaScript has none for what is negative, infinite or no number: every number comes from here. */
export function num(value: number): Node {
  if (Number.isNaN(value)) return id('NaN')
  if (value < 0 || Object.is(value, -0)) return neg(num(-value))
  if (value === Infinity) return id('Infinity')
  return literal(value)
}

export const bin = (operator: es.BinaryOperator, left: Node, right: Node): Node =>
  operation('BinaryExpression', operator, left, right) as Node

export const unary = (operator: es.UnaryOperator, argument: Node): Node =>
  operation('UnaryExpression', operator, undefined, undefined, argument) as Node

export const not = (argument: Node): Node => unary('!', argument)
export const bitNot = (argument: Node): Node => unary('~', argument)
export const neg = (argument: Node): Node => unary('-', argument)

export const call = (callee: Node, args: readonly Node[]): Node =>
  access('CallExpression', undefined, undefined, undefined, callee, args) as Node

export const construct = (made: string | Node, args: readonly Node[]): Node =>
  access('NewExpression', undefined, undefined, undefined, typeof made === 'string' ? id(made) : made, args) as Node

export const sequence = (expressions: Node[]): Node => ({ type: 'SequenceExpression', expressions })

export const dot = (object: Node, name: string): Node & es.MemberExpression => member(object, id(name))

/** The same with a node for the name, which may stand in many places. */
export const member = (object: Node, name: es.Identifier): Node & es.MemberExpression =>
  access('MemberExpression', object, name, false) as es.MemberExpression

export const object = (entries: readonly (readonly [string, Node])[]): Node => ({
  type: 'ObjectExpression',
  properties: entries.map(([name, value]) => ({
    type: 'Property',
    key: id(name),
    value,
    kind: 'init',
    method: false,
    shorthand: false,
    computed: false,
  })),
})

export const at = (object: Node, index: Node): Node & es.MemberExpression =>
  access('MemberExpression', object, index, true) as es.MemberExpression

export const assign = (left: es.Identifier | es.MemberExpression, right: Node): Node =>
  operation('AssignmentExpression', '=', left, right) as Node

export const cond = (test: Node, consequent: Node, alternate: Node): Node => ({
  type: 'ConditionalExpression',
  test,
  consequent,
  alternate,
})

const logical = (operator: es.LogicalOperator, left: Node, right: Node): Node =>
  operation('LogicalExpression', operator, left, right) as Node

export const and = (left: Node, right: Node): Node => logical('&&', left, right)

export const or = (left: Node, right: Node): Node => logical('||', left, right)

/** Neither operand may be `||` or `&&`: the grammar wants parentheses there, which the printer does not know. */
export const coalesce = (left: Node, right: Node): Node => logical('??', left, right)

export const list = (elements: readonly Node[]): Node =>
  access('ArrayExpression', undefined, undefined, undefined, undefined, undefined, elements) as Node

export const func = (params: readonly string[], body: es.Statement[], name?: string): Node => ({
  type: 'FunctionExpression',
  id: name === undefined ? null : id(name),
  params: params.map(id),
  body: block(body),
})

/** @param body a block, or what the function returns */
export const arrow = (params: readonly string[], body: es.BlockStatement | Node): Node => ({
  type: 'ArrowFunctionExpression',
  params: params.map(id),
  body,
  expression: body.type !== 'BlockStatement',
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

export const when = (test: Node, consequent: es.Statement[], alternate: es.Statement[] = []): es.IfStatement => ({
  type: 'IfStatement',
  test,
  consequent: single(consequent),
  alternate: alternate.length === 0 ? null : single(alternate),
})

/** Braces only where they are needed: an `if` inside could take the `else` of this one. */
const single = (body: es.Statement[]): es.Statement =>
  body.length === 1 && isSimple(body[0]!) ? body[0]! : block(body)

function isSimple({ type }: es.Statement): boolean {
  switch (type) {
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ThrowStatement':
      return true
    default:
      return false
  }
}

/** What declares a variable that is never set again: ES5 has no `const`. */
export type Constant = 'var' | 'const'

export const constantFor = (isEs5: boolean): Constant => (isEs5 ? 'var' : 'const')

export const vars = (names: readonly (readonly [string, Node | null])[], kind: Constant = 'var'): es.Statement => ({
  type: 'VariableDeclaration',
  kind,
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

/** The value of a number literal. */
export const numberOf = (x: Node): number | undefined => {
  if (x.type === 'Literal' && typeof x.value === 'number') return x.value
  if (x.type === 'UnaryExpression' && x.operator === '-') {
    const value = numberOf(x.argument)
    return value === undefined ? undefined : -value
  }
  return undefined
}

const BOOLEAN = new Set(['<', '>', '<=', '>=', '==', '!=', '===', '!=='])
const INT32 = new Set(['|', '&', '^', '<<', '>>'])

export const isBoolean = (x: Node): boolean =>
  (x.type === 'BinaryExpression' && BOOLEAN.has(x.operator)) ||
  (x.type === 'UnaryExpression' && x.operator === '!') ||
  (x.type === 'LogicalExpression' && isBoolean(x.left) && isBoolean(x.right)) ||
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
    case 'LogicalExpression':
      return isInt32(x.left) && isInt32(x.right)
    default:
      return true
  }
}

const isInt32Literal = (x: Node): boolean => {
  const value = numberOf(x)
  return value !== undefined && (value | 0) === value
}

/** One node for all: no instruction is noted of it. */
const ZERO = num(0)

/** A raw node as a signed 32-bit integer. */
export const int = (x: Node): Node => (isInt32(x) ? x : bin('|', x, ZERO))

/** A raw node as an unsigned 32-bit integer. */
export function u32(x: Node): Node {
  const value = numberOf(x)
  if (value !== undefined) return num(value >>> 0)
  if (x.type === 'BinaryExpression' && (x.operator === '>>>' || isMask(x))) return x
  if (x.type === 'MemberExpression' && (x.property as es.Identifier).name === 'length') return x
  return bin('>>>', strip(x), ZERO)
}

/** `x & 255`: never negative. */
const isMask = (x: Node): boolean =>
  x.type === 'BinaryExpression' && x.operator === '&' && (numberOf(x.right as Node) ?? -1) >= 0

/** A raw node in a place that asks only whether it is zero. */
export const truth = (x: Node): Node => {
  if (isBoolean(x) || (x.type === 'BinaryExpression' && x.operator === '>>>')) return x
  return x.extended ?? int(x)
}

/** A raw node in a place that itself takes it modulo 2^32. */
export const strip = (x: Node): Node => (isOrZero(x) ? (x.left as Node) : x)

const isOrZero = (x: Node): x is Node & es.BinaryExpression =>
  x.type === 'BinaryExpression' && x.operator === '|' && numberOf(x.right as Node) === 0 && !isBoolean(x.left as Node)
