// Deep nesting is laid flat: no tree is higher than a parser takes, and nothing is lost.

import { describe, expect, test } from 'vitest'
import type { Label, Stmt } from '../../src/3-ir/ir.ts'
import { forEachStmt } from '../../src/3-ir/walk.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { constant, ELSE, END, ins, opcode, open } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { lookAtFunctions } from '../ir/functions.ts'
import { wat } from '../wat.ts'
import { lower } from './ir.ts'

test('after an if whose ways both leave nothing branches on', () => {
  const flat = { limits: { ...LIMITS, height: 0, keptHeight: 0 } }
  const module = wat(`(module (import "m" "f" (func $f)) (func (param i32) (result i32)
    (loop $l
      (if (local.get 0)
        (then (if (i32.eqz (local.get 0)) (then (br $l)) (else (return (i32.const 1)))))
        (else (call $f)))
      (call $f)
      (br $l))
    (i32.const 2)))`)
  // The verifier looks for what control never comes to.
  expect(() => lookAtFunctions(module, flat, () => {})).not.toThrow()
})

const DEPTH = 500
const get = ins('local.get', 0)

/** Each level opens, calls with its number, and on the way out branches to one of the levels around it. */
function nest(start: readonly number[]): readonly Stmt[] {
  const builder = new ModuleBuilder()
  const func = builder.importFunc('m', 'f', { params: ['i32'], results: [] })
  const levels = Array.from({ length: DEPTH }, (_, i) => i)
  const opened = levels.flatMap((i) => [...start, ...constant('i32', BigInt(i)), ...ins('call', func)])
  const closed = levels.flatMap((i) => {
    const depth = i % 3 === 0 ? Math.min(i, 150) % (DEPTH - i) : 0
    return [...get, ...ins('br_if', depth), END]
  })
  builder.func({ params: ['i32'], results: [] }, [], [...opened, ...closed])
  return lower(builder.build())[0]!.body
}

const SHAPES = {
  blocks: open('block', undefined),
  loops: open('loop', undefined),
  ifs: [...get, ...open('if', undefined)],
  elses: [...get, ...open('if', undefined), ...opcode('nop'), ELSE],
}

const heightOf = (stmts: readonly Stmt[]): number =>
  stmts.reduce((most, stmt) => Math.max(most, ...stmt.bodies.map((body) => 1 + heightOf(body))), 0)

describe.each(Object.entries(SHAPES))('500 %s', (_, start) => {
  const body = nest(start)

  test('are not high', () => {
    expect(heightOf(body)).toBeGreaterThan(2)
    expect(heightOf(body)).toBeLessThanOrEqual(LIMITS.height)
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
      if (stmt.kind === 'br') used.add(stmt.target)
      for (const label of stmt.labels) defined.add(label)
    })
    expect(used.size).toBeGreaterThan(5)
    expect([...used].filter((label) => !defined.has(label))).toEqual([])
  })
})
