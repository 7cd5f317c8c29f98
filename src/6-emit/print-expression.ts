// ESTree expressions to text. Knows the nodes that build.ts makes, and no others.

import type * as es from 'estree'
import { type Marks, Positions } from './marks.ts'
import { Writer } from './writer.ts'

const PRECEDENCE: Readonly<Record<string, number>> = {
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '===': 9,
  '!==': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  '<<': 11,
  '>>': 11,
  '>>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
}
export const LOWEST = 0
export const ASSIGNMENT = 1
const CONDITIONAL = 2
const UNARY = 15
const POSTFIX = 18

const COMMA = 0x2c
const [OPEN_PAREN, CLOSE_PAREN, OPEN_BRACE, CLOSE_BRACE] = [0x28, 0x29, 0x7b, 0x7d]

export abstract class ExpressionPrinter {
  readonly writer: Writer
  /** Which instructions nodes are from; undefined: nobody asks. */
  marks: Marks | undefined
  readonly positions = new Positions()
  protected readonly readable: boolean

  /** @param readable with spaces, lines and braces */
  constructor(readable: boolean, writer = new Writer()) {
    this.readable = readable
    this.writer = writer
  }

  protected abstract function(node: es.FunctionExpression): void
  protected abstract block(node: es.BlockStatement): void

  protected space(): void {
    if (this.readable) this.writer.byte(0x20)
  }

  protected list(open: string, items: readonly (es.Expression | es.SpreadElement | null)[], close: string): void {
    this.writer.text(open)
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.comma()
      this.expression(items[i] as es.Expression, ASSIGNMENT)
    }
    this.writer.text(close)
  }

  protected comma(): void {
    this.writer.byte(COMMA)
    this.space()
  }

  protected operator(operator: string): void {
    this.space()
    this.writer.text(operator)
    this.space()
  }

  /** @param least the precedence that needs no parentheses here */
  protected expression(node: es.Expression | es.Super | es.PrivateIdentifier, least: number): void {
    const at = this.marks?.get(node)
    if (at === undefined) return this.#expression(node, least)
    const outer = this.positions.enter(this.writer.offset, at)
    this.#expression(node, least)
    this.positions.leave(this.writer.offset, outer)
  }

  #expression(node: es.Expression | es.Super | es.PrivateIdentifier, least: number): void {
    switch (node.type) {
      case 'Identifier':
        return this.writer.word(node.name)
      case 'Literal':
        return this.#literal(node)
      case 'BinaryExpression':
      case 'LogicalExpression':
        return this.#binary(node, least)
      case 'MemberExpression':
        return this.#member(node)
      case 'CallExpression':
        this.expression(node.callee, POSTFIX)
        return this.list('(', node.arguments, ')')
      case 'AssignmentExpression':
        return this.#assignment(node, least)
      case 'UnaryExpression':
        return this.#unary(node, least)
      case 'ConditionalExpression':
        return this.#conditional(node, least)
      case 'NewExpression':
        this.writer.word('new')
        this.space()
        this.expression(node.callee, POSTFIX)
        return this.list('(', node.arguments, ')')
      case 'SequenceExpression':
        return this.list('(', node.expressions, ')')
      case 'ArrayExpression':
        return this.list('[', node.elements, ']')
      case 'FunctionExpression':
        return this.function(node)
      case 'ArrowFunctionExpression':
        return this.#arrow(node)
      case 'ObjectExpression':
        return this.#object(node)
      default:
        throw new Error(`cannot print ${node.type}`)
    }
  }

  /** Numbers without the zero before the point. */
  #literal({ raw, value }: es.Literal): void {
    if (raw !== undefined) this.writer.word(raw)
    else if (typeof value === 'number' && (value | 0) === value && value >= 0) this.writer.integer(value)
    else this.writer.word(String(value).replace(/^0\./, '.'))
  }

  #open(precedence: number, least: number): void {
    if (precedence < least) this.writer.byte(OPEN_PAREN)
  }

  #shut(precedence: number, least: number): void {
    if (precedence < least) this.writer.byte(CLOSE_PAREN)
  }

  #binary({ operator, left, right }: es.BinaryExpression | es.LogicalExpression, least: number): void {
    const precedence = PRECEDENCE[operator]!
    this.#open(precedence, least)
    this.expression(left, precedence)
    this.operator(operator)
    this.expression(right, precedence + 1)
    this.#shut(precedence, least)
  }

  #assignment({ operator, left, right }: es.AssignmentExpression, least: number): void {
    this.#open(ASSIGNMENT, least)
    this.expression(left as es.Identifier | es.MemberExpression, POSTFIX)
    this.operator(operator)
    this.expression(right, ASSIGNMENT)
    this.#shut(ASSIGNMENT, least)
  }

  /** `- -x`: two signs would be a decrement. `typeof` is a word: `return typeof x`. */
  #unary({ operator, argument }: es.UnaryExpression, least: number): void {
    const { writer } = this
    this.#open(UNARY, least)
    if ((operator === '-' || operator === '+') && writer.last === operator.charCodeAt(0)) writer.byte(0x20)
    if (operator === 'typeof') writer.word(operator)
    else writer.text(operator)
    this.expression(argument, UNARY)
    this.#shut(UNARY, least)
  }

  #conditional({ test, consequent, alternate }: es.ConditionalExpression, least: number): void {
    this.#open(CONDITIONAL, least)
    this.expression(test, CONDITIONAL + 1)
    this.operator('?')
    this.expression(consequent, ASSIGNMENT)
    this.operator(':')
    this.expression(alternate, ASSIGNMENT)
    this.#shut(CONDITIONAL, least)
  }

  #member(node: es.MemberExpression): void {
    this.expression(node.object, POSTFIX)
    if (node.computed) return this.list('[', [node.property as es.Expression], ']')
    this.writer.text('.')
    this.writer.text((node.property as es.Identifier).name)
  }

  #arrow({ params, body }: es.ArrowFunctionExpression): void {
    const [first] = params
    if (params.length === 1 && !this.readable) this.writer.word((first as es.Identifier).name)
    else this.list('(', params as es.Identifier[], ')')
    this.operator('=>')
    if (body.type === 'BlockStatement') this.block(body)
    else this.expression(body, ASSIGNMENT)
  }

  #object(node: es.ObjectExpression): void {
    const { writer } = this
    writer.byte(OPEN_BRACE)
    for (let i = 0; i < node.properties.length; i++) {
      const { key, value } = node.properties[i] as es.Property
      if (i > 0) this.comma()
      this.expression(key as es.Expression, POSTFIX)
      writer.text(':')
      this.space()
      this.expression(value as es.Expression, ASSIGNMENT)
    }
    writer.byte(CLOSE_BRACE)
  }
}
