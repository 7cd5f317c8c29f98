// Modules that only ask which features there are: each expectation is put to the native engine too.

import { describe, expect, test } from 'vitest'
import { availableFeatures } from '../../src/0-wasm/features.ts'
import { opOf } from '../../src/0-wasm/ops/index.ts'
import { SHAPES } from '../../src/1-decode/opcodes.ts'
import { CONSTANT } from '../../src/2-validate/constant.ts'
import { isConstant, shapeOf } from '../../src/aot/instructions.ts'
import { WebAssembly as Aot } from '../../src/aot.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly
type Fn = (...args: unknown[]) => unknown
const apis: [string, Api][] = [
  ['ours', Aot as unknown as Api],
  ['native', WebAssembly],
]

const simd = wat('(module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt))')

/** A module of sections, each an id and its contents, which are short. */
const module = (...sections: readonly (readonly [id: number, ...contents: number[]])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...sections.flatMap(([id, ...contents]) => [id, contents.length, ...contents]),
  ])

/** A module with a memory and a function. */
const probe = (instructions: readonly number[], locals: readonly number[] = [0]): Uint8Array<ArrayBuffer> => {
  const body = [...locals, ...instructions, 0x0b]
  return module([1, 1, 0x60, 0x00, 0x00], [3, 1, 0x00], [5, 1, 0x00, 0x01], [10, 1, body.length, ...body])
}

/** Immediates of every shape that engines have had for long. */
const varied = wat(`(module
  (type (func (param i32) (result i32)))
  (table 2 funcref) (memory 1 2) (global (mut i64) i64.const -5000000000) (global f32 f32.const 1)
  (elem (i32.const 0) func 0) (elem (table 0) (i32.const 1) funcref (ref.func 0) (ref.null func)) (elem func 0 0) (elem declare func 0)
  (data (i32.const 1) "ab") (data "c")
  (func (param i32) (result i32) (local i64 f64 v128)
    i32.const -100000 i64.const 0x7fffffffffffffff local.set 1 f64.const 0.5 drop drop
    (block (loop (br_table 0 1 0 (local.get 0))))
    (if (local.get 0) (then nop) (else (call_indirect (type 0) (local.get 0) (i32.const 0)) drop))
    (select (result i32) (local.get 0) (local.get 0) (memory.size)) drop
    (drop (ref.is_null (ref.null func))) (drop (table.size))
    (local.set 3 (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 3) (v128.const i32x4 1 2 3 4)))
    (v128.load8_lane offset=200 3 (local.get 0) (local.get 3)) (drop (i8x16.extract_lane_s 7))
    (memory.copy (local.get 0) (i32.load16_u offset=70000 (local.get 0)) (i32.const 0))
    (local.get 0)))`)

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
    for (const whole of [simd, varied]) {
      expect(api.validate(whole)).toBe(true)
      for (let length = 0; length < whole.length; length++) {
        const cut = whole.slice(0, length)
        expect([length, api.validate(cut)]).toEqual([length, WebAssembly.validate(cut)])
      }
    }
  })

  test.each([
    ['an opcode of stack switching', probe([0xe2, 0x00])],
    ['an opcode that nobody has', probe([0xef])],
    ['one of them with a prefix', probe([0xfc, 0x7f])],
    ['one of vectors', probe([0xfd, 0xff, 0x03])],
    ['one behind what is known', probe([0x01, 0x41, 0x00, 0x1a, 0xfb, 0x7f])],
    ['a type of local variables', probe([], [0x01, 0x01, 0x5a])],
    ['a type of blocks', probe([0x02, 0x5a, 0x0b])],
    ['a heap type', probe([0xd0, 0x5a, 0x1a])],
    ['flags of an access to memory', probe([0x41, 0x00, 0x28, 0xc0, 0x01, 0x00, 0x1a])],
    ['a clause of a handler', probe([0x1f, 0x40, 0x01, 0x09, 0x00, 0x0b])],
    ['a type', module([1, 1, 0x5d, 0x00])],
    ['a form of types', module([1, 1, 0x5b])],
    ['flags of memories', module([5, 1, 0x10, 0x01])],
    ['a page size', module([5, 1, 0x08, 0x01, 0x03])],
    ['flags of tables', module([4, 1, 0x70, 0x02, 0x01])],
    ['a form of tables', module([4, 1, 0x40, 0x01, 0x70, 0x00, 0x01, 0xd0, 0x70, 0x0b])],
    ['a mutability', module([6, 1, 0x7f, 0x04, 0x41, 0x00, 0x0b])],
    ['an instruction in a constant expression', module([6, 1, 0x7f, 0x00, 0x41, 0x01, 0x41, 0x02, 0x71, 0x0b])],
    ['a form of element segments', module([4, 1, 0x70, 0x00, 0x01], [9, 1, 0x08, 0x41, 0x00, 0x0b, 0x00])],
    ['a kind of elements', module([9, 1, 0x01, 0x01, 0x00])],
    ['a form of data segments', module([5, 1, 0x00, 0x01], [11, 1, 0x03, 0x00])],
    ['a count of data segments', module([5, 1, 0x00, 0x01], [12, 2], [11, 1, 0x01, 0x00])],
    ['a kind of imports', module([1, 1, 0x60, 0x00, 0x00], [2, 1, 0x00, 0x00, 0x05, 0x00])],
    ['a kind of exports', module([5, 1, 0x00, 0x01], [7, 1, 0x00, 0x05, 0x00])],
    ['an attribute of tags', module([1, 1, 0x60, 0x00, 0x00], [13, 1, 0x01, 0x00])],
    ['a section', module([0x20, 0x00])],
    ['an order of sections', module([5, 1, 0x00, 0x01], [1, 1, 0x60, 0x00, 0x00])],
    ['a version', Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0)],
  ])('%s that nobody has is not valid', (_, bytes) => {
    expect(api.validate(bytes)).toBe(false)
    expect(() => new api.Module(bytes)).toThrow(api.CompileError)
  })

  test('a custom section is none of these', () => {
    expect(api.validate(module([0, 1, 0x78, 0xff]))).toBe(true)
    expect(api.validate(module([0, 1, 0xff]))).toBe(false)
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

describe('what is known of instructions is what the compiler knows', () => {
  const known = availableFeatures()
  const prefixes = [0xfb, 0xfc, 0xfd, 0xfe]
  const opcodes: [byte: number, sub?: number][] = [
    ...Array.from({ length: 256 }, (_, byte): [number] => [byte]).filter(([byte]) => !prefixes.includes(byte)),
    ...prefixes.flatMap((prefix) => Array.from({ length: 0x200 }, (_, sub): [number, number] => [prefix, sub])),
  ]
  const op = (byte: number, sub?: number) => opOf(sub === undefined ? byte : (byte << 12) | sub)

  test('which there are, and their immediates', () => {
    for (const [byte, sub] of opcodes) {
      const row = op(byte, sub)
      const shape = row !== undefined && known.has(row.feature) ? SHAPES[row.id] : undefined
      expect([byte, sub, shapeOf(byte, sub)]).toEqual([byte, sub, shape])
    }
  })

  test('which are constant', () => {
    for (const [byte, sub] of opcodes) {
      const row = op(byte, sub)
      expect([byte, sub, isConstant(byte, sub)]).toEqual([byte, sub, row !== undefined && CONSTANT.has(row.name)])
    }
  })
})
