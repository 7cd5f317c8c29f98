// Values that are one entry of the operand stack: what is written for them, and when.

import { expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { lower, show } from './ir.ts'

const FIVE = 'i32 i64 f32 externref i32'

/** The IR of the last function of a module with functions that give, take and turn five values. */
const ofBody = (signature: string, body: string) =>
  lower(`(module
    (import "m" "give" (func $give (result ${FIVE})))
    (import "m" "turn" (func $turn (param ${FIVE}) (result ${FIVE})))
    (import "m" "two" (func $two (param externref i32)))
    (func ${signature} ${body}))`)[0]!

const TEN = 'i32 i32 i32 i32 i32 i32 i32 i32 i32 i32'

const CASES: Record<string, readonly [signature: string, body: string, ir: string]> = {
  'are handed on as they are': [
    `(result ${FIVE})`,
    '(call $turn (call $turn (call $give)))',
    't0 = f0:ref(); t1 = f1:ref(t0); t2 = f1:ref(t1); return t2',
  ],
  'leave nothing where they are dropped': ['', `(call $give) ${'(drop) '.repeat(5)}`, 't0 = f0:ref(); return'],
  'are written where they are asked for': [
    '(result f32)',
    '(call $give) (call $two) (return)',
    't0 = f0:ref(); f2(tuple.ref(t0, 4), tuple.i32(t0, 5)); return f32.reinterpret_i32(tuple.i32(t0, 3))',
  ],
  'are put together again': [
    `(param i32) (result ${FIVE} ${FIVE})`,
    '(call $give) (call $give) (drop) (local.get 0) (br_if 0 (i32.const 1))',
    't1 = f0:ref(); t2 = f0:ref(); t3 = tuple.concat(tuple.concat(t1, tuple.slice(t2, 0, 5)), tuple(l0)); if (1) { return t3 }; return t3',
  ],
  'come with others before and behind them': [
    `(param i64) (result i32 i64 ${FIVE} i32)`,
    '(i32.const 1) (local.get 0) (call $give) (i32.const 2)',
    't1 = f0:ref(); return tuple.concat(tuple.concat(tuple(1, i64.low(l0), i64.high(l0)), t1), tuple(2))',
  ],
}

test('are handed to what takes many, one by one, as a tuple', () => {
  const text = (count: number): string => {
    const func = lower(`(module
      (import "m" "give" (func $give (result ${TEN})))
      (import "m" "take" (func $take (param ${TEN.slice(0, 4 * count - 1)})))
      (func (call $give) (call $take) ${'(drop)'.repeat(10 - count)}))`)[0]!
    expect(funcText(parse(funcText(func)))).toBe(funcText(func))
    return show(func.body)
  }
  expect(text(9)).toBe('t0 = f0:ref(); f1(tuple.slice(t0, 1, 10)); return')
  expect(text(10)).toBe('t0 = f0:ref(); f1(t0); return')
  expect(text(2)).toBe('t0 = f0:ref(); f1(tuple.i32(t0, 8), tuple.i32(t0, 9)); return')
})

test.each(Object.entries(CASES))('%s', (_, [signature, body, ir]) => {
  const func = ofBody(signature, body)
  expect(show(func.body)).toBe(ir)
  expect(funcText(parse(funcText(func)))).toBe(funcText(func))
})

test.each([1, 2, 5, 6, 7, 9])('of ten, the last %i are taken apart from the others', (count) => {
  const types = TEN.slice(0, 4 * count - 1)
  const func = lower(`(module
    (import "m" "give" (func $give (result ${TEN})))
    (import "m" "take" (func $take (param ${types}) (result ${FIVE})))
    (func (call $give) (call $take) ${'(drop)'.repeat(15 - count)}))`)[0]!
  const elements = Array.from({ length: count }, (_, i) => `tuple.i32(t0, ${10 - count + i})`).join(', ')
  const given = count > 4 ? `tuple.slice(t0, ${10 - count}, 10)` : elements
  expect(show(func.body)).toBe(`t0 = f0:ref(); t1 = f1:ref(${given}); return`)
})
