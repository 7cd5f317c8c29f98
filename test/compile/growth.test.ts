// A memory that many instances import, one after the other: it gives all of them views when it grows, but keeps none alive.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { type Func, load, SETTINGS } from './load.ts'

const MEMORY = `(module
  (memory (export "memory") 1 10)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))`

const USER = `(module
  (import "js" "told" (func $told (param i32)))
  (import "m" "memory" (memory 1))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)) (call $told (local.get 1))))`

type Exports = Readonly<Record<string, Func>>

const LAST = 4 * 65536 - 4

test.each(SETTINGS)('--engine $engine, level $optimize', async (options) => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const m = load(MEMORY, options)().exports as Exports
  const instantiate = load(USER, options)
  const instance = (told: Func): Exports => instantiate({ m, js: { told } }).exports as Exports
  const user = instance(() => undefined)
  // Nothing but one of its functions holds on to this one.
  const { store } = instance(() => undefined)
  const made = Array.from({ length: 30 }, (_, i) => {
    const told = () => i
    instance(told)['store'](8, i)
    return new WeakRef(told)
  })
  for (let i = 0; i < 3; i++) {
    // What a weak reference was made to stays until the event loop turns.
    await new Promise((resolve) => setTimeout(resolve))
    collect()
  }
  expect(made.filter((ref) => ref.deref() !== undefined)).toEqual([])
  expect(user['grow'](3)).toBe(1)
  store(LAST, 99)
  expect([user['load'](LAST), m['load'](LAST)]).toEqual([99, 99])
})
