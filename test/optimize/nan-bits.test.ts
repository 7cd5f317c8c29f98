// Which float registers must keep the bits of a NaN: those that a store, a call, a return or a reinterpretation sees,
// and those that such a register gets its value from.

import { expect, test } from 'vitest'
import { findDemands } from '../../src/5-optimize/facts/demands.ts'
import { legal } from '../lower/ir.ts'

/** The numbers of the locals of `(param $x f32) (param $y f32) (local $a f32) (local $b f32)` whose bits matter. */
function observed(body: string, results = ''): number[] {
  const [func] = legal(`(module (memory 1) (global $g (mut f32) (f32.const 0))
    (func $use (param $x f32) (param $y f32) ${results} (local $a f32) (local $b f32) ${body}))`)
  const demands = findDemands(func!)
  return [...func!.params, ...func!.locals].filter((reg) => demands.nanObserved(reg)).map(({ local }) => local!)
}

const [X, Y, A, B] = [0, 1, 2, 3]

test.each([
  ['nothing is looked at', '(local.set $a (local.get $x))', []],
  ['arithmetic', '(f32.store (i32.const 0) (f32.add (local.get $x) (local.get $y)))', []],
  ['comparison', '(if (f32.lt (local.get $x) (local.get $y)) (then))', []],
  ['a store', '(f32.store (i32.const 0) (local.get $x))', [X]],
  ['a global', '(global.set $g (local.get $y))', [Y]],
  ['a call', '(call $use (local.get $x) (f32.neg (local.get $y)))', [X, Y]],
  ['reinterpretation', '(drop (i32.reinterpret_f32 (local.get $y)))', []],
  ['reinterpretation that is used', '(i32.store (i32.const 0) (i32.reinterpret_f32 (local.get $y)))', [Y]],
  [
    'through moves',
    '(local.set $a (local.get $x)) (local.set $b (local.get $a)) (f32.store (i32.const 0) (local.get $b))',
    [X, A, B],
  ],
  [
    'through signs and selects',
    '(local.set $a (select (f32.abs (local.get $x)) (f32.neg (local.get $y)) (i32.load (i32.const 0)))) (f32.store (i32.const 0) (local.get $a))',
    [X, Y, A],
  ],
  [
    'not through arithmetic',
    '(local.set $a (f32.mul (local.get $x) (local.get $y))) (f32.store (i32.const 0) (local.get $a))',
    [A],
  ],
  ['both operands of copysign', '(f32.store (i32.const 0) (f32.copysign (local.get $x) (local.get $y)))', [X, Y]],
  [
    'around a loop',
    '(loop (local.set $b (local.get $a)) (local.set $a (local.get $x)) (f32.store (i32.const 0) (local.get $b)) (br_if 0 (f32.eq (local.get $y) (local.get $y))))',
    [X, A, B],
  ],
] as const)('%s', (_, body, locals) => {
  expect(observed(body)).toEqual(locals)
})

test('a result', () => {
  expect(observed('(local.get $y)', '(result f32)')).toEqual([Y])
  expect(observed('(block (result f32) (br_if 0 (local.get $x) (i32.const 1)))', '(result f32)')).toEqual([X])
})
