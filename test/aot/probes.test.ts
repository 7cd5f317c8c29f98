// Modules that only ask which features there are: each expectation is put to the native engine too.

import { describe, expect, test } from 'vitest'
import { WebAssembly as Aot } from '../../src/aot.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly
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
    ]) {
      // The engine may not have the feature: then nothing is expected of it.
      if (WebAssembly.validate(wat(text))) expect([text, api.validate(wat(text))]).toEqual([text, true])
    }
    expect(api.validate(simd)).toBe(true)
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
    '(module (import "e" "f" (func)))',
    `(module (memory 1) (data (i32.const 0) "a"))`,
    `(module (func ${'nop '.repeat(1100)}))`,
  ]) {
    const bytes = wat(text)
    const isRead = text.includes('import') // by what reads modules that export what they import
    expect([text, Aot.validate(bytes)]).toEqual([text, isRead])
  }
})
