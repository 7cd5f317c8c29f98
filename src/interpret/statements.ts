// Statements, made closures that say how they end.

import type { AnyNode, ForStatement, Statement, SwitchStatement, TryStatement, VariableDeclaration } from 'acorn'
import { type Context, expression, refuse, variable } from './expressions.ts'
import type { Code } from './operators.ts'
import { type Frame, nameOf, RESULT } from './scope.ts'

/** How a statement ends that does not just end: by a jump, or by a return, whose value is in the frame. */
interface End {
  readonly kind: 'break' | 'continue' | 'return'
  /** Of a jump: the label, undefined for the innermost loop or switch. */
  readonly label?: string | undefined
}

type Run = (frame: Frame) => End | undefined

const RETURN: End = { kind: 'return' }

/** A function's body. Functions that it declares are there from the beginning. */
export function body(statements: readonly AnyNode[], c: Context): Code {
  declareLexical(c, statements)
  const run = list(c, statements)
  return (frame) => (run(frame) === RETURN ? frame[RESULT] : undefined)
}

function list(c: Context, nodes: readonly AnyNode[]): Run {
  const declared = nodes.filter((node) => node.type === 'FunctionDeclaration')
  const functions = declared.map((node) => variable(c, node.id!).set(expression(c, node)))
  const runs = nodes.filter((node) => node.type !== 'FunctionDeclaration').map((node) => statement(c, node, []))
  return (frame) => {
    for (const declare of functions) declare(frame)
    for (const run of runs) {
      const end = run(frame)
      if (end !== undefined) return end
    }
    return undefined
  }
}

function block(c: Context, nodes: readonly AnyNode[]): Run {
  c.scope.enter()
  declareLexical(c, nodes)
  const run = list(c, nodes)
  c.scope.leave()
  return run
}

/** Variables of `let` and `const`. */
function declareLexical(c: Context, nodes: readonly AnyNode[]): void {
  for (const node of nodes) {
    if (node.type !== 'VariableDeclaration' || node.kind === 'var') continue
    for (const { id } of node.declarations) c.scope.declare(nameOf(id))
  }
}

/** @param labels those that stand before it */
function statement(c: Context, node: AnyNode, labels: readonly string[]): Run {
  switch (node.type) {
    case 'ExpressionStatement':
      return effect(expression(c, node.expression))
    case 'VariableDeclaration':
      return declaration(c, node)
    case 'BlockStatement':
      return block(c, node.body)
    case 'EmptyStatement':
      return () => undefined
    case 'IfStatement': {
      const test = expression(c, node.test)
      const yes = statement(c, node.consequent, [])
      const no = node.alternate ? statement(c, node.alternate, []) : () => undefined
      return (frame) => (test(frame) ? yes(frame) : no(frame))
    }
    case 'WhileStatement':
      return loop(labels, { test: expression(c, node.test), body: statement(c, node.body, []) })
    case 'DoWhileStatement':
      return loop(labels, { test: expression(c, node.test), body: statement(c, node.body, []), isLate: true })
    case 'ForStatement':
      return forLoop(c, node, labels)
    case 'LabeledStatement':
      return labelled(statement(c, node.body, [...labels, node.label.name]), node.label.name)
    case 'BreakStatement':
    case 'ContinueStatement': {
      const kind = node.type === 'BreakStatement' ? 'break' : 'continue'
      const end: End = { kind, label: node.label?.name }
      return () => end
    }
    case 'ReturnStatement': {
      const value = node.argument ? expression(c, node.argument) : () => undefined
      return (frame) => {
        frame[RESULT] = value(frame)
        return RETURN
      }
    }
    case 'ThrowStatement': {
      const value = expression(c, node.argument)
      return (frame) => {
        throw value(frame)
      }
    }
    case 'SwitchStatement':
      return choice(c, node)
    case 'TryStatement':
      return attempt(c, node)
    default:
      return refuse(node)
  }
}

const effect =
  (code: Code): Run =>
  (frame) => {
    code(frame)
    return undefined
  }

function declaration(c: Context, { declarations, kind }: VariableDeclaration): Run {
  const sets = declarations.flatMap(({ id, init }) => {
    if (!init && kind === 'var') return []
    return [variable(c, { name: nameOf(id) }).set(init ? expression(c, init) : () => undefined)]
  })
  return (frame) => {
    for (const set of sets) set(frame)
    return undefined
  }
}

const labelled =
  (run: Run, label: string): Run =>
  (frame) => {
    const end = run(frame)
    return end?.kind === 'break' && end.label === label ? undefined : end
  }

interface Loop {
  readonly test: Code
  readonly body: Run
  readonly step?: Code
  /** Whether the body comes before the first test. */
  readonly isLate?: boolean
}

/** @param labels those of the loop */
function loop(labels: readonly string[], { test, body, step, isLate = false }: Loop): Run {
  const isOwn = ({ label }: End): boolean => label === undefined || labels.includes(label)
  return (frame) => {
    for (let isFirst = isLate; isFirst || test(frame); isFirst = false) {
      const end = body(frame)
      if (end !== undefined) {
        if (end.kind === 'break' && end.label === undefined) return undefined
        if (end.kind !== 'continue' || !isOwn(end)) return end
      }
      step?.(frame)
    }
    return undefined
  }
}

function forLoop(c: Context, node: ForStatement, labels: readonly string[]): Run {
  c.scope.enter()
  if (node.init) declareLexical(c, [node.init])
  const first = node.init ? start(c, node.init) : () => undefined
  const repeated = loop(labels, {
    test: node.test ? expression(c, node.test) : () => true,
    body: statement(c, node.body as Statement, []),
    ...(node.update && { step: expression(c, node.update) }),
  })
  c.scope.leave()
  return (frame) => {
    first(frame)
    return repeated(frame)
  }
}

const start = (c: Context, init: NonNullable<ForStatement['init']>): Run =>
  init.type === 'VariableDeclaration' ? declaration(c, init) : effect(expression(c, init))

function choice(c: Context, { discriminant, cases }: SwitchStatement): Run {
  const value = expression(c, discriminant)
  const tests = cases.map(({ test }) => (test ? expression(c, test) : undefined))
  const runs = cases.map(({ consequent }) => block(c, consequent))
  const other = tests.indexOf(undefined)
  return (frame) => {
    const wanted = value(frame)
    const found = tests.findIndex((test) => test !== undefined && test(frame) === wanted)
    const from = found < 0 ? other : found
    for (let i = from; i >= 0 && i < runs.length; i++) {
      const end = runs[i]!(frame)
      if (end !== undefined) return end.kind === 'break' && end.label === undefined ? undefined : end
    }
    return undefined
  }
}

function attempt(c: Context, { block: guarded, handler, finalizer }: TryStatement): Run {
  const run = block(c, guarded.body)
  c.scope.enter()
  const slot = handler?.param ? c.scope.declare(nameOf(handler.param)) : undefined
  const caught = handler ? block(c, handler.body.body) : undefined
  c.scope.leave()
  if (finalizer || caught === undefined) return refuse({ type: 'finally' })
  return (frame) => {
    try {
      return run(frame)
    } catch (error) {
      if (slot !== undefined) frame[slot] = error
    }
    return caught(frame)
  }
}
