// Which names a piece of the runtime takes from outside itself.

import type { AnyNode, Function as FunctionNode, Node } from 'acorn'

/** Bindings of a function or block, by name; a linked list of scopes ends with `undefined`. */
interface Scope {
  readonly names: Set<string>
  readonly outer: Scope | undefined
}

/** Names the statement refers to and does not bind, in order of first use. The statement's own name is not among them. */
export function freeNames(statement: Node): string[] {
  const free = new Set<string>()
  const top: Scope = { names: new Set(), outer: undefined }
  declare(statement as AnyNode, top)
  visit(statement as AnyNode, top, free)
  return [...free]
}

/** The child nodes of a node, in source order. */
export function children(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = []
  for (const value of Object.values(node)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item && typeof item.type === 'string') found.push(item)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function visit(node: AnyNode, scope: Scope, free: Set<string>): void {
  switch (node.type) {
    case 'Identifier':
      if (!bound(node.name, scope)) free.add(node.name)
      return
    case 'MemberExpression':
      visit(node.object, scope, free)
      if (node.computed) visit(node.property, scope, free)
      return
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      if (node.computed) visit(node.key, scope, free)
      if (node.value) visit(node.value, scope, free)
      return
    case 'LabeledStatement':
      visit(node.body, scope, free)
      return
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      visitFunction(node, scope, free)
      return
  }
  const inner = opensBlock(node) ? blockScope(node, scope) : scope
  for (const child of children(node)) visit(child, inner, free)
}

function visitFunction(node: FunctionNode, outer: Scope, free: Set<string>): void {
  const scope: Scope = { names: new Set(), outer }
  if (node.id) scope.names.add(node.id.name)
  if (node.type !== 'ArrowFunctionExpression') scope.names.add('arguments')
  for (const param of node.params) bindPattern(param as AnyNode, scope)
  hoistVars(node.body as AnyNode, scope)
  for (const param of node.params) visit(param as AnyNode, scope, free)
  visit(node.body as AnyNode, scope, free)
}

const opensBlock = (node: AnyNode): boolean => {
  switch (node.type) {
    case 'BlockStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'CatchClause':
    case 'SwitchStatement':
    case 'ClassExpression':
      return true
    default:
      return false
  }
}

function blockScope(node: AnyNode, outer: Scope): Scope {
  const scope: Scope = { names: new Set(), outer }
  if (node.type === 'CatchClause' && node.param) bindPattern(node.param as AnyNode, scope)
  if (node.type === 'ClassExpression' && node.id) scope.names.add(node.id.name)
  const inner = node.type === 'SwitchStatement' ? node.cases.flatMap((c) => c.consequent) : children(node)
  for (const child of inner) declare(child as AnyNode, scope)
  return scope
}

/** Adds the names a statement declares in its block. */
function declare(node: AnyNode, scope: Scope): void {
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id)
    scope.names.add(node.id.name)
  if (node.type === 'VariableDeclaration') {
    for (const { id } of node.declarations) bindPattern(id as AnyNode, scope)
  }
}

/** `var` reaches through blocks up to the function. */
function hoistVars(node: AnyNode, scope: Scope): void {
  if (/Function|Class/.test(node.type)) return
  if (node.type === 'VariableDeclaration' && node.kind === 'var') declare(node, scope)
  for (const child of children(node)) hoistVars(child, scope)
}

function bindPattern(node: AnyNode, scope: Scope): void {
  if (node.type !== 'Identifier') throw new Error(`the runtime may not use ${node.type} to bind names`)
  scope.names.add(node.name)
}

function bound(name: string, scope: Scope | undefined): boolean {
  for (let s = scope; s; s = s.outer) if (s.names.has(name)) return true
  return false
}
