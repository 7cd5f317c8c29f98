// How far addresses are aligned, and that this is true of sums, products and what loops make of them.

import { expect, test } from 'vitest'
import { regRead } from '../../src/3-ir/expressions.ts'
import { alignmentOf } from '../../src/5-optimize/alignment.ts'
import { findValues } from '../../src/5-optimize/facts/values.ts'
import { read } from '../ir/read.ts'

/** The alignment of a register t1. */
function alignment(body: string): number {
  const { func, regs } = read(`f0(l0: i32) -> i32 [words]\n ${body}\n return t1`)
  return alignmentOf(regRead(regs('t1')[0]!), findValues(func))
}

test.each([
  ['a parameter', 't1 = l0', 1],
  ['a constant', 't1 = 12', 4],
  ['zero', 't1 = 0', 8],
  ['no more than is asked for', 't1 = 4096', 8],
  ['a mask', 't1 = and(l0, -4)', 4],
  ['a shift', 't1 = shl(l0, 1)', 2],
  ['a product', 't1 = mul(l0, 24)', 8],
  ['a sum', 't1 = add(shl(l0, 3), 4)', 4],
  ['around a loop', 't1 = 1024\n loop 1 { t1 = sub(t1, 12); if (l0) { br 1 } }', 4],
  ['of two ways', 'if (l0) { t1 = 8 } else { t1 = 2 }', 2],
])('%s', (_, body, expected) => {
  expect(alignment(body)).toBe(expected)
})
