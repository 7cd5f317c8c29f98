// ESTree to text: as short as can be, or for people to read. Knows the nodes that build.ts makes, and no others.
//
//   compact     for(;;){if(a<b)break L0;a=a+1|0}

import type * as es from 'estree'
import { ASSIGNMENT, ExpressionPrinter, LOWEST } from './print-expression.ts'

const SEMICOLON = 0x3b
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d]

export class Printer extends ExpressionPrinter {
  #indent = 0

  /** Prints a statement of the top level, and ends the line. */
  print(node: es.Statement): void {
    this.#statement(node)
    this.writer.byte(0x0a)
  }

  #newline(): void {
    if (!this.readable) return
    this.writer.byte(0x0a)
    for (let i = 0; i < this.#indent; i++) this.writer.text('  ')
  }

  #block(body: readonly es.Statement[]): void {
    this.writer.byte(OPEN_BRACE)
    this.#indent++
    this.#lines(body)
    this.#indent--
    this.#close(body.length > 0)
  }

  #lines(body: readonly es.Statement[]): void {
    for (let i = 0; i < body.length; i++) {
      const statement = body[i]!
      if (!this.readable && statement.type === 'BlockStatement') {
        this.#lines(statement.body)
        continue
      }
      this.#newline()
      this.#statement(statement)
    }
  }

  /** A brace that ends a list of statements; the semicolon before it is not needed. */
  #close(onItsLine: boolean): void {
    const { writer } = this
    if (!this.readable && writer.last === SEMICOLON) writer.unwrite()
    if (onItsLine) this.#newline()
    writer.byte(CLOSE_BRACE)
  }

  /** The statement under an `if`, a loop or a label: without braces if it is one only. */
  #body(node: es.Statement, isBeforeElse = false): void {
    const only = soleStatement(node)
    const bare = !this.readable && only !== undefined && !(isBeforeElse && takesElse(only)) ? only : node
    this.space()
    this.#statement(bare)
  }

  #statement(node: es.Statement): void {
    const at = this.marks?.get(node)
    if (at === undefined) return this.#unmarked(node)
    const outer = this.positions.enter(this.writer.offset, at)
    this.#unmarked(node)
    this.positions.leave(this.writer.offset, outer)
  }

  #unmarked(node: es.Statement): void {
    const { writer } = this
    switch (node.type) {
      case 'ExpressionStatement':
        this.expression(node.expression, LOWEST)
        break
      case 'IfStatement':
        return this.#if(node)
      case 'BlockStatement':
        return this.#block(node.body)
      case 'BreakStatement':
        this.#jump('break', node.label)
        break
      case 'ContinueStatement':
        this.#jump('continue', node.label)
        break
      case 'ReturnStatement':
        this.#keyword('return', node.argument)
        break
      case 'ThrowStatement':
        this.#keyword('throw', node.argument)
        break
      case 'LabeledStatement':
        writer.word(node.label.name)
        writer.text(':')
        return this.#body(node.body)
      case 'ForStatement':
        writer.word('for')
        this.space()
        writer.text('(;')
        if (node.test) this.#test(node.test)
        writer.text(';)')
        return this.#body(node.body)
      case 'DoWhileStatement':
        writer.word('do')
        this.#body(node.body)
        if (node.body.type === 'BlockStatement') this.space()
        this.#head('while', node.test)
        break
      case 'SwitchStatement':
        return this.#switch(node)
      case 'VariableDeclaration':
        this.#variables(node)
        break
      case 'FunctionDeclaration':
        return this.function(node)
      case 'TryStatement':
        return this.#try(node)
      default:
        throw new Error(`cannot print ${node.type}`)
    }
    writer.byte(SEMICOLON)
  }

  /** The condition of a loop. */
  #test(test: es.Expression): void {
    this.space()
    this.expression(test, LOWEST)
  }

  #jump(keyword: string, label: es.Identifier | null | undefined): void {
    this.writer.word(keyword)
    if (label) this.writer.word(label.name)
  }

  #keyword(keyword: string, argument: es.Expression | null | undefined): void {
    this.writer.word(keyword)
    if (!argument) return
    this.space()
    this.expression(argument, LOWEST)
  }

  /** `keyword (expression)` */
  #head(keyword: string, expression: es.Expression): void {
    this.writer.word(keyword)
    this.space()
    this.list('(', [expression], ')')
  }

  #if(node: es.IfStatement): void {
    this.#head('if', node.test)
    this.#body(node.consequent, !!node.alternate)
    if (!node.alternate) return
    if (node.consequent.type === 'BlockStatement') this.space()
    else this.#newline()
    this.writer.word('else')
    this.#body(node.alternate)
  }

  #switch(node: es.SwitchStatement): void {
    this.#head('switch', node.discriminant)
    this.space()
    this.writer.byte(OPEN_BRACE)
    for (const { test, consequent } of node.cases) {
      this.#newline()
      if (test) this.#keyword('case', test)
      else this.writer.word('default')
      this.writer.text(':')
      this.#indent++
      this.#lines(consequent)
      this.#indent--
    }
    this.#close(true)
  }

  #variables(node: es.VariableDeclaration): void {
    const { writer } = this
    writer.word(node.kind)
    for (let i = 0; i < node.declarations.length; i++) {
      const { id, init } = node.declarations[i]!
      if (i > 0) this.comma()
      writer.word((id as es.Identifier).name)
      if (!init) continue
      this.operator('=')
      this.expression(init, ASSIGNMENT)
    }
  }

  #try(node: es.TryStatement): void {
    this.writer.word('try')
    this.space()
    this.#block(node.block.body)
    const { param, body } = node.handler!
    this.space()
    this.#head('catch', param as es.Identifier)
    this.space()
    this.#block(body.body)
  }

  protected override block(node: es.BlockStatement): void {
    this.#block(node.body)
  }

  protected override function(node: es.FunctionDeclaration | es.FunctionExpression): void {
    const { writer } = this
    writer.word('function')
    if (node.id) writer.word(node.id.name)
    else this.space()
    this.list('(', node.params as es.Identifier[], ')')
    this.space()
    this.#block(node.body.body)
  }
}

/** The one statement that a block holds, or the statement itself if it is no block. */
function soleStatement(node: es.Statement): es.Statement | undefined {
  if (node.type !== 'BlockStatement') return node
  return node.body.length === 1 ? soleStatement(node.body[0]!) : undefined
}

/** Whether an `else` behind the statement would become its own. */
function takesElse(node: es.Statement): boolean {
  switch (node.type) {
    case 'IfStatement':
      return !node.alternate || takesElse(soleStatement(node.alternate) ?? node.alternate)
    case 'LabeledStatement':
    case 'ForStatement':
      return takesElse(soleStatement(node.body) ?? node.body)
    default:
      return false
  }
}
