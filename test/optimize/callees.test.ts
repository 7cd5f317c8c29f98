// What calling a function may do, by way of those it calls too. This is found in the code before there is IR of it.

import { expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { EVERYTHING, findCalleeEffects, GROWS, globalBit } from '../../src/5-optimize/callees.ts'
import { wat } from '../wat.ts'

const globals = Array.from({ length: 32 }, (_, i) => `(global $g${i} (mut i32) (i32.const 0))`).join(' ')

/** Of a function $f, beside others. */
function effects(body: string, others = ''): number {
  const source = `(module (import "m" "i" (func $import)) (memory 1) (table 1 funcref) ${globals} (func $f ${body}) ${others})`
  return findCalleeEffects(decode(wat(source)))[1]!
}

const SETS = (global: number): string => `(global.set $g${global} (i32.const 1))`

test.each([
  ['nothing', '(drop (i32.load (i32.const 0)))', '', 0],
  ['grows a memory', '(drop (memory.grow (i32.const 1)))', '', GROWS],
  ['sets globals', SETS(1) + SETS(4), '', globalBit(1) | globalBit(4)],
  ['sets one of those that are not followed', SETS(31), '', 0],
  ['calls an import', '(call $import)', '', EVERYTHING],
  ['calls what is not known', '(call_indirect (i32.const 0))', '', EVERYTHING],
  ['calls what sets a global', '(call $a)', `(func $a (call $b)) (func $b ${SETS(2)})`, globalBit(2)],
  [
    'calls itself and others in a circle',
    '(call $a)',
    `(func $a (call $f) (call $b)) (func $b (call $a) ${SETS(3)})`,
    globalBit(3),
  ],
  ['makes a tail call', '(return_call $a)', `(func $a ${SETS(5)})`, globalBit(5)],
])('%s', (_, body, others, expected) => {
  expect(effects(body, others)).toBe(expected)
})
