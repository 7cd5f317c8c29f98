// Shared memories in the JavaScript API, and how memories and modules come to another thread.

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Lazily } from '../../src/webassembly/source.ts'
import { createWebAssembly } from '../../src/webassembly.ts'
import { load, run, thrown } from '../compile/load.ts'
import { wat } from '../wat.ts'

const WebAssembly = createWebAssembly()
const { Memory, Module, Instance, LinkError, RuntimeError } = WebAssembly

const USER = `(module (import "m" "memory" (memory 1 4 shared))
  (func (export "add") (param i32) (result i32) (i32.atomic.rmw.add (i32.const 8) (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`

/** What another thread gets. */
function posted<T>(value: T): T {
  const { port1, port2 } = new MessageChannel()
  port1.postMessage(value)
  return (receiveMessageOnPort(port2) as { message: T }).message
}

type Exports = Record<string, (...args: unknown[]) => unknown>

afterEach(() => vi.unstubAllGlobals())

describe('a shared Memory', () => {
  test('needs a maximum', () => {
    expect(() => new Memory({ initial: 1, shared: true })).toThrow(TypeError)
  })

  test('has a SharedArrayBuffer that grows with it', () => {
    const memory = new Memory({ initial: 1, maximum: 3, shared: true })
    const { buffer } = memory
    expect(buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(memory).toBeInstanceOf(Memory)
    expect([buffer.byteLength, memory.grow(1), memory.buffer.byteLength]).toEqual([65536, 1, 131072])
    expect(thrown(() => memory.grow(2))).toBeInstanceOf(RangeError)
    expect(memory.buffer.byteLength).toBe(131072)
  })

  test('leaves other memories as they are', () => {
    new Memory({ initial: 1, maximum: 1, shared: true })
    const memory = new Memory({ initial: 1 })
    expect(memory.buffer).toBeInstanceOf(ArrayBuffer)
    expect([memory.grow(1), memory.buffer.byteLength, Object.keys(memory)]).toEqual([1, 131072, []])
    const { get } = Object.getOwnPropertyDescriptor(Memory.prototype, 'buffer')!
    expect(() => get!.call({})).toThrow(TypeError)
  })

  test('leaves those with 64-bit addresses as they are', () => {
    new Memory({ initial: 1, maximum: 1, shared: true })
    const memory = new Memory({ initial: 1n, address: 'i64' })
    const grow = memory.grow.bind(memory) as (delta: unknown) => unknown
    expect([grow(1n), memory.buffer.byteLength]).toEqual([1n, 131072])
    expect(() => grow(1)).toThrow(TypeError)
  })

  test('has a frozen buffer', () => {
    expect(Object.isFrozen(new Memory({ initial: 1, maximum: 2, shared: true }).buffer)).toBe(true)
  })

  test('is imported where it is declared as shared, and only there', () => {
    const shared = new Memory({ initial: 1, maximum: 4, shared: true })
    const other = new Memory({ initial: 1, maximum: 4 })
    const plain = '(module (import "m" "memory" (memory 1 4)))'
    expect(run(USER, { m: { memory: shared } })['size']!()).toBe(1)
    for (const [text, memory, states] of [
      [plain, shared, 'declared = 0, imported = 1'],
      [USER, other, 'declared = 1, imported = 0'],
    ] as const) {
      const error = thrown(() => run(text, { m: { memory } }))
      expect(error).toBeInstanceOf(LinkError)
      expect(error.message).toContain(`mismatch in shared state of memory, ${states}`)
    }
    expect(thrown(() => run(USER, { m: { memory: {} } }))).toBeInstanceOf(LinkError)
    const large = new Memory({ initial: 1, maximum: 5, shared: true })
    expect(thrown(() => run(USER, { m: { memory: large } })).message).toMatch(/has a maximum of 5, above/)
  })

  test('is the same object wherever it is exported', () => {
    const memory = new Memory({ initial: 1, maximum: 4, shared: true })
    const source = '(module (import "m" "memory" (memory 1 4 shared)) (export "memory" (memory 0)))'
    expect(load(source)({ m: { memory } }).exports['memory']).toBe(memory)
  })

  test('of the engine is taken too', () => {
    const memory = new globalThis.WebAssembly.Memory({ initial: 1, maximum: 4, shared: true })
    const user = run(USER, { m: { memory } })
    expect([user['add']!(5), new Int32Array(memory.buffer)[2]]).toEqual([0, 5])
    memory.grow(1)
    expect([user['load']!(131068), user['grow']!(1), memory.buffer.byteLength, user['grow']!(2)]).toEqual([
      0, 2, 196608, -1,
    ])
  })
})

describe('a shared Memory with 64-bit addresses', () => {
  const wide = (maximum: bigint): InstanceType<typeof Memory> =>
    new Memory({ initial: 1n, maximum, address: 'i64', shared: true } as never)
  const source = `(module (import "m" "memory" (memory i64 1 4 shared))
    (func (export "add") (param i64 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
    (func (export "size") (result i64) (memory.size))
    (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))`

  test('needs a maximum, and gives and takes BigInts', () => {
    expect(() => new Memory({ initial: 1n, address: 'i64', shared: true } as never)).toThrow(TypeError)
    expect(() => new Memory({ initial: 65536n, maximum: 65536n, address: 'i64', shared: true } as never)).toThrow(
      RangeError,
    )
    const memory = wide(3n)
    expect([memory.buffer.byteLength, memory.grow(1n as never), memory.buffer.byteLength]).toEqual([65536, 1n, 131072])
    expect(() => memory.grow(1)).toThrow(TypeError)
    expect(() => memory.grow(2n as never)).toThrow(RangeError)
    expect(() => memory.grow((1n << 40n) as never)).toThrow(RangeError)
  })

  test('is imported as what it is, by other threads too', () => {
    const memory = wide(4n)
    const user = run(source, { m: { memory } })
    const other = run(source, { m: { memory: posted(memory) } })
    expect([user['add']!(8n, 5), other['add']!(8n, 1), user['grow']!(2n), other['size']!()]).toEqual([0, 5, 1n, 3n])
    expect(other['add']!(3n * 65536n - 4n, 1)).toBe(0)
    expect(user['grow']!(1n << 32n)).toBe(-1n)
    for (const address of [3n * 65536n, 1n << 32n, (1n << 32n) + 8n, -4n])
      expect(thrown(() => user['add']!(address, 1))).toBeInstanceOf(RuntimeError)
    for (const other of [wide(5n), new Memory({ initial: 1, maximum: 4, shared: true })])
      expect(thrown(() => run(source, { m: { memory: other } }))).toBeInstanceOf(LinkError)
    for (const other of [memory, posted(memory)])
      expect(thrown(() => run(USER, { m: { memory: other } }))).toBeInstanceOf(LinkError)
  })

  test('may have a maximum that is out of reach', () => {
    const memory = wide(1n << 48n)
    const from = `(module (import "m" "memory" (memory i64 1 0x800000000000 shared)) (export "memory" (memory 0)))`
    expect(thrown(() => run(from, { m: { memory } }))).toBeInstanceOf(LinkError)
    expect(load(from)({ m: { memory: wide(1n << 47n) } }).exports['memory']).toBeInstanceOf(Memory)
  })

  test('leaves those that are not shared as they are', () => {
    const memory = new Memory({ initial: 1n, address: 'i64' } as never)
    expect([memory.grow(1n as never), memory.buffer.byteLength]).toEqual([1n, 131072])
  })

  // Engines that the tests run in may have none.
  test('of the engine is taken too, where it is of the kind', () => {
    const Native = globalThis.WebAssembly.Memory
    const narrow = new Native({ initial: 1, maximum: 4, shared: true })
    expect(thrown(() => run(source, { m: { memory: narrow } }))).toBeInstanceOf(LinkError)
    const descriptor = { initial: 1, maximum: 4, shared: true }
    class Wide extends Native {
      override grow(n: unknown): never {
        return BigInt(super.grow(Number(BigInt.asUintN(32, n as bigint)))) as never
      }
    }
    const memory = new Wide(descriptor)
    expect(thrown(() => run(USER, { m: { memory } }))).toBeInstanceOf(LinkError)
    const user = run(source, { m: { memory } })
    expect([user['add']!(8n, 5), user['grow']!(2n), user['grow']!(2n), user['size']!()]).toEqual([0, 1n, -1n, 3n])
    expect(memory.buffer.byteLength).toBe(3 * 65536)
  })
})

describe('posted to another thread', () => {
  test('a Memory is an object with a buffer, which modules import', () => {
    const memory = new Memory({ initial: 1, maximum: 4, shared: true })
    const user = run(USER, { m: { memory } })
    const received = posted(memory)
    const other = run(USER, { m: { memory: received } })
    expect([user['add']!(5), other['add']!(1), user['load']!(8)]).toEqual([0, 5, 6])
    expect(user['grow']!(2)).toBe(1)
    expect([other['load']!(3 * 65536 - 4), other['size']!(), received.buffer.byteLength]).toEqual([0, 3, 3 * 65536])
    expect(run(USER, { m: { memory: posted(received) } })['size']!()).toBe(3)
  })

  test.each([
    ['with its text', USER],
    ['without one', '(module (func (export "size") (result i32) (i32.const 1)))'],
    ['lazily', USER.replace(/\)$/, `(func ${'(drop (i32.const 1))'.repeat(600)}))`)],
  ])('a Module can be instantiated %s', async (_, source) => {
    const module = posted(new Module(wat(source)))
    expect([module instanceof Module, {} instanceof Module]).toEqual([true, false])
    const memory = new Memory({ initial: 1, maximum: 4, shared: true })
    expect((new Instance(module, { m: { memory } }).exports as Exports)['size']!()).toBe(1)
    const { exports } = (await WebAssembly.instantiate(module, { m: { memory } })) as InstanceType<typeof Instance>
    expect((exports as Exports)['size']!()).toBe(1)
    expect(Module.exports(module).some(({ name }) => name === 'size')).toBe(true)
  })

  describe('a Module whose functions are compiled when they are called', () => {
    const source = `(module (func (export "a") (result i32) i32.const 1) (func (export "b") (result i32) i32.const 2)
      (func ${'(drop (i32.const 1))'.repeat(600)}))`
    type Shared = { text: Uint16Array; lazily: Lazily }
    const sharedOf = (module: unknown): Shared => (module as { nowasm: Shared }).nowasm
    const call = (module: unknown, name: string): unknown => (new Instance(module as never).exports as Exports)[name]!()
    /** By function: whether there is a text that all threads have. */
    const compiled = (module: unknown): boolean[] => {
      const { places } = sharedOf(module).lazily.store
      return [0, 1, 2].map((index) => places[2 * index] !== 0)
    }
    /** A clone with another text around its functions. */
    const changed = (module: unknown, change: (text: string) => string): object => {
      const { text } = sharedOf(module)
      const other = change(String.fromCharCode(...text))
      const units = new Uint16Array(new SharedArrayBuffer(other.length * 2))
      for (let i = 0; i < other.length; i++) units[i] = other.charCodeAt(i)
      return { nowasm: { ...sharedOf(module), text: units } }
    }

    test('has the functions that any thread has called', () => {
      const module = new Module(wat(source))
      expect(call(module, 'a')).toBe(1)
      const [one, other] = [posted(module), posted(posted(module))]
      expect(compiled(other)).toEqual([true, false, false])
      expect([call(one, 'a'), call(one, 'b')]).toEqual([1, 2])
      expect(compiled(module)).toEqual([true, true, false])
    })

    test('compiles none again that another thread has compiled', () => {
      const module = new Module(wat(source))
      call(module, 'a')
      // With another text around them no function can be compiled here, so that this one was not.
      const other = changed(posted(module), (text) => `${text} `)
      expect(call(other, 'a')).toBe(1)
      expect(() => call(other, 'b')).toThrow(/another build of nowasm/)
    })

    test('of another version is compiled here', () => {
      const module = new Module(wat(source))
      const other = changed(module, (text) => `${text.replace(/nowasm [^\n]*/, 'nowasm 0.0.1')}throw 1`)
      expect(call(other, 'b')).toBe(2)
    })
  })

  test('text is taken from shared memory only', () => {
    const text = Uint16Array.from('var wasm = { instantiate: () => { throw 1 } }', (c) => c.charCodeAt(0))
    const forged = { nowasm: { bytes: wat('(module)'), imports: [], exports: [], text } }
    expect(new Instance(forged as never).exports).toEqual({})
  })
})

describe('an engine without SharedArrayBuffer', () => {
  const source = `(module (memory (export "memory") 1 2 shared)
    (func (export "wait") (param i32 i64) (result i32)
      (memory.atomic.wait32 (i32.const 0) (local.get 0) (local.get 1)))
    (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (func (export "add") (param i64) (result i64) (i64.atomic.rmw.add (i32.const 8) (local.get 0)))
    (func (export "fence") (atomic.fence)))`

  test('gives one clear error', () => {
    const instantiate = load(source)
    vi.stubGlobal('SharedArrayBuffer', undefined)
    expect(thrown(() => instantiate()).message).toMatch(/needs SharedArrayBuffer.*--threads single/)
  })

  test.each(['jit', 'interpreter'] as const)('runs programs of one thread (%s)', (engine) => {
    const instantiate = load(source, { engine, threads: 'single' })
    for (const name of ['SharedArrayBuffer', 'Atomics']) vi.stubGlobal(name, undefined)
    const { exports } = instantiate()
    const { memory, wait, notify, add, fence } = exports as Exports & { memory: WebAssembly.Memory }
    expect([wait!(1, -1n), wait!(0, 10n), notify!(), add!(-1n), add!(1n), fence!()]).toEqual([
      1,
      2,
      0,
      0n,
      -1n,
      undefined,
    ])
    expect(thrown(() => wait!(0, -1n))).toBeInstanceOf(RuntimeError)
    expect(memory.buffer).toBeInstanceOf(ArrayBuffer)
  })

  test('the JavaScript API makes memories of one thread if it is said so', () => {
    const single = createWebAssembly({ threads: 'single' })
    vi.stubGlobal('SharedArrayBuffer', undefined)
    const memory = new single.Memory({ initial: 1, maximum: 4, shared: true })
    const { exports } = new single.Instance(new single.Module(wat(USER)), { m: { memory } })
    expect([(exports as Exports)['add']!(3), (exports as Exports)['add']!(1)]).toEqual([0, 3])
    // The class is that of the realm: what it makes is as the last object of the API says.
    createWebAssembly()
  })
})

test('engines without growable buffers reserve the maximum', () => {
  const old = Object.assign(SharedArrayBuffer.bind(null), { prototype: {} })
  vi.stubGlobal('SharedArrayBuffer', old)
  const memory = new Memory({ initial: 1, maximum: 4, shared: true })
  vi.unstubAllGlobals()
  const user = run(USER, { m: { memory } })
  expect(memory.buffer.byteLength).toBe(4 * 65536)
  expect(thrown(() => user['load']!(65536))).toBeInstanceOf(RuntimeError)
  expect([user['grow']!(2), user['load']!(3 * 65536 - 4), user['grow']!(2)]).toEqual([1, 0, -1])
})

test('a thread that may not wait traps', () => {
  const user = run(`(module (memory 1 1 shared)
    (func (export "wait") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))`)
  vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    throw new TypeError('Atomics.wait cannot be called in this context')
  })
  const error = thrown(() => user['wait']!())
  vi.restoreAllMocks()
  expect(error).toBeInstanceOf(RuntimeError)
})
