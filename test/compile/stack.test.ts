// Running out of stack is the engine's own error, not a trap, and leaves the instance usable.

import { describe, expect, test } from 'vitest'
import { load, run, SETTINGS, thrown } from './load.ts'

const RECURSIVE = `(module
  (memory (export "memory") 1)
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (type $f (func (param i64) (result i64)))
  (table funcref (elem $through $tail))
  (func $direct (export "direct") (param i32) (result i32)
    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
    (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
    (i32.add (call $direct (local.get 0)) (i32.const 1)))
  (func $through (export "through") (param i64) (result i64)
    (i64.add (call_indirect (type $f) (local.get 0) (i32.const 0)) (i64.const 1)))
  (func $tail (export "tail") (param i64) (result i64)
    (drop (call $through_tail (local.get 0)))
    (return_call $tail (local.get 0)))
  (func $through_tail (param i64) (result i64)
    (i64.add (call_indirect (type $f) (local.get 0) (i32.const 1)) (i64.const 1)))
  (func $depth_of (export "depth_of") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
      (else (i32.add (i32.const 1) (call $depth_of (i32.sub (local.get 0) (i32.const 1)))))))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))`

describe.each(SETTINGS)('--engine $engine, level $optimize', (options) => {
  test.each([
    ['direct', 1],
    ['through', 1n],
    ['tail', 1n],
  ])('%s recursion without end', (name, argument) => {
    const instance = load(RECURSIVE, options)()
    const exports = instance.exports as Record<string, (...args: unknown[]) => unknown>
    for (let i = 0; i < 3; i++) {
      const error = thrown(() => exports[name](argument))
      expect(error).toBeInstanceOf(RangeError)
      expect(error).not.toBeInstanceOf(WebAssembly.RuntimeError)
      expect(error.message).toBe('Maximum call stack size exceeded')
    }
    expect(exports['depth_of'](100)).toBe(100)
    expect(exports['load'](0)).toBe(0)
    expect(thrown(() => exports['load'](65536))).toMatchObject({ name: 'RuntimeError' })
  })

  test('what was done before it stays done', () => {
    const exports = run(RECURSIVE, {}, options)
    thrown(() => exports['direct'](0))
    const depth = (exports['depth'] as unknown as { value: number }).value
    expect(depth).toBeGreaterThan(1000)
    expect(Math.abs((exports['load'](8) as number) - depth)).toBeLessThanOrEqual(1)
  })

  test('in an imported function too', () => {
    const endless = (): number => endless() + 1
    const exports = run(
      `(module (import "js" "f" (func (result i32))) (func (export "g") (result i32) (call 0)))`,
      { js: { f: endless } },
      options,
    )
    expect(thrown(() => exports['g']())).toBeInstanceOf(RangeError)
  })

  test('a RangeError that an imported function throws for its own reasons passes too', () => {
    const mine = new RangeError('Offset is outside the bounds of the DataView')
    const exports = run(
      `(module (import "js" "f" (func)) (func (export "g") (call 0)))`,
      {
        js: {
          f: () => {
            throw mine
          },
        },
      },
      options,
    )
    expect(thrown(() => exports['g']())).toBe(mine)
  })
})
