// Which constants are stored by one access.

import { expect, test } from 'vitest'
import { widenStores } from '../../src/5-optimize/stores.ts'
import { legalBody, show } from '../lower/ir.ts'
import { bothEngines, instantiate } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const stored = (body: string): string => show(widenStores(legalBody('(param i32 i32)', body)).body)

test.each([
  ['0', '0.0'],
  ['17', '8.4e-323'],
  ['0x8000000000000000', '-0.0'],
  ['0x3ff0000000000000', '1.0'],
  ['0x7ff0000000000000', 'Infinity'],
])('%s', (constant, double) => {
  expect(stored(`(i64.store offset=8 (local.get 0) (i64.const ${constant}))`)).toBe(
    `f64.store(l0+8, ${double}); return`,
  )
})

test.each([
  ['a NaN', '(i64.store (local.get 0) (i64.const -1))'],
  ['a word that is not constant', '(i64.store (local.get 0) (i64.extend_i32_u (local.get 1)))'],
  ['the low word first', '(i32.store (local.get 0) (i32.const 1)) (i32.store offset=4 (local.get 0) (i32.const 2))'],
  ['other addresses', '(i32.store offset=4 (local.get 1) (i32.const 1)) (i32.store (local.get 0) (i32.const 2))'],
  ['words apart', '(i32.store offset=8 (local.get 0) (i32.const 1)) (i32.store (local.get 0) (i32.const 2))'],
])('two stores: %s', (_, body) => {
  expect(stored(body)).not.toContain('f64')
})

test('the bytes are those of the constant, and all or none of them are written', async () => {
  const constants = [0n, 1n, -1n, 0x8000000000000000n, 0x7ff0000000000001n, 0x7ff0000000000000n, 0x123456789abcdefn]
  const { native, ours } = await bothEngines({ native: false, engine: 'jit', optimize: 2 })
  const funcs = constants.map(
    (constant, i) => `(func (export "s${i}") (param i32) (i64.store offset=3 (local.get 0) (i64.const ${constant})))`,
  )
  const bytes = wat(`(module (memory (export "memory") 1) ${funcs.join(' ')})`)
  for (const [i] of constants.entries()) {
    const [expected, actual] = [native, ours].map((api) => {
      const exports = instantiate(api, bytes) as Record<string, (address: number) => void>
      const at = [0, 1, 65525, 65526, 65532, -1, -4].map((address) => {
        try {
          exports[`s${i}`]!(address)
        } catch (error) {
          return (error as Error).message
        }
        return 'done'
      })
      const { memory } = exports as unknown as { memory: WebAssembly.Memory }
      return [at, Buffer.from(memory.buffer).toString('latin1')]
    })
    expect(actual).toEqual(expected)
  }
})
