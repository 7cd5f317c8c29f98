// Compile options of the JS API, and of compilation ahead of time: which imports are provided, and which are refused. Each
// expectation is put to the engine's own WebAssembly too, where it has builtins.

import { describe, expect, test } from 'vitest'
import { CompileError, compile, OptionsError } from '../../src/index.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { createWebAssembly } from '../../src/webassembly.ts'
import { type GcFunc, gcModule } from '../binary/gc.ts'
import { wat } from '../wat.ts'
import { everyBuiltin, importOf } from './modules.ts'

type Api = ReturnType<typeof createWebAssembly>

const engines: [string, Api][] = [
  ['ours', createWebAssembly()],
  ['ours, not lazy', webAssemblyWith({}, { compilesLazily: false })],
]
const on = { builtins: ['js-string'] }
const wrong = importOf('length', ['externref'], ['externref'])
const native = globalThis.WebAssembly as unknown as Api | undefined
if (native?.validate(wrong) && !native.validate(wrong, on)) engines.push(['native', native])

const every = everyBuiltin()
const length = importOf('length', ['externref'], ['i32'])
const strings = gcModule({
  types: [],
  funcs: [] as GcFunc[],
  strings: [
    ["'", 'hello'],
    ["'", ''],
    ['m', 'x'],
  ],
})
const quotes = { importedStringConstants: "'" }

describe.each(engines)('%s', (_, api) => {
  const left = (bytes: Uint8Array<ArrayBuffer>, options?: unknown) =>
    api.Module.imports(new api.Module(bytes, options as object)).map(({ module, name }) => `${module} ${name}`)

  test('builtins are no imports where they are asked for', () => {
    expect(left(every)).toHaveLength(13)
    expect(left(every, on)).toEqual([])
    expect(left(length, { builtins: ['other', 'js-string', 'js-string'] })).toEqual([])
    for (const options of [undefined, null, 5, 'js-string', {}, { builtins: null }, { builtins: [] }, { builtins: 5 }])
      expect(left(length, options)).toEqual(['wasm:js-string length'])
    expect(left(importOf('other', [], []), on)).toEqual(['wasm:js-string other'])
    expect([api.Module.length, api.validate.length, api.compile.length, api.instantiate.length]).toEqual([1, 1, 1, 1])
  })

  test('the import object is not asked for them', () => {
    const imports = {
      get 'wasm:js-string'(): object {
        throw new Error('asked')
      },
    }
    expect(new api.Instance(new api.Module(length, on), imports)).toBeInstanceOf(api.Instance)
    expect(() => new api.Instance(new api.Module(length), imports)).toThrow('asked')
  })

  test('types that are wrong are refused when the module is compiled', async () => {
    expect([api.validate(wrong), api.validate(wrong, on)]).toEqual([true, false])
    expect(() => new api.Module(wrong, on)).toThrow(api.CompileError)
    await expect(api.compile(wrong, on)).rejects.toThrow(api.CompileError)
    await expect(api.instantiate(wrong, {}, on)).rejects.toThrow(api.CompileError)
    const nullable = importOf('cast', ['externref'], ['externref'])
    const notNull = importOf('length', [['ref', 'extern']], ['i32'])
    const noNullArray = importOf('fromCharCodeArray', [['ref', 0], 'i32', 'i32'], [['ref', 'extern']])
    expect([nullable, notNull, noNullArray].map((bytes) => api.validate(bytes, on))).toEqual([false, false, false])
  })

  test('all functions take the options', async () => {
    const response = () => new Response(length, { headers: { 'content-type': 'application/wasm' } })
    expect(api.Module.imports(await api.compile(length, on))).toEqual([])
    const { module } = (await api.instantiate(length, {}, on)) as { module: InstanceType<Api['Module']> }
    expect(api.Module.imports(module)).toEqual([])
    await expect(api.instantiate(module, {})).resolves.toBeInstanceOf(api.Instance)
    expect(api.Module.imports(await api.compileStreaming(response(), on))).toEqual([])
    expect(api.Module.imports((await api.instantiateStreaming(response(), {}, on)).module)).toEqual([])
    const bad = {
      get builtins(): never {
        throw new Error('read')
      },
    }
    await expect(api.compile(length, bad)).rejects.toThrow('read')
  })

  test('imported string constants', () => {
    const module = new api.Module(strings, quotes)
    expect(api.Module.imports(module)).toEqual([{ module: 'm', name: 'x', kind: 'global' }])
    const { exports } = new api.Instance(module, { m: { x: 7 } })
    const { hello, x, '': empty } = exports as Record<string, WebAssembly.Global>
    expect([hello!.value, empty!.value, x!.value]).toEqual(['hello', '', 7])
    expect(() => {
      hello!.value = 'other'
    }).toThrow(TypeError)
    expect(api.Module.imports(new api.Module(strings))).toHaveLength(3)
    expect(api.Module.imports(new api.Module(strings, { importedStringConstants: null }))).toHaveLength(3)
  })

  test.each(['(global (mut externref))', '(global i32)', '(func)', '(memory 1)'])('no string constant: %s', (type) => {
    const bytes = wat(`(module (import "'" "hello" ${type}))`)
    expect([api.validate(bytes), api.validate(bytes, quotes)]).toEqual([true, false])
    expect(() => new api.Module(bytes, quotes)).toThrow(api.CompileError)
  })
})

test('compilation ahead of time', () => {
  const { code, imports } = compile(strings, { ...quotes, format: 'iife', name: 'out' } as never)
  expect(imports.map(({ name }) => name)).toEqual(['x'])
  const { exports } = new Function(`${code}\nreturn out.instantiate({ m: { x: 1 } })`)()
  expect(exports.hello.value).toBe('hello')
  expect(() => compile(wrong, { builtins: ['js-string'] })).toThrow(CompileError)
  expect(() => compile(wrong, { builtins: ['js-string'] })).toThrow(
    'invalid: imported builtin "wasm:js-string" "length" must be a function of the type of the builtin, it is func [externref] -> [externref] (at 0x15)',
  )
  expect(() => compile(wrong, { builtins: ['js-array'] as never })).toThrow(OptionsError)
  expect(() => compile(wrong, { builtins: 'js-string' as never })).toThrow(OptionsError)
  expect(() => compile(wrong, { importedStringConstants: 5 as never })).toThrow(OptionsError)
})

test('a module that is posted is what it was', () => {
  const api = createWebAssembly()
  const clone = structuredClone(new api.Module(length, on))
  expect(api.Module.imports(clone)).toEqual([])
  expect(new api.Instance(clone)).toBeInstanceOf(api.Instance)
  Object.defineProperty((clone as unknown as { nowasm: object }).nowasm, 'text', { value: undefined })
  const again = structuredClone({ nowasm: { ...(clone as unknown as { nowasm: object }).nowasm, text: undefined } })
  expect(api.Module.imports(again as never)).toEqual([])
})
