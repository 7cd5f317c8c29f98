// Where the variables of a program are while it is interpreted. A call of a function has a frame, an array: the frame around it
// comes first, then what the call returns, then its variables. Blocks have no frames of their own, their variables are in that of
// the function: outputs make no function in a loop that declares variables (7-link/block-scopes.ts).

import type { AnyNode, Function as FunctionNode, Pattern } from 'acorn'

/** The variables of one call, by slot. */
export type Frame = unknown[]

/** Slots that every frame has. */
export const OUTER = 0
export const RESULT = 1
export const THIS = 2
const FIRST = 3

/** A variable as it is reached from a function: so many frames out, in this slot. */
export interface Place {
  readonly depth: number
  readonly slot: number
}

/** The names that a function and its blocks declare. */
export class Scope {
  readonly #outer: Scope | undefined
  /** The innermost block's names last. */
  readonly #blocks: Map<string, number>[] = [new Map()]
  #size = FIRST

  constructor(outer: Scope | undefined) {
    this.#outer = outer
  }

  /** Slots of a frame. */
  get size(): number {
    return this.#size
  }

  /** @returns the slot */
  declare(name: string): number {
    const names = this.#blocks.at(-1)!
    const known = names.get(name)
    if (known !== undefined) return known
    names.set(name, this.#size)
    return this.#size++
  }

  /** What is declared until `leave` is seen in between only. */
  enter(): void {
    this.#blocks.push(new Map())
  }

  leave(): void {
    this.#blocks.pop()
  }

  /** Undefined for what no function around declares. */
  find(name: string): Place | undefined {
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const slot = this.#blocks[i]!.get(name)
      if (slot !== undefined) return { depth: 0, slot }
    }
    const place = this.#outer?.find(name)
    return place && { depth: place.depth + 1, slot: place.slot }
  }
}

/** Declares what is declared in a function's body before it begins: variables of `var`, and functions. */
export function hoist(nodes: readonly AnyNode[], scope: Scope): void {
  for (const node of nodes) for (const name of hoistedNames(node)) scope.declare(name)
}

/** Variables of `var` anywhere in a statement, and the function that it declares. */
function hoistedNames(node: AnyNode): string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.kind === 'var' ? node.declarations.map(({ id }) => nameOf(id)) : []
    case 'FunctionDeclaration':
      return [node.id!.name]
    default:
      return statementsIn(node).flatMap(hoistedNames)
  }
}

/** The statements right inside of one. */
function statementsIn(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'BlockStatement':
      return node.body
    case 'IfStatement':
      return node.alternate ? [node.consequent, node.alternate] : [node.consequent]
    case 'ForStatement':
      return node.init ? [node.init, node.body] : [node.body]
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body]
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent)
    case 'TryStatement':
      return [node.block, ...(node.handler ? [node.handler.body] : []), ...(node.finalizer ? [node.finalizer] : [])]
    default:
      return []
  }
}

/** Parameters and declared variables are plain names in outputs. */
export function nameOf(pattern: Pattern): string {
  if (pattern.type === 'Identifier') return pattern.name
  throw new SyntaxError(`${pattern.type} is not interpreted`)
}

/** The statements of a function; of an arrow function without a block, its expression. */
export const bodyOf = ({ body }: FunctionNode): readonly AnyNode[] =>
  Array.isArray(body) || body.type !== 'BlockStatement' ? [body as AnyNode] : body.body
