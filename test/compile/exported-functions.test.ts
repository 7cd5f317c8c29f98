// An Exported Function can be called and nothing else, as on the native engine.

import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'
import { load } from './load.ts'

const MODULE = `(module
  (global $runs (export "runs") (mut i32) (i32.const 0))
  (func $f (export "f") (param i32 i64) (result i32)
    (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
    (i32.add (local.get 0) (i32.wrap_i64 (local.get 1))))
  (func $none (export "none"))
  (table (export "t") 1 funcref)
  (elem (i32.const 0) $none)
  (global (export "g") funcref (ref.func $f)))`

type Func = (new (...args: unknown[]) => unknown) & ((...args: unknown[]) => unknown)
interface Exports {
  readonly f: Func
  readonly none: Func
  readonly t: WebAssembly.Table
  readonly g: { readonly value: Func }
  readonly runs: { readonly value: number }
}

const OURS = (['es5', 'es2015', 'es2020', 'esnext'] as const).flatMap((target) =>
  (['jit', 'interpreter'] as const).map((engine) => ({ target, engine, names: engine === 'jit' })),
)

const nameOf = (f: () => unknown): string => {
  try {
    return String(f())
  } catch (error) {
    return (error as Error).name
  }
}

/** Everything there is to see of a function without looking behind it. */
const LOOKS: [string, (f: Func) => unknown][] = [
  ['new f(1, 2n)', (f) => new f(1, 2n)],
  ['new f()', (f) => new f()],
  ['Reflect.construct', (f) => Reflect.construct(f, [1, 2n])],
  ['extends f', (f) => class extends (f as unknown as typeof Object) {}],
  ['prototype', (f) => f.prototype],
  ['in', (f) => 'prototype' in f],
  ['length', (f) => f.length],
  ['name', (f) => f.name],
  ['type', (f) => Object.prototype.toString.call(f)],
  ['with a this', (f) => [f.call({}, 1, 2n), f.call(f, 1, 2n), f.call(5, 1, 2n), f.apply(null, [1, 2n])]],
]

const looks = ({ f, none, t, g, runs }: Exports): unknown[] => [
  ...[f, none, t.get(0) as Func, g.value].map((each) => LOOKS.map(([what, look]) => [what, nameOf(() => look(each))])),
  [f === g.value, none === t.get(0), runs.value],
]

describe.each(OURS)('%o', (options) => {
  const ours = load(MODULE, options)().exports as unknown as Exports

  test('it looks like the native one', () => {
    const native = new WebAssembly.Instance(new WebAssembly.Module(wat(MODULE))).exports as unknown as Exports
    expect(looks(ours)).toEqual(looks(native))
    // V8's have `arguments` and `caller`, in spite of the specification.
    expect(Object.getOwnPropertyNames(ours.f).sort()).toEqual(['length', 'name'])
  })

  test.runIf(options.target !== 'es5')('nor can objects be made in its name', () => {
    expect(() => Reflect.construct(Object, [], ours.f)).toThrow(TypeError)
    expect(() => ({}) instanceof ours.f).toThrow(TypeError)
  })
})

test('with target es5 as well where a bundler has left out "use strict"', () => {
  const { code } = compile(wat(MODULE), { target: 'es5', format: 'cjs' })
  const sloppy = code.replace('"use strict";', '')
  expect(sloppy).not.toBe(code)
  const exports: { instantiate?: () => { exports: Exports } } = {}
  new Function('exports', sloppy)(exports)
  const { f } = (exports.instantiate as () => { exports: Exports })().exports
  expect(f(1, 2n)).toBe(3)
  expect(() => new f(1, 2n)).toThrow(TypeError)
})
