// What imported functions return is converted by calling JavaScript: its exceptions are its own, whatever they look like.

import { describe, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { type Func, run, SETTINGS, thrown } from './load.ts'

/** An access outside of a view of the program's own, with the very words of the engine. */
const outside = () => new DataView(new ArrayBuffer(1)).getInt32(0)

const throwing = (method: PropertyKey) => ({ [method]: outside })

const RESULTS: [type: string, what: string, value: unknown][] = [
  ...['i32', 'i64', 'f32', 'f64'].flatMap((type): [string, string, unknown][] => [
    [type, 'valueOf', throwing('valueOf')],
    [type, 'toString', { valueOf: null, toString: outside }],
    [type, 'Symbol.toPrimitive', throwing(Symbol.toPrimitive)],
  ]),
  ['i32 f64', 'Symbol.iterator', throwing(Symbol.iterator)],
  ['i32 f64', 'an iterator', { [Symbol.iterator]: () => ({ next: outside }) }],
  [
    'i32 f64',
    'an iterator result',
    {
      [Symbol.iterator]: () => ({
        next: () => ({
          done: false,
          get value() {
            return outside()
          },
        }),
      }),
    },
  ],
  ['i64 f32', 'the first value', [throwing('valueOf'), 1]],
  ['f64 i64', 'the last value', [1, throwing('valueOf')]],
]

describe.each(SETTINGS)('--engine $engine, level $optimize', (options) => {
  test.each(RESULTS)('%s: a RangeError of %s passes', (type, _, value) => {
    const source = `(module (import "js" "f" (func (result ${type}))) (func (export "g") (result ${type}) (call 0)))`
    const js = { f: () => value }
    const ours = run(source, { js }, options)
    const native = new WebAssembly.Instance(new WebAssembly.Module(wat(source)), { js }).exports as Record<string, Func>
    for (const exports of [ours, native]) {
      const error = thrown(() => exports['g']())
      expect([error.constructor, error.message]).toEqual([RangeError, thrown(outside).message])
    }
  })

  test('what they give is what native gives', () => {
    const source = (type: string) =>
      `(module (import "js" "f" (func (result ${type}))) (func (export "g") (result ${type}) (call 0)))`
    const values = [1.5, -0, 2 ** 31, NaN, 0.1, '7', true, 5n, -(2n ** 63n), null, undefined, {}, [8], () => 1]
    const results = values.flatMap((value) => [
      ...['i32', 'i64', 'f32', 'f64'].map((type): [string, unknown] => [type, value]),
      ['i32 f32', [value, value]] as [string, unknown],
      ['i64 i64', new Set([value, 1n])] as [string, unknown],
    ])
    const outcome = (g: Func): unknown => {
      try {
        return g()
      } catch (error) {
        return (error as Error).name
      }
    }
    for (const [type, value] of results) {
      const js = { f: () => value }
      const native = new WebAssembly.Instance(new WebAssembly.Module(wat(source(type))), { js }).exports
      const expected = outcome(native['g'] as Func)
      expect(outcome(run(source(type), { js }, options)['g']), `${type} ${String(value)}`).toEqual(expected)
    }
  })
})
