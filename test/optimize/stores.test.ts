// Which constants are stored by one access.

import { expect, test } from 'vitest'
import { testPass } from '../ir/passes.ts'
import { bothEngines, instantiate } from '../ops/compare.ts'
import { wat } from '../wat.ts'

/** Stores of two words at an address. */
const words = (high: string, low: string): string => `
  f0(l0: i32, l1: i32) [words]
    i32.store(l0+12, ${high})
    i32.store(l0+8, ${low})
    return`

/** One store of a double there. */
const double = (value: string): string => `
  f0(l0: i32, l1: i32) [words]
    f64.store(l0+8, ${value})
    return`

testPass('stores', {
  'zero': [words('0', '0'), double('0.0')],
  'a small number': [words('0', '17'), double('8.4e-323')],
  'the sign bit alone': [words('-2147483648', '0'), double('-0.0')],
  'one as a double': [words('1072693248', '0'), double('1.0')],
  'infinity': [words('2146435072', '0'), double('Infinity')],
  'a NaN': [words('-1', '-1')],
  'a word that is not constant': [words('0', 'l1')],
  'the low word first': [
    `f0(l0: i32) [words]
      i32.store(l0+0, 1)
      i32.store(l0+4, 2)
      return`,
  ],
  'other addresses': [
    `f0(l0: i32, l1: i32) [words]
      i32.store(l1+4, 1)
      i32.store(l0+0, 2)
      return`,
  ],
  'words apart': [
    `f0(l0: i32) [words]
      i32.store(l0+8, 1)
      i32.store(l0+0, 2)
      return`,
  ],
  'other memories': [
    `f0(l0: i32) [words]
      i32.store(m1 l0+4, 1)
      i32.store(l0+0, 2)
      return`,
  ],
  'among others, in an if': [
    `f0(l0: i32, l1: i32) [words]
      if (l1) {
        i32.store(l0+4, 0)
        i32.store(l0+0, 1)
        i32.store(l0+0, 2)
      }
      return`,
    `f0(l0: i32, l1: i32) [words]
      if (l1) {
        f64.store(l0+0, 5e-324)
        i32.store(l0+0, 2)
      }
      return`,
  ],
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
