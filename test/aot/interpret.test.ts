// The interpreter of outputs. The suite runs on it as a whole: `npm run test:spec -- --interpreted`.

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { WebAssembly as Interpreting } from '../../src/aot/interpreter.ts'
import { interpret } from '../../src/interpret/interpret.ts'
import * as runtime from '../../src/interpret/runtime.ts'
import { wat } from '../wat.ts'

const ours = Interpreting as unknown as typeof WebAssembly

/** What a script leaves in `exports`. */
function run(text: string, names: Record<string, unknown> = {}): Record<string, unknown> {
  const exports = {}
  interpret(text, new Map<string, unknown>([...Object.entries(names), ['exports', exports]]))
  return exports
}

/** What an engine that may evaluate text makes of it. */
function evaluated(text: string): Record<string, unknown> {
  const exports = {}
  new Function('exports', `"use strict";${text}`)(exports)
  return exports
}

const SCRIPTS = [
  'exports.a = 1 + 2 * 3 - -4 % 3; exports.b = -8 >>> 28 | 1 ^ 3 & 2; exports.c = !0 + ~5 + (typeof x + typeof 1).length',
  'var s = ""; a: for (var i = 0; i < 5; i++) { for (;;) { if (i === 1) continue a; if (i === 3) break a; s += i; break } s += "," } exports.s = s',
  'var i = 0, s = ""; do { i++; if (i == 2) continue; s += i } while (i < 4); while (true) { if (--i < 2) break } exports.s = s + i',
  'function f(x) { switch (x) { case 1: return "one"; case 2: case 3: x += 10; default: x++; break; case 9: return "nine" } return x } exports.r = [f(1), f(2), f(3), f(7), f(9)]',
  'function f(n) { try { if (n) throw n; return "no" } catch (e) { return e + "!" } } exports.r = [f(0), f("x")]',
  'a: { exports.x = 1; { break a } exports.y = 2 } b: c: for (;;) { for (;;) { break b } }',
  'let x = 1; { let x = 2; exports.inner = x } const y = x; exports.outer = y; for (let x = 5; x < 6; x++) exports.loop = x; exports.after = x',
  'function make() { var n = 0; return { up: () => ++n, get: function () { return n++ } } } var m = make(); m.up(); m.up(); m.get(); exports.n = m.get(); exports.other = make().up()',
  'exports.fact = (function fact(n) { return n < 2 ? 1 : n * fact(n - 1) })(10); exports.hoisted = later(2); function later(x) { return x * 2 }',
  'function P(x) { this.x = x } var p = new P(4); p.x += 1; p["y"] = p.x++; exports.p = [p.x, p.y, p instanceof P, "y" in p, delete_(p)]; function delete_(o) { return o.z === void 0 }',
  'var a = new Int8Array(2); exports.r = [a[0] = 300, a[0], a[9] ?? "out", null || 5, 0 && 6, (1, 2), [1, [2]].length]',
  'exports.given = (function (a) { return [a, arguments.length, (() => arguments[1])()] })(5, 6, 7)',
  'exports.length = (function (a, b, c) {}).length; exports.arrow = ((a) => a + 1)(1); exports.missing = (function (a, b) { return b })(1)',
]

describe('scripts', () => {
  test.each(SCRIPTS)('%s', (script) => {
    const found = run(script)
    const expected = evaluated(script)
    expect(Object.keys(expected).length).toBeGreaterThan(0)
    expect(found).toEqual(expected)
  })

  test('names around the script', () => {
    expect(run('exports.y = f(x)', { x: 3, f: (x: number) => x * 2 })).toEqual({ y: 6 })
    expect(() => run('exports.y = nothing')).toThrow(ReferenceError)
    expect(() => run('x = 1', { x: 3 })).toThrow(SyntaxError)
  })

  test.each(['class C {}', 'async function f() {}', 'for (const x of []) {}', 'try {} finally {}', 'f(...[1])'])(
    'what outputs do not have is refused: %s',
    (script) => {
      expect(() => run(script)).toThrow(SyntaxError)
    },
  )

  test('the bits of NaNs are kept', () => {
    const cell = new Float64Array(new BigUint64Array([0x7ff4000000000001n]).buffer)
    const put = (x: number): bigint => new BigUint64Array(new Float64Array([x]).buffer)[0]!
    const native = put(cell[0]!)
    expect(
      run('function f(a, x) { var y = x; return [put(a, y)] } exports.r = f(1, cell[0])[0]', {
        cell,
        put: (_: unknown, x: number) => put(x),
      })['r'],
    ).toBe(native)
  })
})

test('all of the runtime is there', async () => {
  const files = readdirSync(new URL('../../runtime/', import.meta.url))
  expect(files.length).toBeGreaterThan(40)
  for (const file of files) {
    const names = Object.keys(await import(`../../runtime/${file}`))
    expect(names.filter((name) => !(name in runtime))).toEqual([])
  }
})

describe('modules', () => {
  const module = wat(`(module
    (import "e" "log" (func $log (param i64)))
    (memory (export "m") 1) (data (i32.const 8) "\\01\\02\\03")
    (func $fib (export "fib") (param i32) (result i64)
      (if (result i64) (i32.lt_s (local.get 0) (i32.const 2))
        (then (i64.extend_i32_s (local.get 0)))
        (else (i64.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
    (func (export "load") (param i32) (result i32)
      (call $log (i64.const -5)) (i32.load (local.get 0))))`)

  test('what was not registered is compiled and interpreted', async () => {
    const seen: unknown[] = []
    const { instance } = await ours.instantiate(module, { e: { log: (x: unknown) => seen.push(x) } })
    const { fib, load } = instance.exports as Record<string, (x: number) => unknown>
    expect(fib!(15)).toBe(610n)
    expect(load!(8)).toBe(0x030201)
    expect(() => load!(65533)).toThrow(ours.RuntimeError)
    expect(seen).toEqual([-5n, -5n])
  })

  test('what is no module is refused as everywhere', () => {
    expect(() => new ours.Module(module.slice(0, 50))).toThrow(/^malformed: /)
    expect(ours.validate(module)).toBe(true)
    expect(ours.validate(module.slice(0, 50))).toBe(false)
  })
})
