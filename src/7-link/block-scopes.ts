// `let` and `const` become `var` in ES5 output. This finds the places where that would change the meaning.

import type { AnyNode, Node } from 'acorn'
import { children, freeNames } from './scope.ts'

const isFunction = (node: AnyNode): boolean => /Function/.test(node.type)
const isLoop = (node: AnyNode): boolean => /^(For|While|DoWhile)/.test(node.type)

/** Throws if a block-scoped variable below `root` cannot become a `var` of its function. */
export function checkBlockScopes(root: Node): void {
  visit(root as AnyNode)
}

function visit(node: AnyNode): void {
  if (isFunction(node)) checkFunction(node)
  if (isLoop(node)) checkLoop(node)
  for (const child of children(node)) visit(child)
}

/** No name may mean two things in one function: a block's variable and an outer one, or two nested ones. */
function checkFunction(node: AnyNode): void {
  const outer = new Set(freeNames(node))
  const params = 'params' in node ? node.params.map((param) => (param as { name?: string }).name) : []
  const body = (node as { body: AnyNode }).body
  checkNames(body, new Set(params), outer)
}

function checkNames(node: AnyNode, visible: ReadonlySet<string | undefined>, outer: ReadonlySet<string>): void {
  if (isFunction(node)) return
  const inside = new Set(visible)
  for (const child of children(node)) {
    for (const name of declared(child)) {
      if (inside.has(name) || outer.has(name)) throw new Error(`\`${name}\` has two meanings in one function`)
      inside.add(name)
    }
  }
  for (const child of children(node)) checkNames(child, inside, outer)
}

function declared(node: AnyNode): string[] {
  if (node.type !== 'VariableDeclaration') return []
  return node.declarations.map((declarator) => (declarator.id as { name?: string }).name ?? '')
}

/** A function made in a loop sees the variable of its own round; a `var` would show it the last round's. */
function checkLoop(node: AnyNode): void {
  if (contains(node, isFunction) && contains(node, (child) => child.type === 'VariableDeclaration')) {
    throw new Error('the runtime may not make functions in a loop that declares variables')
  }
}

function contains(node: AnyNode, test: (node: AnyNode) => boolean): boolean {
  return children(node).some((child) => test(child) || contains(child, test))
}
