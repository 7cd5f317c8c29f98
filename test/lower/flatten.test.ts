// Deep nesting is laid flat: no tree is higher than a parser takes, and nothing is lost.

import { describe, expect, test } from 'vitest'
import { MAX_HEIGHT } from '../../src/3-lower/flatten.ts'
import type { Label, Stmt } from '../../src/3-lower/ir.ts'
import { bodiesOf, forEachStmt } from '../../src/4-optimize/rewrite.ts'
import { lowerBody } from './ir.ts'

const DEPTH = 300

/** Each level opens, calls with its number, and on the way out branches to one of the levels around it. */
function nest(open: string, close: string): string {
  const opened = Array.from({ length: DEPTH }, (_, i) => `${open} i32.const ${i} call $f drop`)
  const closed = Array.from({ length: DEPTH }, (_, i) => {
    const depth = i % 3 === 0 ? Math.min(i, 150) % (DEPTH - i) : 0
    return `local.get 0 br_if ${depth} ${close}`
  })
  return [...opened, ...closed].join('\n')
}

const SHAPES = {
  blocks: nest('block', 'end'),
  loops: nest('loop', 'end'),
  ifs: nest('local.get 0 if', 'end'),
  elses: nest('local.get 0 if nop else', 'end'),
}

const heightOf = (stmts: readonly Stmt[]): number =>
  stmts.reduce((most, stmt) => Math.max(most, ...bodiesOf(stmt).map((body) => 1 + heightOf(body))), 0)

describe.each(Object.entries(SHAPES))('300 %s', (_, source) => {
  const { body } = lowerBody('(param i32)', source)

  test('are not high', () => {
    expect(heightOf(body)).toBeGreaterThan(2)
    expect(heightOf(body)).toBeLessThanOrEqual(MAX_HEIGHT)
  })

  test('say how high they are', () => {
    forEachStmt(body, (stmt) => {
      // A dispatch counts its switch too.
      if ('height' in stmt) expect(stmt.height).toBeGreaterThanOrEqual(heightOf([stmt]))
    })
  })

  test('keep every statement, in order', () => {
    const calls: number[] = []
    forEachStmt(body, (stmt) => {
      if (stmt.kind === 'expr' && stmt.value.kind === 'call')
        calls.push((stmt.value.args[0] as { value: number }).value)
    })
    expect(calls).toEqual(Array.from({ length: DEPTH }, (_, i) => i))
  })

  test('branch only to labels that are there', () => {
    const [defined, used] = [new Set<Label>(), new Set<Label>()]
    forEachStmt(body, (stmt) => {
      if (stmt.kind === 'br') used.add(stmt.label)
      else if (stmt.kind === 'dispatch') for (const { label } of stmt.segments) defined.add(label)
      else if ('label' in stmt && stmt.label !== undefined) defined.add(stmt.label)
    })
    expect(used.size).toBeGreaterThan(5)
    expect([...used].filter((label) => !defined.has(label))).toEqual([])
  })
})
