// What is done to modules before they are compared.

import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/1-decode/decode.ts'
import type { Api } from '../../spec/engine.ts'
import { wat } from '../../wat.ts'
import { generate } from '../generate.ts'
import { Host, importsOf } from '../net/host.ts'
import { Editor } from './editor.ts'
import { countFuel, FUEL } from './fuel.ts'
import { observe } from './observe.ts'

type Exports = Record<string, (...args: (number | bigint)[]) => unknown>

function instantiate(bytes: Uint8Array<ArrayBuffer>): Exports {
  const { imports } = new Host(WebAssembly as unknown as Api, importsOf(decode(bytes)), 1)
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports as Exports
}

const FLOATS = wat(`(module (memory 1)
  (global $kept (mut f64) (f64.const nan:0x4000000000001))
  (func (export "add") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (export "keep") (param f32) (result f32) (local.get 0))
  (func (export "load") (param i64) (result f64) (i64.store (i32.const 0) (local.get 0)) (f64.load (i32.const 0)))
  (func (export "store") (param f32) (f32.store (i32.const 8) (local.get 0)))
  (func (export "loaded") (result i32) (i32.load (i32.const 8)))
  (func (export "global") (result f64) (global.get $kept)))`)

describe('NaNs', () => {
  const call = (nans: 'arithmetic' | 'all') => instantiate(observe(FLOATS, { nans }).bytes)
  const signalling = 0x7fa00001
  const wide = 0x7ff4000000000001n
  const canonical = 0x7ff8000000000000n

  test('of arithmetic are canonical', () => {
    for (const nans of ['arithmetic', 'all'] as const) {
      expect(call(nans)['bits of add']!(signalling, 0)).toBe(0x7fc00000)
    }
  })

  test('that are moved keep their bits', () => {
    expect(call('arithmetic')['bits of keep']!(signalling)).toBe(signalling)
    expect(call('arithmetic')['bits of load']!(wide)).toBe(wide)
    expect(call('arithmetic')['bits of global']!()).toBe(wide)
  })

  test('are not to be told apart where there is only one', () => {
    const exports = call('all')
    expect(exports['bits of keep']!(signalling)).toBe(0x7fc00000)
    expect(exports['bits of load']!(wide)).toBe(canonical)
    exports['bits of store']!(signalling)
    expect(exports['loaded']!()).toBe(0x7fc00000)
  })
})

describe('the state', () => {
  const module = wat(`(module (memory 1 9) (table 2 9 funcref) (elem declare func $f)
    (global $g (mut i32) (i32.const 0)) (global $h (mut i64) (i64.const 0)) (global $f (mut f64) (f64.const 0))
    (func $f (export "global") (global.set $g (i32.const 5)))
    (func (export "high") (global.set $h (i64.const 0x100000000)))
    (func (export "zero") (global.set $f (f64.const -0)))
    (func (export "grow") (drop (memory.grow (i32.const 1))))
    (func (export "set") (table.set (i32.const 1) (ref.func $f)))
    (func (export "nothing")))`)
  const { bytes, state } = observe(module, { nans: 'arithmetic' })

  test.each(['global', 'high', 'zero', 'grow', 'set'])('tells that something was changed: %s', (name) => {
    const exports = instantiate(bytes)
    const before = exports[state!]!()
    exports['nothing']!()
    expect(exports[state!]!()).toBe(before)
    exports[name]!()
    expect(exports[state!]!()).not.toBe(before)
  })
})

describe('memories and tables', () => {
  test('have a limit, and memories may be smaller', () => {
    const module = wat('(module (memory 16) (table 3 funcref) (func (export "f")))')
    const limits = (limit?: 'growth' | 'size') => {
      const { memories, tables } = decode(observe(module, { nans: 'arithmetic', limit }).bytes)
      return [memories[0]!.type.limits, tables[0]!.type.limits]
    }
    expect(limits()).toEqual([
      { min: 16, max: undefined },
      { min: 3, max: undefined },
    ])
    expect(limits('growth')).toEqual([
      { min: 16, max: 20 },
      { min: 3, max: 7 },
    ])
    expect(limits('size')).toEqual([
      { min: 2, max: 20 },
      { min: 3, max: 7 },
    ])
  })
})

test('references in locals are written in the short form, which all engines know', () => {
  const module = wat('(module (func (export "f") (param f32) (result f32) (local funcref) (f32.sqrt (local.get 0))))')
  expect(instantiate(observe(module, { nans: 'arithmetic' }).bytes)['bits of f']!(0x40800000)).toBe(0x40000000)
})

describe('the editor', () => {
  test.each([1, 2, 3])('puts a module together as it was, seed %d', (seed) => {
    const { bytes } = generate(seed, 60)
    expect(new Editor(bytes).build()).toEqual(bytes)
  })

  test('adds to what there is', () => {
    const editor = new Editor(generate(4, 60).bytes)
    const index = editor.func({ params: ['i64', 'f32'], results: ['i32'] }, ['f64'], [0x41, 42])
    editor.export('added', 'func', index)
    expect(instantiate(editor.build())['added']!(1n, 2)).toBe(42)
  })
})

describe('fuel', () => {
  const endless = wat(`(module (func (export "loop") (param i32) (loop $l (br_if $l (local.get 0))))
    (func $f (export "call") (param i32) (if (local.get 0) (then (call $f (i32.const 1))))))`)

  test.each(['loop', 'call'])('ends what does not end: %s', (name) => {
    const exports = instantiate(countFuel(endless))
    const fuel = exports[FUEL] as unknown as { value: number }
    fuel.value = 100
    expect(exports[name]!(0)).toBeUndefined()
    expect(fuel.value).toBeGreaterThan(90)
    expect(() => exports[name]!(1)).toThrow(WebAssembly.RuntimeError)
    expect(fuel.value).toBe(0)
  })
})
