// Expressions and functions, made closures.

import type {
  AnyNode,
  AssignmentExpression,
  BinaryOperator,
  CallExpression,
  Expression,
  Function as FunctionNode,
  Identifier,
  LogicalOperator,
  MemberExpression,
  NewExpression,
  ObjectExpression,
  UpdateExpression,
} from 'acorn'
import { BINARY, type Code, UNARY } from './operators.ts'
import { bodyOf, type Frame, hoist, nameOf, OUTER, Scope, THIS } from './scope.ts'

/** What expressions and statements are made with. */
export interface Context {
  readonly scope: Scope
  /** What the script sees around itself. */
  readonly names: ReadonlyMap<string, unknown>
  /** Makes a function's body, which gives what it returns. */
  readonly body: (statements: readonly AnyNode[], context: Context) => Code
}

export const refuse = ({ type }: { readonly type: string }): never => {
  throw new SyntaxError(`${type} is not interpreted`)
}

/** Where a value is kept. */
interface Target {
  readonly get: Code
  readonly set: (value: Code) => Code
}

export function expression(c: Context, node: AnyNode): Code {
  switch (node.type) {
    case 'Literal': {
      const { value } = node
      return () => value
    }
    case 'Identifier':
      return variable(c, node).get
    case 'ThisExpression':
      return (frame) => frame[THIS]
    case 'BinaryExpression':
    case 'LogicalExpression':
      return binary(node.operator, expression(c, node.left), expression(c, node.right))
    case 'UnaryExpression':
      if (node.operator === 'typeof' && isUnknown(c, node.argument)) return typeOfGlobal(node.argument as Identifier)
      return (UNARY[node.operator] ?? refuse(node))(expression(c, node.argument))
    case 'UpdateExpression':
      return update(c, node)
    case 'AssignmentExpression':
      return assignment(c, node)
    case 'ConditionalExpression': {
      const [test, yes, no] = [node.test, node.consequent, node.alternate].map((each) => expression(c, each))
      return (frame) => (test!(frame) ? yes!(frame) : no!(frame))
    }
    case 'SequenceExpression': {
      const all = node.expressions.map((each) => expression(c, each))
      const last = all.pop()!
      return (frame) => {
        for (const each of all) each(frame)
        return last(frame)
      }
    }
    case 'CallExpression':
      return call(c, node)
    case 'NewExpression':
      return construction(c, node)
    case 'MemberExpression':
      return member(c, node).get
    case 'ArrayExpression': {
      const elements = node.elements.map((each) => expression(c, each ?? refuse(node)))
      return (frame) => values(elements, frame)
    }
    case 'ObjectExpression':
      return object(c, node)
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ArrowFunctionExpression':
      return closure(c, node)
    default:
      return refuse(node)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the program knows what it does to its values.
type Value = any

const binary = (operator: BinaryOperator | LogicalOperator, left: Code, right: Code): Code =>
  (BINARY[operator] ?? refuse({ type: operator }))(left, right)

const isUnknown = ({ scope, names }: Context, node: Expression): boolean =>
  node.type === 'Identifier' && scope.find(node.name) === undefined && !names.has(node.name)

const typeOfGlobal =
  ({ name }: Identifier): Code =>
  () =>
    typeof (globalThis as Value)[name]

export function variable({ scope, names }: Context, { name }: { readonly name: string }): Target {
  const place = scope.find(name)
  if (place === undefined) return outside(names, name)
  const { depth, slot } = place
  if (depth === 0) {
    return { get: (frame) => frame[slot], set: (value) => (frame) => (frame[slot] = value(frame)) }
  }
  const home = (frame: Frame): Frame => {
    let at = frame
    for (let i = depth; i > 0; i--) at = at[OUTER] as Frame
    return at
  }
  if (depth === 1) {
    return {
      get: (frame) => (frame[OUTER] as Frame)[slot],
      set: (value) => (frame) => ((frame[OUTER] as Frame)[slot] = value(frame)),
    }
  }
  return { get: (frame) => home(frame)[slot], set: (value) => (frame) => (home(frame)[slot] = value(frame)) }
}

/** What the script does not declare: it is never assigned. */
function outside(names: ReadonlyMap<string, unknown>, name: string): Target {
  const set = (): never => refuse({ type: `assignment to ${name}` })
  if (names.has(name)) {
    const value = names.get(name)
    return { get: () => value, set }
  }
  const get = (): unknown => {
    if (name in globalThis) return (globalThis as Value)[name]
    throw new ReferenceError(`${name} is not defined`)
  }
  return { get, set }
}

function member(c: Context, node: MemberExpression): Target {
  const object = expression(c, node.object) as (frame: Frame) => Value
  const key = keyOf(c, node) as (frame: Frame) => Value
  return {
    get: (frame) => object(frame)[key(frame)],
    set: (value) => (frame) => {
      const [to, at] = [object(frame), key(frame)]
      const given = value(frame)
      to[at] = given
      return given
    },
  }
}

function keyOf(c: Context, { property, computed }: MemberExpression): Code {
  if (computed) return expression(c, property)
  if (property.type !== 'Identifier') return refuse(property)
  const { name } = property
  return () => name
}

const target = (c: Context, node: AnyNode): Target => {
  if (node.type === 'Identifier') return variable(c, node)
  return node.type === 'MemberExpression' ? member(c, node) : refuse(node)
}

function assignment(c: Context, { operator, left, right }: AssignmentExpression): Code {
  const { get, set } = target(c, left)
  const value = expression(c, right)
  return set(operator === '=' ? value : binary(operator.slice(0, -1) as BinaryOperator, get, value))
}

function update(c: Context, { operator, prefix, argument }: UpdateExpression): Code {
  const { get, set } = target(c, argument)
  const step = operator === '++' ? 1 : -1
  const stepped = set((frame) => (get(frame) as number) + step)
  return prefix ? stepped : (frame) => (stepped(frame) as number) - step
}

const NO_NUMBER = {}

/** The values of expressions, in an array of which V8 does not think that it has doubles only: there it would quiet NaNs. */
function values(all: readonly Code[], frame: Frame): unknown[] {
  const made: unknown[] = new Array(all.length).fill(NO_NUMBER)
  for (let i = 0; i < all.length; i++) made[i] = all[i]!(frame)
  return made
}

/** A method is called on its object. */
function call(c: Context, node: CallExpression): Code {
  const args = node.arguments.map((each) => expression(c, each))
  const { callee } = node
  if (callee.type === 'MemberExpression') {
    const object = expression(c, callee.object) as (frame: Frame) => Value
    const key = keyOf(c, callee) as (frame: Frame) => Value
    return (frame) => {
      const receiver = object(frame)
      return receiver[key(frame)](...values(args, frame))
    }
  }
  const called = expression(c, callee) as (frame: Frame) => Value
  const [first, second] = args
  if (first === undefined) return (frame) => called(frame)()
  if (second === undefined) return (frame) => called(frame)(first(frame))
  return (frame) => called(frame)(...values(args, frame))
}

function construction(c: Context, node: NewExpression): Code {
  const made = expression(c, node.callee) as (frame: Frame) => Value
  const args = node.arguments.map((each) => expression(c, each))
  return (frame) => new (made(frame))(...values(args, frame))
}

function object(c: Context, node: ObjectExpression): Code {
  const entries = node.properties.map((property): [PropertyKey, Code] => {
    if (property.type !== 'Property' || property.kind !== 'init' || property.computed) return refuse(property)
    const { key, value } = property
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : refuse(key)
    return [name, expression(c, value)]
  })
  return (frame) => Object.fromEntries(entries.map(([name, value]) => [name, value(frame)]))
}

function closure(c: Context, node: FunctionNode): Code {
  if (node.async || node.generator) return refuse({ type: 'a function of another kind' })
  const scope = new Scope(c.scope)
  const params = node.params.map((param) => scope.declare(nameOf(param)))
  const self = node.type === 'FunctionExpression' && node.id ? scope.declare(node.id.name) : undefined
  const isArrow = node.type === 'ArrowFunctionExpression'
  const given = isArrow ? undefined : scope.declare('arguments')
  const inner = { ...c, scope }
  const statements = bodyOf(node)
  hoist(statements, scope)
  const run = node.expression ? expression(inner, statements[0]!) : c.body(statements, inner)
  return (outer) => {
    const invoke = (receiver: unknown, args: readonly unknown[]): unknown => {
      const frame: Frame = new Array(scope.size)
      frame[OUTER] = outer
      frame[THIS] = receiver
      if (self !== undefined) frame[self] = made
      if (given !== undefined) frame[given] = args
      for (let i = 0; i < params.length; i++) frame[params[i]!] = args[i]
      return run(frame)
    }
    const made = isArrow
      ? (...args: unknown[]) => invoke(undefined, args)
      : function (this: unknown, ...args: unknown[]) {
          return invoke(this, args)
        }
    return Object.defineProperty(made, 'length', { value: params.length })
  }
}
