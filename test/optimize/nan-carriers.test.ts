// Which float registers may hold a NaN with bits of its own: those that get one from memory, a parameter, a call or a
// reinterpretation, by whatever way.

import { describe, expect, test } from 'vitest'
import { regRead } from '../../src/3-ir/expressions.ts'
import { findValues } from '../../src/5-optimize/facts/values.ts'
import { legal } from '../lower/ir.ts'

/** The numbers of the locals of `(param $x f32) (local $a f32) (local $b f32)`, or the same of f64, that may hold one. */
function carriers(body: string, type: string): number[] {
  const [func] = legal(
    `(module (memory 1)
    (func $f (param $x f32) (result f32) (local $a f32) (local $b f32) ${body} local.get $b))`.replaceAll('f32', type),
  )
  const values = findValues(func!)
  return [...func!.params, ...func!.locals].filter((reg) => values.mayBeOwnNan(regRead(reg))).map(({ local }) => local!)
}

const [X, A, B] = [0, 1, 2]

describe.each(['f32', 'f64'])('%s', (type) => {
  test.each([
    ['parameters only', '', [X]],
    ['arithmetic', '(local.set $a (f32.mul (local.get $x) (local.get $x)))', [X]],
    ['a number', '(local.set $a (f32.const 1.5))', [X]],
    ['a load', '(local.set $a (f32.load (i32.const 0)))', [X, A]],
    ['a NaN', '(local.set $a (f32.const nan:0x200001))', [X, A]],
    ['the canonical NaN', '(local.set $a (f32.const nan))', type === 'f64' ? [X] : [X, A]],
    ['a call', '(local.set $a (call $f (f32.const 0)))', [X, A]],
    ['the sign of a result', '(local.set $a (f32.abs (f32.sqrt (local.get $x))))', [X, A]],
    [
      'a choice around a loop',
      `(loop (local.set $b (local.get $a)) (local.set $a (select (local.get $x) (f32.const 0) (i32.load (i32.const 0))))
      (br_if 0 (i32.load (i32.const 0))))`,
      [X, A, B],
    ],
  ] as const)('%s', (_, body, locals) => {
    expect(carriers(body, type)).toEqual(locals)
  })
})
