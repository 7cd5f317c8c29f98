// Variables are declared and named in an order that compression likes.

import { expect, test } from 'vitest'
import { inOrder } from '../../src/5-optimize/allocate/order.ts'
import { allocate } from '../../src/5-optimize/allocate.ts'
import { compile } from '../../src/index.ts'
import { legalBody } from '../lower/ir.ts'
import { wat } from '../wat.ts'

/** Registers and variables with the same numbers; `order` is that of their first occurrences. */
const numbered = (order: number[], counts: number[], fixed: number) =>
  inOrder({ order, counts }, Int32Array.from(counts.keys()), fixed, counts.length)

test('variables go by first occurrence, behind the parameters', () => {
  expect([...numbered([3, 1, 2, 0], [1, 1, 1, 1], 1).numbers]).toEqual([0, 2, 3, 1])
})

test('the four that occur most go before the others', () => {
  const { numbers } = numbered([0, 1, 2, 3, 4, 5], [1, 9, 2, 9, 9, 9], 0)
  expect([...numbers]).toEqual([4, 0, 5, 1, 2, 3])
})

test('what does not occur is no variable', () => {
  const { numbers, used } = numbered([2], [0, 0, 5], 1)
  expect([...numbers]).toEqual([0, 2, 1])
  expect(used).toBe(2)
  const func = legalBody('(param i32) (result i32) (local i32 i32)', '(local.get 0)')
  expect(allocate(func, false).types).toEqual(['i32'])
})

/** The start of a function that sets all its locals, and stores at them and at its parameters. */
function storing(params: number, locals: number): string {
  const all = Array.from({ length: params + locals }, (_, i) => i)
  const sets = all.slice(params).map((i) => `(local.set ${i} (i32.load (i32.const ${i})))`)
  const stores = all.map((i) => `(i32.store (local.get ${i}) (local.get ${i}))`)
  const types = `${'(param i32)'.repeat(params)} ${'(local i32)'.repeat(locals)}`
  const body = `${types} ${sets.join(' ')} ${stores.join(' ')}`
  const { code } = compile(wat(`(module (memory 1) (func ${body}))`))
  return code.match(/function f0(.*?;)/)![1]!
}

test('the view has the same name wherever there are variables enough before it', () => {
  expect(storing(2, 9)).toBe('(a,b){var c,d,e,f,g=D0.v,h,i,j,k,l;')
  expect(storing(0, 9)).toBe('(){var a,b,c,d,e,f,g=D0.v,h,i,j;')
  expect(storing(8, 1)).toBe('(a,b,c,d,e,f,g,h){var i=D0.v,j;')
  expect(storing(2, 1)).toBe('(a,b){var c,d=D0.v;')
})
