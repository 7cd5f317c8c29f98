// Wasm-to-wasm tail calls take no stack: between functions, through tables, between modules, whatever they pass.

import { describe, expect, test } from 'vitest'
import { load, run, SETTINGS, thrown } from './load.ts'

const MILLION = 1_000_000

const LOCAL = `(module
  (type $count (func (param i32) (result i32)))
  (table funcref (elem $odd $table))
  (func $even (export "even") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 1))
      (else (return_call $odd (i32.sub (local.get 0) (i32.const 1))))))
  (func $odd (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 0))
      (else (return_call $even (i32.sub (local.get 0) (i32.const 1))))))
  (func $table (export "table") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 7))
      (else (return_call_indirect (type $count) (i32.sub (local.get 0) (i32.const 1))
        (i32.ne (local.get 0) (i32.const 3))))))
  (func (export "sum") (param i32 i64) (result i64 f64 i64)
    (call $sum (local.get 0) (f64.const 0.5) (local.get 1)))
  (func $sum (param i32 f64 i64) (result i64 f64 i64)
    (if (i32.eqz (local.get 0)) (then (return (local.get 2) (local.get 1) (i64.const -9))))
    (return_call $sum
      (i32.sub (local.get 0) (i32.const 1))
      (f64.add (local.get 1) (f64.const 1))
      (i64.add (local.get 2) (i64.extend_i32_u (local.get 0)))))
  (func (export "trap") (param i32) (result i32)
    (return_call $trap (local.get 0)))
  (func $trap (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (unreachable)))
    (return_call $trap (i32.sub (local.get 0) (i32.const 1))))
  (func (export "outside") (result i32)
    (return_call_indirect (type $count) (i32.const 0) (i32.const 2)))
  (func (export "ladder") (param i32) (result i32)
    (return_call $rung (i32.add (local.get 0) (i32.const 1)) (i32.const 2)))
  (func $rung (param i32 i32) (result i32)
    (if (i32.gt_s (local.get 0) (i32.const 5)) (then (return_call $foot (local.get 1) (local.get 0))))
    (i32.add (local.get 0) (i32.const 100)))
  (func $foot (param i32 i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (local.get 1))
      (else (return_call $foot (i32.sub (local.get 0) (i32.const 1)) (i32.mul (local.get 1) (i32.const 10))))))
  (func $swap (export "swap") (param i32 i32 i32) (result i32 i32) (local $seen i32) (local $never i64)
    (if (i32.or (local.get $seen) (i32.wrap_i64 (local.get $never))) (then (unreachable)))
    (local.set $seen (i32.const 1))
    (if (i32.eqz (local.get 0)) (then (return (local.get 1) (local.get 2))))
    (return_call $swap (i32.sub (local.get 0) (i32.const 1)) (local.get 2) (local.get 1)))
  (func (export "nested") (param i32) (result i32)
    (i32.add (call $even (local.get 0)) (i32.mul (i32.const 10) (call $odd (local.get 0))))))`

const half = (own: string, other: string): string => `(module
  (type $count (func (param i32) (result i32)))
  (import "m" "table" (table $t 2 funcref))
  (elem (i32.const ${own}) $f)
  (func $f (export "f") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 10${own}))))
    (return_call_indirect (type $count) (i32.sub (local.get 0) (i32.const 1)) (i32.const ${other}))))`

describe.each(SETTINGS)('--engine $engine, level $optimize', (options) => {
  const local = run(LOCAL, {}, options)

  test('a million between two functions', () => {
    expect([local['even'](MILLION), local['even'](MILLION + 1)]).toEqual([1, 0])
  })

  test('a million through a table, the last two of them to other functions', () => {
    expect([local['table'](MILLION), local['table'](2)]).toEqual([0, 7])
  })

  test('many with operands and results of several registers', () => {
    expect(local['sum'](100_000, 5n)).toEqual([5000050005n, 100000.5, -9n])
  })

  test('a call that is no tail call gets the end of a chain', () => {
    expect(local['nested'](1001)).toBe(10)
  })

  test('a call that never comes back is plain', () => {
    expect([local['ladder'](1), local['ladder'](7)]).toEqual([102, 800])
  })

  test('a function that calls itself starts with its locals at zero, and its parameters set at once', () => {
    expect([local['swap'](MILLION, 3, 4), local['swap'](MILLION + 1, 3, 4)]).toEqual([
      [3, 4],
      [4, 3],
    ])
  })

  test('a trap at the end of a chain leaves nothing behind', () => {
    expect(thrown(() => local['trap'](1000))).toMatchObject({ name: 'RuntimeError', message: 'unreachable' })
    expect(thrown(() => local['outside']())).toMatchObject({ name: 'RuntimeError' })
    expect(local['even'](10)).toBe(1)
  })

  test('a million between two modules', () => {
    const { exports } = load('(module (table (export "table") 2 funcref))', options)()
    const zero = run(half('0', '1'), { m: exports }, options)
    const one = run(half('1', '0'), { m: exports }, options)
    expect([zero['f'](MILLION), one['f'](MILLION), zero['f'](MILLION + 1)]).toEqual([100, 101, 101])
  })

  test('an imported function of JavaScript can be tail-called, and may call back', () => {
    const exports = run(
      `(module
        (import "js" "f" (func $js (param i32) (result i32)))
        (func (export "g") (param i32) (result i32)
          (if (i32.eqz (local.get 0)) (then (return (i32.const 5))))
          (return_call $js (local.get 0))))`,
      { js: { f: (x: number) => (exports['g'](x - 1) as number) + 1 } },
      options,
    )
    expect(exports['g'](50)).toBe(55)
  })
})
