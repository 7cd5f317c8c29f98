// Memories of 2 GiB and more, where a length in bytes is no int32 any more, beside the native engine. What a program does
// not touch of them costs no memory: engines get such buffers from the system as pages that are zero until they are used.

import { describe, expect, test } from 'vitest'
import type { Options } from '../../src/index.ts'
import { wat } from '../wat.ts'
import { run } from './load.ts'

const MODULE = (pages: number): string => `(module
  (memory (export "memory") ${pages} 65536)
  ${['i32.store', 'i32.store8', 'i32.store16', 'f32.store', 'f64.store', 'i64.store']
    .map((op) => {
      const type = op.slice(0, 3)
      const stores = [0, 8, 3].map((at) => `(${op} offset=${at} (local.get 0) (local.get 1))`)
      return `(func (export "${op}") (param i32 ${type}) ${stores.join(' ')})`
    })
    .join('\n')}
  ${['i32.load', 'i32.load8_s', 'i32.load8_u', 'i32.load16_s', 'f32.load', 'f64.load', 'i64.load', 'i64.load32_u']
    .flatMap((op) =>
      [0, 8, 3].map((offset) => {
        const load = `(${op} offset=${offset} (local.get 0))`
        return `(func (export "${op} ${offset}") (param i32) (result ${op.slice(0, 3)}) ${load})`
      }),
    )
    .join('\n')}
  (func (export "last") (result i32) (i32.store (i32.const -4) (i32.const 7)) (i32.load (i32.const -4)))
  (func (export "bulk") (param i32 i32)
    (memory.fill (local.get 0) (i32.const 0x5a) (i32.const 40))
    (memory.copy (local.get 1) (local.get 0) (i32.const 40)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size)))`

/** Around 0, 2 GiB and 4 GiB, aligned and not, and somewhere between. */
const ADDRESSES = [0, 1, 0x7ffffff4, 0x7ffffffc, 0x7fffffff, 0x80000000, 0x80000006, 0x9234567c, -132, -20, -16, -8, -4]
const VALUES = { i32: -0x12345678, i64: -0x123456789abcdefn, f32: 1.5, f64: -Math.PI }

type Exports = Readonly<Record<string, (...args: unknown[]) => unknown>>

/** What every load gives after every store, and which of them trap. */
function outcomes(exports: Exports): unknown[] {
  const outcome = (name: string, ...args: unknown[]): unknown => {
    try {
      return exports[name](...args)
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
  }
  const names = Object.keys(exports)
  const loads = (p: number) => names.filter((name) => name.includes('load')).map((name) => outcome(name, p))
  const results: unknown[] = []
  for (const p of ADDRESSES.map((address) => address | 0)) {
    for (const store of names.filter((name) => name.includes('store'))) {
      results.push(outcome(store, p, VALUES[store.slice(0, 3) as keyof typeof VALUES]), ...loads(p))
    }
    results.push(outcome('bulk', p, p + 5), ...loads(p))
  }
  return [...results, outcome('size'), outcome('last')]
}

describe.each([
  { engine: 'interpreter' },
  { engine: 'interpreter', target: 'es5' },
  { engine: 'jit' },
  { engine: 'jit', target: 'es5' },
] as const satisfies Partial<Options>[])('%o', (options) => {
  test.each([32767, 32768, 65535, 65536])('a memory of %i pages', (pages) => {
    const source = MODULE(pages)
    const native = new WebAssembly.Instance(new WebAssembly.Module(wat(source))).exports as Exports
    expect(outcomes(run(source, {}, options))).toEqual(outcomes(native))
  })

  test.each([32767, 32768, 65535])('a memory that grows by %i pages', (pages) => {
    const source = MODULE(1)
    const native = new WebAssembly.Instance(new WebAssembly.Module(wat(source))).exports as Exports
    const ours = run(source, {}, options)
    for (const exports of [ours, native]) expect([exports['grow'](pages), exports['size']()]).toEqual([1, pages + 1])
    expect(outcomes(ours)).toEqual(outcomes(native))
    expect((ours['memory'] as unknown as WebAssembly.Memory).grow(0)).toBe(pages + 1)
  })
})
