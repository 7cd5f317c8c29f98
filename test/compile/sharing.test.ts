// What separately compiled modules share: memories, tables, globals, function types; and what `exports` is.

import { describe, expect, test } from 'vitest'
import { type Func, load, run, SETTINGS, thrown } from './load.ts'

const OWNER = `(module
  (memory (export "memory") 1 4)
  (table (export "table") 3 8 funcref)
  (global (export "count") (mut i64) (i64.const 5))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "next") (result i64)
    (global.set 0 (i64.add (global.get 0) (i64.const 1))) (global.get 0))
  (func (export "grow_table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
  (func (export "call_i32") (param i32) (result i32) (call_indirect (result i32) (local.get 0)))
  (func (export "call_i64") (param i32) (result i64) (call_indirect (result i64) (local.get 0))))`

const USER = `(module
  (import "owner" "memory" (memory 1))
  (import "owner" "table" (table 1 funcref))
  (import "owner" "count" (global $count (mut i64)))
  (elem (i32.const 1) $seven)
  (data (i32.const 3) "\\2a")
  (func $seven (result i32) (i32.const 7))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
  (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "keep_address") (param i32) (result i32)
    ;; the view is taken after the growth, though the address was there before
    (i32.store8 (local.get 0) (i32.add (memory.grow (i32.const 1)) (i32.const 100)))
    (i32.load8_u (local.get 0)))
  (func (export "add") (param i64) (global.set $count (i64.add (global.get $count) (local.get 0))))
  (func (export "table_size") (result i32) (table.size)))`

interface Shared {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly table: { readonly length: number; get(i: number): Func | null; set(i: number, f: unknown): void }
  readonly count: { value: bigint }
}

/** The two modules, compiled apart from each other, even for different engines. */
function pair(options: (typeof SETTINGS)[number]) {
  const owner = run(OWNER, {}, options)
  const user = run(USER, { owner }, { engine: options.engine === 'jit' ? 'interpreter' : 'jit' })
  return { owner, user, shared: owner as unknown as Shared }
}

describe.each(SETTINGS)('--engine $engine, level $optimize', (options) => {
  test('growth is seen by all, and detaches the old buffer', () => {
    const { owner, user, shared } = pair(options)
    const { buffer } = shared.memory
    expect(owner['load'](3)).toBe(42)
    expect(owner['grow'](1)).toBe(1)
    expect([user['size'](), buffer.byteLength, shared.memory.buffer.byteLength]).toEqual([2, 0, 131072])
    user['store'](131071, 9)
    expect(owner['load'](131071)).toBe(9)
    expect(user['grow'](1)).toBe(2)
    user['store'](196607, 8)
    expect([owner['load'](196607), owner['load'](131071), owner['load'](3)]).toEqual([8, 9, 42])
    expect(shared.memory.grow(1)).toBe(3)
    user['store'](262143, 7)
    expect(owner['load'](262143)).toBe(7)
    expect([owner['grow'](1), user['grow'](1)]).toEqual([-1, -1])
    expect(thrown(() => owner['load'](262144))).toMatchObject({ name: 'RuntimeError' })
  })

  test('a store whose value grows the memory goes to the new buffer', () => {
    const { owner, user } = pair(options)
    expect(user['keep_address'](65535)).toBe(101)
    expect(owner['load'](65535)).toBe(101)
  })

  test('a global is one variable', () => {
    const { owner, user, shared } = pair(options)
    expect(owner['next']()).toBe(6n)
    user['add'](0x100000000n)
    expect(owner['next']()).toBe(0x100000007n)
    shared.count.value = -1n
    user['add'](-1n)
    expect([owner['next'](), shared.count.value]).toEqual([-1n, -1n])
  })

  test('a table is one table, and calls across modules check types', () => {
    const { owner, user, shared } = pair(options)
    expect(owner['call_i32'](1)).toBe(7)
    for (const [call, index] of [
      ['call_i64', 1],
      ['call_i32', 0],
      ['call_i32', 3],
      ['call_i32', -1],
    ] as const) {
      expect(thrown(() => owner[call](index)).name, `${call} ${index}`).toBe('RuntimeError')
    }
    shared.table.set(2, owner['next'])
    expect(owner['call_i64'](2)).toBe(6n)
    expect(thrown(() => owner['call_i32'](2)).name).toBe('RuntimeError')
    expect(owner['grow_table'](4)).toBe(3)
    expect([user['table_size'](), shared.table.length, shared.table.get(6)]).toEqual([7, 7, null])
    shared.table.set(6, shared.table.get(1))
    expect([owner['call_i32'](6), owner['grow_table'](2)]).toEqual([7, -1])
    expect(shared.table.get(1)).toBe(shared.table.get(6))
  })

  test('a failed instantiation leaves what was written before it failed', () => {
    const { owner, shared } = pair(options)
    const broken = (rest: string): unknown =>
      thrown(() =>
        load(
          `(module
            (import "owner" "memory" (memory 1))
            (import "owner" "table" (table 1 funcref))
            (func $f (result i32) (i32.const 12))
            (elem (i32.const 0) $f)
            (data (i32.const 100) "\\05")
            ${rest})`,
          options,
        )({ owner }),
      )
    expect(broken('(data (i32.const 65536) "\\01")')).toMatchObject({ name: 'RuntimeError' })
    expect([owner['load'](100), owner['call_i32'](0)]).toEqual([5, 12])
    shared.table.set(0, null)
    expect(broken('(elem (i32.const 3) $f) (data (i32.const 101) "\\06")')).toMatchObject({ name: 'RuntimeError' })
    // Element segments come first, then data, then the start function.
    expect([owner['load'](101), owner['call_i32'](0)]).toEqual([0, 12])
    expect(broken('(data (i32.const 102) "\\07") (start $s) (func $s unreachable)')).toMatchObject({
      message: 'unreachable',
    })
    expect(owner['load'](102)).toBe(7)
  })

  test('what does not link changes nothing', () => {
    const { owner } = pair(options)
    const source = `(module
      (import "owner" "memory" (memory 1))
      (import "owner" "load" (func (param i64) (result i32)))
      (data (i32.const 100) "\\05"))`
    expect(thrown(() => load(source, options)({ owner })).name).toBe('LinkError')
    expect(owner['load'](100)).toBe(0)
  })

  test('exports are frozen, without a prototype, with the exact names in order', () => {
    const names = ['b', 'a', '', '__proto__', 'constructor', 'toString', '1', '0', 'await']
    const exported = names.map((name) => `(export "${name}" (func 0))`)
    const { exports } = load(`(module (func (result i32) (i32.const 3)) ${exported.join('\n')})`, options)()
    expect(Object.getPrototypeOf(exports)).toBe(null)
    expect(Object.isFrozen(exports)).toBe(true)
    expect(Object.getOwnPropertyNames(exports).sort()).toEqual([...names].sort())
    expect(new Set(names.map((name) => exports[name])).size).toBe(1)
    expect((Reflect.get(exports, '__proto__') as Func)()).toBe(3)
    expect('hasOwnProperty' in exports).toBe(false)
    expect(() => Object.defineProperty(exports, 'c', { value: 1 })).toThrow(TypeError)
  })

  test('two instances share nothing', () => {
    const instantiate = load(OWNER, options)
    const [first, second] = [instantiate().exports, instantiate().exports] as Record<string, Func>[]
    expect([first['next'](), first['next'](), second['next']()]).toEqual([6n, 7n, 6n])
    expect(first['grow'](1)).toBe(1)
    expect((second as unknown as Shared).memory.buffer.byteLength).toBe(65536)
  })
})
