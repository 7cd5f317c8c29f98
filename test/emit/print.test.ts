// What is printed is read back as the same tree, in both styles.

import { parse } from 'acorn'
import type * as es from 'estree'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as b from '../../src/6-emit/build.ts'
import { Printer } from '../../src/6-emit/print.ts'

const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '|',
  '&',
  '^',
  '<<',
  '>>',
  '>>>',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
] as const

const { expression } = fc.letrec<{ expression: b.Node }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'in1', 'of').map((name) => b.id(name) as b.Node),
    fc.oneof(fc.integer(), fc.double()).map(b.num),
    fc.tuple(fc.constantFrom(...OPERATORS), tie('expression'), tie('expression')).map(([o, x, y]) => b.bin(o, x, y)),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => b.or(x, y)),
    fc.tuple(fc.constantFrom(b.not, b.bitNot, b.neg), tie('expression')).map(([make, x]) => make(x)),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([x, y, z]) => b.cond(x, y, z)),
    fc.tuple(tie('expression'), fc.array(tie('expression'))).map(([f, args]) => b.call(f, args)),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => b.assign(b.at(x, y), x)),
    tie('expression').map((x) => b.dot(b.list([x]), 'length')),
    fc.array(tie('expression')).map(b.list),
    tie('expression').map((x) => b.construct('Uint8Array', [x])),
  ),
}))

const { statement } = fc.letrec<{ statement: es.Statement }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 4 },
    expression.map((x) => b.set('a', x)),
    expression.map((x) => b.ret(x)),
    expression.map((x) => b.set('a', b.call(b.id('g'), [b.func(['p', 'q'], [b.set('a', x), b.ret(x)])]))),
    expression.map((x) => b.set('a', b.call(b.id('g'), [b.arrow(['p'], b.arrow([], x))]))),
    expression.map((x) => b.set('a', b.call(b.id('g'), [b.arrow(['p', 'q'], b.block([b.set('a', x), b.ret(x)]))]))),
    expression.map((x) => b.raise(x)),
    expression.map((x) =>
      b.vars([
        ['v', x],
        ['w', null],
      ]),
    ),
    fc.constantFrom(b.breakTo(b.id('L')), b.continueTo(b.id('L')), b.continueTo(null), b.breakTo(null), b.ret(null)),
    fc.tuple(expression, fc.array(tie('statement')), fc.array(tie('statement'))).map(([x, t, e]) => b.when(x, t, e)),
    fc.tuple(expression, tie('statement'), tie('statement')).map(
      ([test, consequent, alternate]): es.Statement => ({
        type: 'IfStatement',
        test,
        consequent: b.block([consequent]),
        alternate: b.block([alternate]),
      }),
    ),
    fc.array(tie('statement')).map((body) => b.labeled(b.id('L'), b.loop(undefined, body))),
    fc.array(tie('statement')).map((body) => b.labeled(b.id('L'), b.block(body))),
    fc.tuple(expression, fc.array(tie('statement'))).map(([x, body]) => b.loop(x, body)),
    fc.tuple(expression, fc.array(tie('statement'))).map(([x, body]) => b.doWhile(body, x)),
    fc.array(tie('statement')).map((body) => b.attempt(body, 'e', body)),
    fc.tuple(expression, expression, fc.array(tie('statement'))).map(([x, y, body]) =>
      b.labeled(
        b.id('L'),
        b.loop(undefined, [
          b.switchOn(x, [
            { tests: [y, b.num(1)], body },
            { tests: [null], body },
          ]),
        ]),
      ),
    ),
  ),
}))

/** A tree without what has no meaning: positions, raw text, blocks of one statement, defaults. */
function essence(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(essence)
  if (typeof node !== 'object' || node === null) return node ?? null
  const { type, body } = node as { type?: string; body?: unknown[] }
  if (type === 'BlockStatement' && body!.length === 1) return essence(body![0])
  const own = Object.entries(node).filter(
    ([key, value]) =>
      value !== undefined &&
      !/^(start|end|raw|optional|bits|prefix|generator|expression|async)$/.test(key) &&
      !(key === 'id' && value === null),
  )
  const kept =
    type === 'ExpressionStatement' ? Object.entries({ type, inner: (node as es.ExpressionStatement).expression }) : own
  return Object.fromEntries(kept.map(([key, value]): [string, unknown] => [key, essence(value)]).sort())
}

/** Wrapped so that every jump and `return` has its place. */
const inFunction = (body: es.Statement): es.Statement =>
  b.declare('f', [], [b.labeled(b.id('L'), b.loop(undefined, [body]))])

function reread(node: es.Statement, readable: boolean): unknown {
  const printer = new Printer(readable)
  printer.print(node)
  return parse(printer.writer.take(), { ecmaVersion: 2015 }).body[0]
}

describe.each([
  ['compact', false],
  ['readable', true],
])('%s text', (_, readable) => {
  it('means the tree it was printed from', () => {
    fc.assert(
      fc.property(statement, (body) => {
        const tree = inFunction(relabel(body))
        expect(essence(reread(tree, readable))).toEqual(essence(tree))
      }),
      { numRuns: 150 },
    )
  })
})

/** Labels of their own for nested statements: JavaScript allows no two of one name around each other. */
function relabel(node: es.Statement, depth = 0): es.Statement {
  const copy = JSON.parse(JSON.stringify(node, (_, value) => (Object.is(value, -0) ? 0 : value)))
  const visit = (item: { type?: string; label?: { name: string }; [key: string]: unknown }, level: number): void => {
    const inner = item.type === 'LabeledStatement' ? level + 1 : level
    if (item.type === 'LabeledStatement') item.label!.name = `L${inner}`
    for (const value of Object.values(item))
      if (typeof value === 'object' && value !== null) visit(value as never, inner)
  }
  visit(copy, depth)
  return copy
}

it('keeps words apart', () => {
  expect(printed(b.ret(b.bin('===', b.unary('typeof', b.id('x')), b.text('s'))))).toBe('return typeof x==="s"')
  expect(printed(b.ret(b.unary('-', b.unary('-', b.id('x')))))).toBe('return- -x')
})

function printed(node: es.Statement): string {
  const printer = new Printer(false)
  printer.print(node)
  return printer.writer.take().trim().replace(/;$/, '')
}
