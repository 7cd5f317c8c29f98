// Whole outputs, in every format, target and engine: their syntax, and that they run.

import { type ecmaVersion, parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import type { Options, Target } from '../../src/options.ts'
import { wat } from '../wat.ts'

/** A bit of everything that stays free of i64 at its boundary, as ES5 has no BigInt. */
const bytes = wat(String.raw`(module
  (import "en\"v" "</script>" (func $host (param i32) (result i32)))
  (memory (export "memory") 1)
  (table (export "table") 2 funcref)
  (global $count (export "count") (mut i32) (i32.const 5))
  (elem (i32.const 0) $twice $host)
  (data (i32.const 8) "\01\02\03\04")
  (type $unary (func (param i32) (result i32)))
  (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "call") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "wide") (param i32) (result f64)
    (f64.convert_i64_u (i64.mul (i64.extend_i32_u (local.get 0)) (i64.const 1000000000))))
  (func (export "round") (param f32) (result f32) (f32.nearest (local.get 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "loop") (param i32) (result i32)
    (loop $l (result i32)
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if $l (i32.const 0) (local.get 0))
      (drop)
      (global.get $count))))`)

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly table: { readonly length: number; get(i: number): (x: number) => number }
  readonly count: { value: number }
  call(i: number, x: number): number
  load(at: number): number
  div(a: number, b: number): number
  wide(x: number): number
  round(x: number): number
  grow(): number
}

function check(instantiate: (imports: object) => { exports: Exports }): void {
  const { exports } = instantiate({ 'en"v': { '</script>': (x: number) => x + 1.9 } })
  expect([exports.call(0, 21), exports.call(1, 6)]).toEqual([42, 7])
  expect(() => exports.call(2, 0)).toThrow(expect.objectContaining({ name: 'RuntimeError' }))
  expect(exports.load(8)).toBe(0x04030201)
  expect(() => exports.load(65533)).toThrow('memory access out of bounds')
  expect(() => exports.div(1, 0)).toThrow('divide by zero')
  expect(exports.wide(-1)).toBe(4294967295 * 1e9)
  expect([exports.round(2.5), exports.round(-0.2)]).toEqual([2, -0])
  expect(exports.grow()).toBe(1)
  expect(exports.memory.buffer.byteLength).toBe(131072)
  expect(exports.table.get(0)(4)).toBe(8)
  expect(exports.count.value).toBe(5)
}

const VERSIONS: [Target, ecmaVersion][] = [
  ['es5', 5],
  ['es2015', 2015],
  ['es2020', 2020],
  ['esnext', 'latest'],
]

describe.each(['jit', 'interpreter'] as const)('--engine %s', (engine) => {
  test.each(VERSIONS)('--target %s', async (target, version) => {
    for (const optimize of [0, 1, 2, 3] as const) {
      const options: Partial<Options> = { engine, target, optimize, name: 'out', names: optimize === 3 }
      const script = compile(bytes, { ...options, format: 'iife' }).code
      parse(script, { ecmaVersion: version, sourceType: 'script' })
      expect(script).not.toContain('</script>')
      check(new Function(`${script}\nreturn out.instantiate`)())
      const common = compile(bytes, { ...options, format: 'cjs' }).code
      parse(common, { ecmaVersion: version, sourceType: 'script' })
      const exports = {} as { instantiate: Parameters<typeof check>[0] }
      new Function('exports', common)(exports)
      check(exports.instantiate)
      if (target === 'es5') continue
      const module = compile(bytes, { ...options, format: 'esm' }).code
      parse(module, { ecmaVersion: version, sourceType: 'module' })
      const url = `data:text/javascript;base64,${Buffer.from(module).toString('base64')}`
      check((await import(/* @vite-ignore */ url)).instantiate)
    }
  })
})

test('the same input and options give the same bytes', () => {
  for (const format of ['esm', 'cjs', 'iife'] as const) {
    expect(compile(bytes, { format }).code).toBe(compile(bytes.slice(), { format }).code)
  }
})
