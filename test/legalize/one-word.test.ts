// Which i64 registers are one word: products of those whose high word is always the sign of the low word have no cross terms.

import { expect, test } from 'vitest'
import { removeDead } from '../../src/5-optimize/dead.ts'
import { Facts } from '../../src/5-optimize/facts/facts.ts'
import { legalizeToWords } from '../../src/5-optimize/legalize/legalize.ts'
import { lower, show } from '../lower/ir.ts'

const EXTEND_X = '(local.set $x (i64.extend_i32_s (local.get $a)))'
const EXTEND_Y = '(local.set $y (i64.extend_i32_s (local.get $b)))'
const PRODUCT = '(i64.mul (local.get $x) (local.get $y))'

/** The IR of `(param $a i32) (param $b i32) (param $p i64) (local $x i64) (local $y i64)`. */
function optimized(body: string): string {
  const [func] = lower(`(module (func (param $a i32) (param $b i32) (param $p i64) (result i64)
    (local $x i64) (local $y i64) ${body}))`)
  return show(removeDead(legalizeToWords(func!, new Facts(func!))).body)
}

test('high words that are signs are not needed', () => {
  expect(optimized(`${EXTEND_X} ${EXTEND_Y} ${PRODUCT}`)).toBe(
    'l7 = l0; l8 = l1; t9 = mul(l7, l8); ' +
      'return t9, high_s(f64.mul(f64.convert_i32_s(l7), f64.convert_i32_s(l8)), t9)',
  )
})

test.each([
  ['a square', `${EXTEND_X} (i64.mul (local.get $x) (local.get $x))`],
  ['a word and a constant', `${EXTEND_X} (i64.mul (local.get $x) (i64.const 123456789))`],
  ['set again in a loop', `${EXTEND_X} ${EXTEND_Y} (loop ${EXTEND_X} (br_if 0 (local.get $a))) ${PRODUCT}`],
  ['zero where it is not set', `(if (local.get $a) (then ${EXTEND_X})) ${EXTEND_Y} ${PRODUCT}`],
  ['a difference', `${EXTEND_X} ${EXTEND_Y} (i64.sub ${PRODUCT} ${PRODUCT})`],
])('signed: %s', (_, body) => {
  const ir = optimized(body)
  expect(ir).toContain('high_s')
  expect(ir).not.toContain('convert_i32_u')
})

test.each([
  ['a parameter', `${EXTEND_X} (i64.mul (local.get $x) (local.get $p))`],
  ['set otherwise too', `${EXTEND_X} ${EXTEND_Y} (local.set $x (local.get $p)) ${PRODUCT}`],
  ['zero-extended', `(local.set $x (i64.extend_i32_u (local.get $a))) ${EXTEND_Y} ${PRODUCT}`],
  ['of another word', `(local.set $x (i64.shr_s (local.get $p) (i64.const 31))) ${EXTEND_Y} ${PRODUCT}`],
])('not signed: %s', (_, body) => {
  expect(optimized(body)).not.toContain('high_s')
})
