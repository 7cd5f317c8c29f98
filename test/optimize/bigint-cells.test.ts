// Versions on BigInts: words at the boundary, a variable for each value, a cell where values meet or control may come around.

import { expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { legalizeToBigInts } from '../../src/5-optimize/legalize/legalize.ts'
import { show } from '../lower/ir.ts'
import { wat } from '../wat.ts'

const CALLEE = '(import "m" "f" (func $f (param i64) (result i32)))'

function lowered(source: string): Func {
  const module = decode(wat(`(module ${CALLEE} (memory 1) ${source})`))
  validateModule(module)
  return lowerFunction(module, 1).func
}

const text = (source: string): string => show(legalizeToBigInts(lowered(source))!.body)

/** How many cells a function sets. */
const cellsOf = (source: string): number => {
  const func = legalizeToBigInts(lowered(source))!
  const cells = new Set<number>()
  const look = (stmts: Func['body']): void => {
    for (const stmt of stmts) {
      if (stmt.kind === 'set' && stmt.reg.type === 'i64cell') cells.add(stmt.reg.id)
      if (stmt.kind === 'loop' || stmt.kind === 'block') look(stmt.body)
      if (stmt.kind === 'if') look([...stmt.then, ...stmt.else])
    }
  }
  look(func.body)
  return cells.size
}

test('parameters and results are words', () => {
  const func = legalizeToBigInts(lowered('(func (param i64 i32) (result i64) (i64.mul (local.get 0) (local.get 0)))'))!
  expect(func.params.map(({ type }) => type)).toEqual(['i32', 'i32', 'i32'])
  expect(func.results).toEqual(['i32', 'i32'])
})

test.each([
  [
    'set twice in a row',
    '(local.set $x (i64.load (i32.const 0))) (local.set $x (i64.mul (local.get $x) (local.get $x)))',
  ],
  [
    'set and read in one branch',
    '(if (i32.const 1) (then (local.set $x (i64.const 5)) (i64.store (i32.const 0) (local.get $x))))',
  ],
  [
    'read where nothing else is set',
    '(local.set $x (i64.const 5)) (if (i32.const 1) (then (i64.store (i32.const 0) (local.get $x))))',
  ],
])('only variables: %s', (_, body) => {
  expect(cellsOf(`(func (local $x i64) ${body})`)).toBe(0)
})

test.each([
  [
    'set in a branch',
    '(if (i32.const 1) (then (local.set $x (i64.const 5)))) (i64.store (i32.const 0) (local.get $x))',
  ],
  [
    'carried around a loop',
    '(loop $l (i64.store (i32.const 0) (local.get $x)) (local.set $x (i64.const 5)) (br_if $l (i32.const 1)))',
  ],
])('a cell: %s', (_, body) => {
  expect(cellsOf(`(func (local $x i64) ${body})`)).toBe(1)
})

test('what is needed behind a call is kept meanwhile', () => {
  const body = '(loop $l (local.set $x (i64.add (local.get $x) (local.get $y))) (br_if $l (call $f (i64.const 1))))'
  expect(text(`(func (param $y i64) (result i64) (local $x i64) ${body} (local.get $x))`)).toMatch(
    /(t\d+) = (l\d+); t\d+ = f0\(1, 0\); \2 = \1;/,
  )
})
