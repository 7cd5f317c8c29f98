// Which functions are worth a version on BigInts.

import { expect, test } from 'vitest'
import { paysBigInt } from '../../src/5-optimize/legalize/gain.ts'
import { read } from '../ir/read.ts'

const pays = (body: string): boolean =>
  paysBigInt(read(`f0(l0: i64, l1: i64, l2: i32) -> i64\n ${body}\n return l0`).func)

const PRODUCT = 'l0 = i64.mul(l0, l1); '

test.each([
  ['one product', PRODUCT, false],
  ['several', PRODUCT.repeat(3), true],
  ['one in a loop', `loop 1 { ${PRODUCT} if (l2) { br 1 } }`, true],
  ['bits that BigInts count slowly', `${PRODUCT.repeat(3)} l0 = i64.clz(l0)`, false],
  ['calls between', `${PRODUCT.repeat(3)} f1(); f1()`, false],
  ['much that is no i64', `${PRODUCT.repeat(3)} ${'l2 = f32.lt(1f, f32.load(0+0)); '.repeat(20)}`, false],
  ['products of words', 'l2 = mul(l2, l2); '.repeat(9), false],
])('%s', (_, body, expected) => {
  expect(pays(body)).toBe(expected)
})
