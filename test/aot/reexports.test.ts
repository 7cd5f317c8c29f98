// Modules that export what they import, without code: each expectation is put to the native engine too.

import { describe, expect, test } from 'vitest'
import { WebAssembly as Aot } from '../../src/aot.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly
const apis: [string, Api][] = [
  ['ours', Aot as unknown as Api],
  ['native', WebAssembly],
]

const reexport = (type: string) => wat(`(module (import "e" "f" (func ${type})) (export "f" (func 0)))`)

type Fn = (...args: unknown[]) => unknown

describe.each(apis)('%s', (_, api) => {
  const exported = (type: string, fn: unknown): Fn =>
    new api.Instance(new api.Module(reexport(type)), { e: { f: fn } } as never).exports['f'] as Fn

  test('converts each type both ways', () => {
    const seen: unknown[][] = []
    const f = exported('(param i32 i64 f32 f64 externref funcref) (result i64)', (...args: unknown[]) => {
      seen.push(args)
      return 2n ** 64n - 1n
    })
    expect(f(2 ** 32 + 5, -(2n ** 63n) - 1n, 0.1, '7', 'any', f, 'more')).toBe(-1n)
    expect(seen).toEqual([[5, 2n ** 63n - 1n, Math.fround(0.1), 7, 'any', f]])
    expect(() => f(1, 2)).toThrow(TypeError)
    expect([f.length, typeof f, Object.hasOwn(f, 'prototype')]).toEqual([6, 'function', false])
    expect(f.name).toBe('0')
  })

  test('results', () => {
    expect(exported('(result i32)', () => 2 ** 31)()).toBe(-(2 ** 31))
    expect(exported('(result f32)', () => 0.1)()).toBe(Math.fround(0.1))
    expect(exported('(result f64)', () => '0.5')()).toBe(0.5)
    expect(exported('(result externref)', () => undefined)()).toBe(undefined)
    expect(exported('', () => 5)()).toBe(undefined)
    expect(() => exported('(result i64)', () => 5)()).toThrow(TypeError)
    expect(() => exported('(result funcref)', () => () => 0)()).toThrow(TypeError)
  })

  test('what the function throws passes through', () => {
    const thrown = {}
    expect(() =>
      exported('', () => {
        throw thrown
      })(),
    ).toThrow(expect.toSatisfy((error) => error === thrown))
  })

  test('goes into tables, and only there where its type fits', () => {
    const table = new api.Table({ element: 'anyfunc', initial: 1 })
    table.set(
      0,
      exported('(param i32) (result i32)', (x: number) => x + 1),
    )
    expect((table.get(0) as Fn)(1)).toBe(2)
    const same = exported('(param i32) (result i32)', table.get(0))
    expect(same).toBe(table.get(0))
    expect(() => exported('(param i64)', table.get(0))).toThrow(api.LinkError)
    expect(() => exported('', 5)).toThrow(api.LinkError)
    expect(() => new api.Instance(new api.Module(reexport('')))).toThrow(TypeError)
  })

  test('lists its imports and exports', () => {
    const module = new api.Module(reexport(''))
    expect(api.Module.imports(module)).toEqual([{ module: 'e', name: 'f', kind: 'function' }])
    expect(api.Module.exports(module)).toEqual([{ name: 'f', kind: 'function' }])
    expect(api.validate(reexport(''))).toBe(true)
  })

  test('bytes that are no module are refused', () => {
    for (let length = 0; length < reexport('').length; length++) {
      const cut = reexport('').slice(0, length)
      expect([length, api.validate(cut)]).toEqual([length, WebAssembly.validate(cut)])
    }
  })
})
