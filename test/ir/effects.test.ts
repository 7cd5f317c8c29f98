// What expressions and statements do, and which of them must stay in their order.

import { expect, test } from 'vitest'
import { isOrdered } from '../../src/3-ir/effects.ts'
import { effectsText } from '../../src/3-ir/notation.ts'
import { parseStmts } from '../../src/3-ir/parse.ts'
import { effectsOf } from '../../src/3-ir/walk.ts'

const effects = (text: string): number => effectsOf(parseStmts(text)[0]!)

test.each([
  ['t1 = add(l0, 1)', '{pure}'],
  ['t1 = div_s(l0, l3)', '{traps}'],
  ['t1 = div_s{pure}(l0, 2)', '{pure}'],
  ['t1 = i32.load(l0+0)', '{reads-memory traps}'],
  ['i32.store(l0+0, 1)', '{writes-memory traps}'],
  ['t1 = add(g0.0, 1)', '{reads-global}'],
  ['t1 = g0.0{pure}', '{pure}'],
  ['g0.0 = 1', '{writes-global}'],
  ['trap unreachable', '{traps}'],
  ['if (i32.load(l0+0)) { i32.store(l0+0, 1) }', '{reads-memory traps}'],
])('%s: %s', (text, expected) => {
  expect(effectsText(effects(text))).toBe(expected)
})

test('a call may do anything', () => {
  const all =
    '{reads-memory writes-memory reads-global writes-global reads-table writes-table traps throws reads-heap writes-heap}'
  expect(effectsText(effects('t1 = add(f1(), 1)'))).toBe(all)
  expect(effectsText(effects('table0[l0: type0]()'))).toBe(all)
})

test.each([
  ['t1 = i32.load(l0+0)', 't2 = i32.load(l0+4)', false],
  ['t1 = i32.load(l0+0)', 'i32.store(l0+4, 1)', true],
  ['t1 = i32.load(l0+0)', 'g0.0 = 1', true],
  ['t1 = g0.0', 'g1.0 = 1', true],
  ['t1 = g0.0', 'i32.store(l0+0, 1)', false],
  ['t1 = g0.0', 'f1()', true],
  ['t1 = div_s(l0, l3)', 't2 = i32.load(l0+0)', false],
  ['t1 = div_s(l0, l3)', 'i32.store(l0+0, 1)', true],
  ['t1 = div_s(l0, l3)', 'f1()', true],
  ['t1 = add(l0, 1)', 'f1()', false],
])('%s and %s must stay in order: %s', (one, two, expected) => {
  expect(isOrdered(effects(one), effects(two))).toBe(expected)
  expect(isOrdered(effects(two), effects(one))).toBe(expected)
})
