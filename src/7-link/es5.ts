// ES2015 syntax of the runtime's small subset -> ES5 syntax. The runtime is ours, so the transformation is mechanical;
// what the subset leaves out is an error when the runtime is bundled, never a wrong output.

import { type AnyNode, type Class, type MethodDefinition, type Node, parse } from 'acorn'
import { checkBlockScopes } from './block-scopes.ts'
import { children, freeNames } from './scope.ts'
import { stitch as stitchWith } from './stitch.ts'

/** The ES5 text of top-level statements in ES2015 text. Throws on syntax outside the runtime's subset. */
export function toEs5(text: string): string {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'script' })
  checkBlockScopes(program)
  const es5 = print(program as AnyNode, text)
  parse(es5, { ecmaVersion: 5, sourceType: 'script' })
  return es5
}

function print(node: AnyNode, source: string): string {
  switch (node.type) {
    case 'VariableDeclaration':
      return printVariables(node, source)
    case 'ArrowFunctionExpression':
      return printArrow(node, source)
    case 'ClassDeclaration':
      return printClass(node, source)
    case 'ClassExpression':
      return printClassExpression(node, source)
    case 'Property':
      return printProperty(node, source)
    default:
      return stitch(node, source)
  }
}

const stitch = (node: AnyNode, source: string): string => stitchWith(node, source, (child) => print(child, source))

/**
 * `let x` makes a fresh undefined variable each time it runs, `var x` keeps the last value: hence `= void 0`.
 * (A declaration without initialiser is no `const`, and the head of a for-in has none either.)
 */
function printVariables(node: AnyNode & { type: 'VariableDeclaration' }, source: string): string {
  if (node.kind === 'var') return stitch(node, source)
  const inForIn = !source.slice(node.start, node.end).includes(';') && /^\s*(in|of)\b/.test(source.slice(node.end))
  const names = node.declarations.map((declarator) => {
    const text = print(declarator as AnyNode, source)
    return declarator.init || inForIn ? text : `${text} = void 0`
  })
  const end = source[node.end - 1] === ';' ? ';' : ''
  return `var ${names.join(', ')}${end}`
}

function printArrow(node: AnyNode & { type: 'ArrowFunctionExpression' }, source: string): string {
  if (usesThis(node.body as AnyNode)) throw new Error('an arrow function of the runtime may not use `this`')
  const params = node.params.map((param) => print(param as AnyNode, source)).join(', ')
  const body = print(node.body as AnyNode, source)
  return `function (${params}) ${node.expression ? `{ return ${body}; }` : body}`
}

function usesThis(node: AnyNode): boolean {
  if (node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'arguments')) return true
  if (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration') return false
  return children(node).some(usesThis)
}

function printProperty(node: AnyNode & { type: 'Property' }, source: string): string {
  if (node.computed) throw new Error('an object literal of the runtime may not have computed keys')
  if (node.kind !== 'init') return stitch(node, source)
  const key = source.slice(node.key.start, node.key.end)
  if (node.shorthand) return `${key}: ${key}`
  const value = print(node.value as AnyNode, source)
  return `${key}: ${node.method ? `function ${value}` : value}`
}

function printClassExpression(node: Class, source: string): string {
  return `(function () {\n${printClass(node, source)}\nreturn ${node.id?.name};\n})()`
}

function printClass(node: Class, source: string): string {
  if (!node.id) throw new Error('a class of the runtime must have a name')
  const { name } = node.id
  if (node.superClass) throw new Error(`class ${name}: the runtime may not use \`extends\``)
  const methods = node.body.body.map((member) => {
    if (member.type !== 'MethodDefinition' || member.computed || member.key.type !== 'Identifier') {
      throw new Error(`class ${name}: only methods and accessors with plain names`)
    }
    return { node: member, key: member.key.name }
  })
  const builder = methods.find((method) => method.node.kind === 'constructor')
  const rest = methods.filter((method) => method !== builder)
  return [
    printConstructor(builder?.node, name, source),
    printMembers(
      rest.filter((method) => method.node.static),
      name,
      source,
    ),
    printMembers(
      rest.filter((method) => !method.node.static),
      `${name}.prototype`,
      source,
    ),
  ]
    .filter(Boolean)
    .join('\n')
}

function printConstructor(node: MethodDefinition | undefined, name: string, source: string): string {
  const message = JSON.stringify(`Class constructor ${name} cannot be invoked without 'new'`)
  const guard = `\n  if (!(this instanceof ${name})) throw new TypeError(${message});`
  if (!node) return `function ${name}() {${guard}\n}`
  const { params, body } = node.value
  const list = params.map((param) => source.slice(param.start, param.end)).join(', ')
  return `function ${name}(${list}) {${guard}${outdent(print(body as AnyNode, source)).slice(1)}`
}

/** What stood in a class stands one step further left. */
const outdent = (text: string): string => text.replaceAll('\n  ', '\n')

interface Member {
  readonly node: MethodDefinition
  readonly key: string
}

function printMembers(members: readonly Member[], target: string, source: string): string {
  const keys = [...new Set(members.map((member) => member.key))]
  return keys
    .map((key) => {
      const fields = members
        .filter((member) => member.key === key)
        .map(({ node }) => {
          const field = node.kind === 'method' ? 'value' : node.kind
          const writable = node.kind === 'method' ? ', writable: true' : ''
          return `${field}: ${printMethod(node, key, source)}${writable}`
        })
      return `Object.defineProperty(${target}, ${JSON.stringify(key)}, { ${fields.join(', ')}, configurable: true });`
    })
    .join('\n')
}

/** Methods are named, except where the name would hide something the method uses. */
function printMethod(node: MethodDefinition, key: string, source: string): string {
  const text = outdent(print(node.value as AnyNode, source))
  const hides = freeNames(node.value as Node).includes(key) || isReserved(key) || node.kind !== 'method'
  return `function ${hides ? '' : key}${text}`
}

function isReserved(name: string): boolean {
  try {
    parse(`"use strict"; var ${name}`, { ecmaVersion: 5 })
    return false
  } catch {
    return true
  }
}
