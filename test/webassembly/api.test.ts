// The JS API: each expectation is put to the engine's own WebAssembly too, where it says the same.

import { describe, expect, test } from 'vitest'
import { WebAssembly as Ours } from '../../src/webassembly.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly

const engines: [string, Api][] = [['ours', Ours as unknown as Api]]
if (typeof WebAssembly === 'object') engines.push(['native', WebAssembly])

const answer = wat('(module (func (export "answer") (result i32) i32.const 42))')
const imported = wat(`(module
  (import "env" "f" (func (param i64) (result f32)))
  (import "env" "m" (memory 1))
  (import "other" "t" (table 1 funcref))
  (import "other" "g" (global (mut i64)))
  (export "f" (func 0)) (export "m" (memory 0)) (export "t" (table 0)) (export "g" (global 0)))`)
const bad = wat('(module (func (result i32) i32.const 1))').slice()
bad[bad.indexOf(0x41)] = 0x42

/** Bytes of a module with two custom sections of a name. */
function withCustomSections(): Uint8Array<ArrayBuffer> {
  const section = (name: string, ...content: number[]) => {
    const payload = [name.length, ...new TextEncoder().encode(name), ...content]
    return [0, payload.length, ...payload]
  }
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section('abc', 1, 2),
    ...section('x'),
    ...section('abc', 3),
  ])
}

describe.each(engines)('%s', (_, api) => {
  test('namespace object', () => {
    expect(Object.prototype.toString.call(api)).toBe('[object WebAssembly]')
    expect(Object.keys(api)).toEqual(expect.arrayContaining(['validate', 'compile', 'instantiate']))
    expect(Object.keys(api)).not.toContain('Module')
    expect([api.validate.length, api.compile.length, api.instantiate.length]).toEqual([1, 1, 1])
    expect([api.Module.length, api.Instance.length]).toEqual([1, 1])
  })

  test('Module: classes and tags', () => {
    const module = new api.Module(answer)
    expect(String(module)).toBe('[object WebAssembly.Module]')
    expect(module).toBeInstanceOf(api.Module)
    expect(Object.keys(api.Module)).toEqual(expect.arrayContaining(['exports', 'imports', 'customSections']))
    expect(() => (api.Module as unknown as (bytes: unknown) => unknown)(answer)).toThrow(TypeError)
    expect(() => new api.Module([0, 0x61] as never)).toThrow(TypeError)
    expect(() => new api.Module(undefined as never)).toThrow(TypeError)
    expect(() => new api.Module(bad)).toThrow(api.CompileError)
    expect(() => new api.Module(new Uint8Array())).toThrow(api.CompileError)
  })

  test('Module: descriptors', () => {
    const module = new api.Module(imported)
    expect(api.Module.imports(module)).toEqual([
      { module: 'env', name: 'f', kind: 'function' },
      { module: 'env', name: 'm', kind: 'memory' },
      { module: 'other', name: 't', kind: 'table' },
      { module: 'other', name: 'g', kind: 'global' },
    ])
    expect(api.Module.exports(module)).toEqual([
      { name: 'f', kind: 'function' },
      { name: 'm', kind: 'memory' },
      { name: 't', kind: 'table' },
      { name: 'g', kind: 'global' },
    ])
    expect(api.Module.exports(module)).not.toBe(api.Module.exports(module))
    expect(() => api.Module.exports({} as never)).toThrow(TypeError)
    expect(() => api.Module.imports(Object.create(api.Module.prototype))).toThrow(TypeError)
  })

  test('Module: custom sections', () => {
    const module = new api.Module(withCustomSections())
    const found = api.Module.customSections(module, 'abc')
    expect(found.map((buffer) => [...new Uint8Array(buffer)])).toEqual([[1, 2], [3]])
    expect(found[0]).toBeInstanceOf(ArrayBuffer)
    expect(api.Module.customSections(module, 'x')).toEqual([new ArrayBuffer(0)])
    expect(api.Module.customSections(module, 'nope')).toEqual([])
    expect(() => (api.Module.customSections as (module: unknown) => unknown)(module)).toThrow(TypeError)
  })

  test('the bytes are read once', () => {
    const bytes = answer.slice()
    const module = new api.Module(bytes.buffer)
    bytes.fill(0)
    expect((new api.Instance(module).exports['answer'] as () => number)()).toBe(42)
  })

  test('views and offsets', () => {
    const padded = new Uint8Array(answer.length + 7)
    padded.set(answer, 4)
    const view = new Int8Array(padded.buffer, 4, answer.length)
    expect(api.validate(view)).toBe(true)
    expect(api.validate(padded)).toBe(false)
    expect(() => api.validate('text' as never)).toThrow(TypeError)
  })

  test('Instance', () => {
    const instance = new api.Instance(new api.Module(answer))
    expect(String(instance)).toBe('[object WebAssembly.Instance]')
    expect(Object.isFrozen(instance.exports)).toBe(true)
    expect(Object.getPrototypeOf(instance.exports)).toBe(null)
    expect(instance.exports).toBe(instance.exports)
    const property = Object.getOwnPropertyDescriptor(api.Instance.prototype, 'exports')
    expect(property).toMatchObject({ set: undefined, enumerable: true, configurable: true })
    expect(() => property?.get?.call({})).toThrow(TypeError)
    expect(() => new api.Instance({} as never)).toThrow(TypeError)
    expect(() => new api.Instance(new api.Module(answer), null as never)).toThrow(TypeError)
    expect(() => new api.Instance(new api.Module(answer), 1 as never)).toThrow(TypeError)
    expect(() => new api.Instance(new api.Module(imported))).toThrow(TypeError)
    expect(() => new api.Instance(new api.Module(imported), { env: 1 } as never)).toThrow(TypeError)
    expect(() => new api.Instance(new api.Module(imported), { env: {}, other: {} })).toThrow(api.LinkError)
  })

  test('imports and exports are the same objects', () => {
    const m = new api.Memory({ initial: 1 })
    const t = new api.Table({ element: 'anyfunc', initial: 1 })
    const g = new api.Global({ value: 'i64', mutable: true }, 5n)
    const f = (x: bigint) => Number(x) / 2
    const { exports } = new api.Instance(new api.Module(imported), { env: { f, m }, other: { t, g } })
    expect([exports['m'], exports['t'], exports['g']]).toEqual([m, t, g])
    expect(exports['m']).toBe(m)
    expect((exports['f'] as (x: bigint) => number)(3n)).toBe(1.5)
  })

  test('compile and instantiate', async () => {
    const bytes = answer.slice()
    const compiling = api.compile(bytes)
    bytes.fill(0)
    const module = await compiling
    expect(module).toBeInstanceOf(api.Module)
    const instance = await api.instantiate(module)
    expect(instance).toBeInstanceOf(api.Instance)
    const both = await api.instantiate(answer)
    expect(Object.keys(both)).toEqual(['module', 'instance'])
    expect(both.module).toBeInstanceOf(api.Module)
    expect(both.instance).toBeInstanceOf(api.Instance)
  })

  test('promises reject, and never throw at once', async () => {
    const [compile, instantiate] = [api.compile, api.instantiate] as ((...args: unknown[]) => Promise<unknown>)[]
    const calls: [() => Promise<unknown>, unknown][] = [
      [() => compile(), TypeError],
      [() => compile('text'), TypeError],
      [() => compile(bad), api.CompileError],
      [() => instantiate(), TypeError],
      [() => instantiate({}), TypeError],
      [() => instantiate(bad), api.CompileError],
      [() => instantiate(answer, null), TypeError],
      [() => instantiate(answer, 'imports'), TypeError],
      [() => instantiate(imported), TypeError],
      [() => instantiate(imported, { env: {}, other: {} }), api.LinkError],
      [() => instantiate(new api.Module(imported)), TypeError],
      [() => instantiate(new api.Module(imported), { env: {}, other: {} }), api.LinkError],
    ]
    for (const [call, error] of calls) await expect(call()).rejects.toThrow(error as ErrorConstructor)
  })

  test('with a Module, the imports are read at once and in order', async () => {
    const seen: string[] = []
    const watch = (path: string, value: (key: string) => unknown): object =>
      new Proxy(
        {},
        {
          get(_, key) {
            seen.push(`${path}${String(key)}`)
            return value(String(key))
          },
        },
      )
    const imports = watch('', (module) => watch(`${module}.`, () => undefined)) as WebAssembly.Imports
    const promise = api.instantiate(new api.Module(imported), imports)
    expect(seen.slice(0, 2)).toEqual(['env', 'env.f'])
    await expect(promise).rejects.toThrow(api.LinkError)
  })

  test('streaming', async () => {
    const headers = { 'content-type': 'application/wasm' }
    const module = await api.compileStreaming(new Response(answer, { headers }))
    expect(module).toBeInstanceOf(api.Module)
    const { instance } = await api.instantiateStreaming(Promise.resolve(new Response(answer, { headers })))
    expect((instance.exports['answer'] as () => number)()).toBe(42)
    const wrong = [
      new Response(answer),
      new Response(answer, { headers: { 'content-type': 'application/wasm; charset=utf-8' } }),
      new Response(answer, { headers, status: 404 }),
      Promise.resolve(answer),
      undefined,
    ]
    for (const source of wrong) await expect(api.compileStreaming(source as never)).rejects.toThrow(TypeError)
    await expect(api.compileStreaming(Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError)
    await expect(api.compileStreaming(new Response(bad, { headers }))).rejects.toThrow(api.CompileError)
  })

  test('errors', () => {
    for (const name of ['CompileError', 'LinkError', 'RuntimeError'] as const) {
      const error = new api[name]('why')
      expect(error).toBeInstanceOf(Error)
      expect([error.name, error.message]).toEqual([name, 'why'])
    }
  })
})

test.each([
  ['Uint8Array', (buffer: SharedArrayBuffer) => new Uint8Array(buffer)],
  ['Int16Array', (buffer: SharedArrayBuffer) => new Int16Array(buffer)],
  ['DataView', (buffer: SharedArrayBuffer) => new DataView(buffer)],
  ['the buffer', (buffer: SharedArrayBuffer) => buffer],
])('shared memory is a buffer source: %s', async (kind, viewOf) => {
  const shared = new SharedArrayBuffer(answer.length + (answer.length % 2))
  const bytes = answer.length % 2 === 0 ? answer : wat('(module (func (export "answer!") (result i32) i32.const 42))')
  new Uint8Array(shared).set(bytes)
  const source = viewOf(shared) as unknown as BufferSource
  // V8 takes typed arrays only.
  for (const api of kind.endsWith('Array') ? engines.map(([, api]) => api) : [engines[0]![1]]) {
    expect(api.validate(source)).toBe(true)
    const module = new api.Module(source)
    expect(api.Module.exports(module).length).toBe(1)
    expect(await api.compile(source)).toBeInstanceOf(api.Module)
    expect((await api.instantiate(source)).instance).toBeInstanceOf(api.Instance)
  }
  const module = new engines[0]![1].Module(source)
  new Uint8Array(shared).fill(0)
  expect(new engines[0]![1].Instance(module)).toBeInstanceOf(engines[0]![1].Instance)
})

test.each(engines)('a detached buffer has no bytes: %s', (_, api) => {
  const bytes = answer.slice()
  const view = new Uint8Array(bytes.buffer)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  for (const source of [bytes.buffer, view]) {
    expect(api.validate(source)).toBe(false)
    expect(() => new api.Module(source)).toThrow(api.CompileError)
  }
})

test('a DataView is a view', () => {
  const padded = new Uint8Array(answer.length + 7)
  padded.set(answer, 4)
  expect(Ours.validate(new DataView(padded.buffer, 4, answer.length))).toBe(true)
})

test('a resizable buffer stays when its memory grows', () => {
  const module = new Ours.Module(
    wat(`(module (memory (export "m") 1 3)
      (func (export "grow") (result i32) i32.const 1 memory.grow)
      (func (export "load") (param i32) (result i32) local.get 0 i32.load8_u)
      (func (export "store") (param i32 i32) local.get 0 local.get 1 i32.store8))`),
  )
  const { m, grow, load, store } = new Ours.Instance(module).exports as unknown as {
    m: WebAssembly.Memory & { toResizableBuffer(): ArrayBuffer; toFixedLengthBuffer(): ArrayBuffer }
    grow(): number
    load(at: number): number
    store(at: number, value: number): void
  }
  const fixed = m.buffer
  store(100, 42)
  const buffer = m.toResizableBuffer()
  const bytes = new Uint8Array(buffer)
  expect([fixed.byteLength, m.buffer === buffer, bytes[100], buffer.maxByteLength]).toEqual([0, true, 42, 3 * 65536])
  expect([grow(), m.buffer === buffer, bytes.length]).toEqual([1, true, 2 * 65536])
  bytes[70_000] = 7
  expect([load(100), load(70_000)]).toEqual([42, 7])
  buffer.resize(3 * 65536)
  store(3 * 65536 - 1, 9)
  expect([bytes.at(-1), grow()]).toEqual([9, -1])
  expect(() => buffer.resize(65536)).toThrow(RangeError)
  const left = m.toFixedLengthBuffer()
  expect([left.resizable, buffer.byteLength, new Uint8Array(left)[100], load(70_000)]).toEqual([false, 0, 42, 7])
})

test('the MIME type has no case and may have space around it', async () => {
  const response = { ok: true, headers: { get: () => '\t application/WASM ' }, arrayBuffer: async () => answer.buffer }
  await expect(Ours.compileStreaming(response)).resolves.toBeInstanceOf(Ours.Module)
})

test('compile errors say what the command line says', () => {
  expect(() => new Ours.Module(bad)).toThrow(/^invalid: .*\(func 0, at 0x[0-9a-f]+\)$/)
})

test('where text may not be evaluated, compiling says so and what to do', async () => {
  const { Function: kept } = globalThis
  globalThis.Function = class {
    constructor() {
      throw new EvalError('Code generation from strings disallowed for this context')
    }
  } as unknown as FunctionConstructor
  try {
    expect(() => new Ours.Module(answer)).toThrow(Ours.CompileError)
    await expect(Ours.instantiate(answer)).rejects.toThrow(
      /^unsupported: text may not be evaluated here; .*nowasm\/aot/,
    )
  } finally {
    globalThis.Function = kept
  }
  expect(new Ours.Module(answer)).toBeInstanceOf(Ours.Module)
})
