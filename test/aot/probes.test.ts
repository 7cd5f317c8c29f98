// Modules that only ask which features there are: each expectation is put to the native engine too.

import { describe, expect, test } from 'vitest'
import { WebAssembly as Aot } from '../../src/aot.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly
type Fn = (...args: unknown[]) => unknown
const apis: [string, Api][] = [
  ['ours', Aot as unknown as Api],
  ['native', WebAssembly],
]

const simd = wat('(module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt))')

describe.each(apis)('%s', (_, api) => {
  test('a module that takes nothing and gives nothing is valid, for what it uses', () => {
    for (const text of [
      '(module)',
      '(module (memory 1 1 shared) (func i32.const 0 i32.const 0 i32.atomic.store))',
      '(module (func (try_table)) (tag (param i32)))',
      '(module (table 1 funcref) (memory 1) (global i32 i32.const 1) (func i32.const 0 i32.const 0 i32.const 0 memory.fill))',
      '(module (memory 1) (data (i32.add (i32.const 1) (i32.const 2)) "a"))',
      '(module (func) (elem declare func 0) (func (drop (ref.func 0))))',
    ]) {
      // The engine may not have the feature: then nothing is expected of it.
      if (WebAssembly.validate(wat(text))) expect([text, api.validate(wat(text))]).toEqual([text, true])
    }
    expect(api.validate(simd)).toBe(true)
  })

  test('a small module without code is valid, whatever it takes and gives', () => {
    const text = '(module (import "a" "b" (global (mut i32))) (export "a" (global 0)))'
    expect(api.validate(wat(text))).toBe(true)
  })

  test('a function that gives back what it gets: whether an i64 is a BigInt', () => {
    const give = (type: string, given: number): Fn => {
      const text = `(module (func (export "b") (param i32 i64 f64 i64) (result ${type}) local.get ${given}))`
      return new api.Instance(new api.Module(wat(text))).exports['b'] as Fn
    }
    const args = [7.5, -(2n ** 63n) - 1n, 0.1, 2n ** 40n + 1n]
    expect(give('i32', 0)(...args)).toBe(7)
    expect(give('i64', 1)(...args)).toBe(2n ** 63n - 1n)
    expect(give('f64', 2)(...args)).toBe(0.1)
    expect(give('i64', 3)(...args)).toBe(2n ** 40n + 1n)
    expect([give('i64', 3).length, give('i64', 3).name]).toEqual([4, '0'])
    expect(() => give('i64', 3)(1)).toThrow(TypeError)
  })

  test('its instance is empty', () => {
    const { exports } = new api.Instance(new api.Module(simd))
    expect([Object.keys(exports), Object.isFrozen(exports)]).toEqual([[], true])
    expect(api.Module.exports(new api.Module(simd))).toEqual([])
  })

  test('bytes that are cut off are no module', () => {
    for (let length = 0; length < simd.length; length++) {
      const cut = simd.slice(0, length)
      expect([length, api.validate(cut)]).toEqual([length, WebAssembly.validate(cut)])
    }
  })
})

test('what could be used is not taken for one', () => {
  for (const text of [
    '(module (func (export "f")))',
    '(module (func) (start 0))',
    '(module (import "e" "g" (global i32)))',
    '(module (func (export "f") (param i32) (result i32) (i32.clz (local.get 0))))',
    '(module (func (export "f") (param i32) (result i32) (local i32) (local.get 1)))',
    `(module (func ${'nop '.repeat(1100)}))`,
  ]) {
    const bytes = wat(text)
    expect(() => new Aot.Module(bytes)).toThrow(/not compiled ahead of time/)
    expect([text, Aot.validate(bytes)]).toEqual([text, text.includes('global')])
  }
})

test('builtins are taken by nobody: whether there are any', () => {
  const text = '(module (import "wasm:js-string" "test" (func (param externref) (result i32))))'
  const instantiate = (bytes: Uint8Array, options?: object) =>
    new Aot.Instance(new Aot.Module(bytes as BufferSource, options as never), {})
  expect(Object.keys(instantiate(wat(text), { builtins: ['js-string'] }).exports)).toEqual([])
  expect(() => instantiate(wat(text))).toThrow(TypeError)
  const other = wat(text.replace('js-string', 'another'))
  expect(() => instantiate(other, { builtins: ['js-string'] })).toThrow(TypeError)
})
