// `nowasm/aot`: modules that were compiled ahead of time stand for the bytes they were compiled from. Outputs are loaded as scripts.

import { runInThisContext } from 'node:vm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RegisteredModule } from '../../runtime/registry.ts'
import { EMPTY } from '../../src/7-link/stub.ts'
import { WebAssembly as Aot, register } from '../../src/aot.ts'
import { compile, type Options, OptionsError } from '../../src/index.ts'
import { uleb } from '../binary/leb.ts'
import { wat } from '../wat.ts'

type Api = typeof WebAssembly
const ours = Aot as unknown as Api
const apis: [string, Api][] = [
  ['ours', ours],
  ['native', WebAssembly],
]

interface Loaded {
  readonly module: RegisteredModule
  readonly stub: Uint8Array<ArrayBuffer>
}

function load(bytes: Uint8Array<ArrayBuffer>, options: Partial<Options> = {}): Loaded {
  const { code, files } = compile(bytes, { format: 'iife', name: 'app', register: true, stub: true, ...options })
  const { module } = runInThisContext(`${code}; app`) as { module: RegisteredModule }
  return { module, stub: files.get('app.stub.wasm') as Uint8Array<ArrayBuffer> }
}

const adder = (n: number) =>
  wat(`(module
  (import "env" "log" (func (param i32))) (import "env" "g" (global i32))
  (func (export "add") (param i32) (result i32) (call 0 (local.get 0)) (i32.add (local.get 0) (i32.const ${n})))
  (memory (export "memory") 1))`)

const logged: number[] = []
const imports = { env: { log: (x: number) => logged.push(x), g: 0 } }

const lengthPrefixed = (name: string, contents: readonly number[]): number[] => {
  const bytes = [...new TextEncoder().encode(name)]
  return [0, 1 + bytes.length + contents.length, bytes.length, ...bytes, ...contents]
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a registered module', () => {
  const bytes = adder(1)
  const { module, stub } = load(bytes)

  test('is found by its bytes, in every way that there is', async () => {
    const results = [
      new ours.Instance(new ours.Module(bytes), imports),
      await ours.instantiate(new ours.Module(bytes), imports),
      (await ours.instantiate(bytes, imports)).instance,
      (await ours.instantiate(bytes.slice().buffer, imports)).instance,
      new ours.Instance(await ours.compile(bytes), imports),
      (await ours.instantiateStreaming(wasmResponse(bytes), imports)).instance,
      new ours.Instance(await ours.compileStreaming(wasmResponse(bytes)), imports),
    ]
    expect(results.map(({ exports }) => (exports['add'] as (x: number) => number)(2))).toEqual(results.map(() => 3))
    expect(ours.validate(bytes)).toBe(true)
  })

  test('is one of several of the same length', () => {
    const other = adder(2)
    load(other)
    expect(other.length).toBe(bytes.length)
    const { exports } = new ours.Instance(new ours.Module(other), imports)
    expect((exports['add'] as (x: number) => number)(2)).toBe(4)
  })

  test('has imports, exports and custom sections', () => {
    const withSection = new Uint8Array([...adder(3), ...lengthPrefixed('dylink.0', [7])])
    const small = load(withSection).stub
    for (const [_, api] of apis) {
      const made = new api.Module(withSection)
      expect(api.Module.imports(made)).toEqual([
        { module: 'env', name: 'log', kind: 'function' },
        { module: 'env', name: 'g', kind: 'global' },
      ])
      expect(api.Module.exports(made)).toEqual([
        { name: 'add', kind: 'function' },
        { name: 'memory', kind: 'memory' },
      ])
      expect(api.Module.customSections(made, 'dylink.0').map((each) => [...new Uint8Array(each)])).toEqual([[7]])
    }
    expect(ours.Module.customSections(new ours.Module(small), 'dylink.0')).toHaveLength(1)
  })

  test('has the custom sections, however large', () => {
    const bytes = new Uint8Array(50 << 20)
    bytes.set([...EMPTY, 0, ...uleb(bytes.length - EMPTY.length - 5), 1, 97])
    const { files } = compile(bytes, { format: 'cjs', name: 'app', register: true, stub: true })
    expect(files.get('app.stub.wasm')!.length).toBeGreaterThan(bytes.length)
  })

  test('is found by its stub, which is a module to others', async () => {
    expect(stub.length).toBeLessThan(130)
    expect(WebAssembly.validate(stub)).toBe(true)
    const { instance } = await ours.instantiate(stub, imports)
    expect((instance.exports['add'] as (x: number) => number)(40)).toBe(41)
  })

  test('is found by the address that it is streamed from, whatever is there', async () => {
    register(module, 'https://example.org/app.wasm')
    const nothing = responseFrom('https://example.org/app.wasm#here', new Response('', { status: 404 }))
    const { instance } = await ours.instantiateStreaming(nothing, imports)
    expect((instance.exports['add'] as (x: number) => number)(41)).toBe(42)
    const elsewhere = responseFrom('https://example.org/b.wasm', new Response('', { status: 404 }))
    await expect(ours.instantiateStreaming(elsewhere, imports)).rejects.toThrow(TypeError)
    expect(() => register(module, 'no address')).toThrow(TypeError)
  })

  test('is registered once by whoever registers it', () => {
    const twice = load(adder(4))
    register(twice.module)
    register(twice.module)
    expect(new ours.Module(adder(4))).toBeInstanceOf(ours.Module)
  })

  test.each(['es5', 'es2015'] as const)('with target %s', (target) => {
    const older = adder(5)
    load(older, { target })
    const { exports } = new ours.Instance(new ours.Module(older), imports)
    expect((exports['add'] as (x: number) => number)(5)).toBe(10)
  })
})

describe('a module that nothing was registered for', () => {
  test('is refused with the way out', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    expect(() => new ours.Module(adder(77))).toThrow(ours.CompileError)
    expect(() => new ours.Module(adder(77))).toThrow(
      /unsupported: a module that was not compiled ahead of time \(\d+ bytes, SHA-256 [0-9a-f]{64}\): compile it with `nowasm FILE.wasm --register -o FILE.mjs`/,
    )
    expect(ours.validate(adder(77))).toBe(false)
    expect(warn).not.toHaveBeenCalled()
  })

  test('is warned of once, if it is large', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const large = new Uint8Array(5000)
    expect(() => new ours.Module(large)).toThrow(ours.CompileError)
    expect(() => new ours.Module(large)).toThrow(ours.CompileError)
    expect(warn).toHaveBeenCalledTimes(1)
  })

  test('is named by its stub', () => {
    const { code, files } = compile(adder(78), { format: 'iife', register: true, stub: true })
    expect(code).toContain('module_register')
    const stub = files.get('wasm.stub.wasm') as Uint8Array<ArrayBuffer>
    expect(() => new ours.Module(stub)).toThrow(/\d+ bytes, SHA-256 [0-9a-f]{64}; this is its stub/)
  })
})

test.each(['null', '{}', '5', '[]', '"x"', '{"sha256":null,"length":1}', '{"sha256":"0"}', '{bad'])(
  'a section nowasm with %s makes no stub',
  (text) => {
    const bytes = new Uint8Array([...EMPTY, ...lengthPrefixed('nowasm', [...new TextEncoder().encode(text)])])
    expect(WebAssembly.validate(bytes)).toBe(true)
    expect(ours.validate(bytes)).toBe(true)
    expect(new ours.Module(bytes)).toBeInstanceOf(ours.Module)
    const large = new Uint8Array([...bytes, ...lengthPrefixed('x', [1]), 11, 1, 0xff])
    expect(ours.validate(large)).toBe(false)
    expect(() => new ours.Module(large)).toThrow(/\(\d+ bytes, SHA-256 [0-9a-f]{64}\): compile it/)
  },
)

test('what is no registered module is not registered', () => {
  const { module } = load(adder(6))
  const { instantiate: _, ...other } = module
  for (const wrong of [undefined, null, {}, 5, other]) {
    expect(() => register(wrong as never)).toThrow(TypeError)
    expect(() => register(wrong as never, 'https://example.org/wrong.wasm')).toThrow(
      /^register wants what an output exports as `module`: compile it with `nowasm FILE.wasm --register/,
    )
  }
  expect(ours.validate(adder(6))).toBe(true)
  expect(ours.validate(adder(79))).toBe(false)
})

test('a stub needs a module that is registered', () => {
  expect(() => compile(adder(1), { stub: true })).toThrow(OptionsError)
})

const wasmResponse = (bytes: Uint8Array<ArrayBuffer>): Response =>
  new Response(bytes, { headers: { 'content-type': 'application/wasm' } })

/** A response says where it is from only if it was fetched. */
const responseFrom = (url: string, response: Response): Response =>
  Object.defineProperty(response, 'url', { value: url })
