// Format esm-integration: outputs as parts of graphs of ES modules.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile, type Options } from '../../src/index.ts'
import { wat } from '../wat.ts'

let folder = ''
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-integration-'))
  writeFileSync(join(folder, 'import.cjs'), 'module.exports = (url) => import(url)')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Node's own `import`, which links and evaluates as the specification says: vitest has another. */
const nodeImport = (): ((url: string) => Promise<Record<string, unknown>>) =>
  createRequire(import.meta.url)(join(folder, 'import.cjs'))

const output = (text: string, options: Partial<Options> = {}) =>
  compile(wat(text), { format: 'esm-integration', dts: true, ...options })

/** Evaluates a graph of modules, texts by name: those of Wasm in its text format. Gives the namespace of the first. */
async function evaluate(modules: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  // A folder for each graph: engines evaluate a file once.
  const graph = join(folder, String(count++))
  mkdirSync(graph)
  for (const [name, text] of Object.entries(modules)) {
    writeFileSync(join(graph, name), text.startsWith('(module') ? output(text).code : text)
  }
  return nodeImport()(pathToFileURL(join(graph, Object.keys(modules)[0]!)).href)
}

describe('exports', () => {
  test('have their names, and globals are their values', async () => {
    const namespace = await evaluate({
      'x.mjs': `(module
        (global (export "base") i32 (i32.const 8))
        (global (export "big") i64 (i64.const -1))
        (memory (export "memory") 1 2)
        (table (export "a table") 3 funcref)
        (func (export "default") (result i32) (i32.const 42))
        (func (export "__proto__")))`,
    })
    expect(Object.keys(namespace)).toEqual(['__proto__', 'a table', 'base', 'big', 'default', 'memory'])
    expect(namespace).toMatchObject({ base: 8, big: -1n })
    expect((namespace['default'] as () => number)()).toBe(42)
    expect((namespace['memory'] as WebAssembly.Memory).buffer.byteLength).toBe(65536)
    expect((namespace['a table'] as WebAssembly.Table).length).toBe(3)
  })

  test('of mutable globals are live, whoever sets them', async () => {
    const { seen } = await evaluate({
      'main.mjs': `import { i, l, f, set } from './x.mjs'
        export const seen = [[i, l, f]]
        set(5, -(2n ** 40n))
        seen.push([i, l, f])`,
      'x.mjs': `(module
        (global $i (export "i") (mut i32) (i32.const 1))
        (global $l (export "l") (mut i64) (i64.const 2))
        (global (export "f") (mut f64) (f64.const 0.5))
        (global (export "again") (mut i32) (i32.const 1))
        (func (export "set") (param i32 i64) (global.set $i (local.get 0)) (global.set $l (local.get 1))))`,
    })
    expect(seen).toEqual([
      [1, 2n, 0.5],
      [5, -(2n ** 40n), 0.5],
    ])
  })

  test('of a mutable global under two names are both live', async () => {
    const { seen } = await evaluate({
      'main.mjs': `import { a, b, set } from './x.mjs'\nset(5)\nexport const seen = [a, b]`,
      'x.mjs': `(module (global $g (export "a") (export "b") (mut i32) (i32.const 1))
        (func (export "set") (param i32) (global.set $g (local.get 0))))`,
    })
    expect(seen).toEqual([5, 5])
  })

  test('a module without exports runs its start function', async () => {
    const { seen } = await evaluate({
      'main.mjs': `import './x.mjs'\nexport { seen } from './log.mjs'`,
      'x.mjs':
        '(module (import "./log.mjs" "log" (func $log (param i32))) (func $f (call $log (i32.const 3))) (start $f))',
      'log.mjs': 'export const seen = []\nexport const log = (x) => seen.push(x)',
    })
    expect(seen).toEqual([3])
  })
})

describe('imports', () => {
  test('of every kind, each read once', async () => {
    const { result } = await evaluate({
      'main.mjs': `import { get } from './x.mjs'\nexport const result = get()`,
      'x.mjs': `(module
        (import "./env.mjs" "a b" (func $f (result i32)))
        (import "./env.mjs" "a b" (func $g (result i32)))
        (import "./env.mjs" "__proto__" (global $p i32))
        (import "./y.mjs" "memory" (memory 1))
        (import "./y.mjs" "table" (table 1 funcref))
        (import "./y.mjs" "default" (func $d (result i32)))
        (func (export "get") (result i32)
          (i32.add (i32.add (call $f) (call $g)) (i32.add (global.get $p) (i32.add (call $d) (i32.load (i32.const 0)))))))`,
      'env.mjs': 'const f = () => 1, p = 10\nexport { f as "a b", p as __proto__ }',
      'y.mjs': `(module (memory (export "memory") 1) (table (export "table") 1 funcref) (data (i32.const 0) "\\00\\10")
        (func (export "default") (result i32) (i32.const 100)))`,
    })
    expect(result).toBe(1 + 1 + 10 + 100 + 0x1000)
  })

  test.each([
    ['a module', 'y.mjs'],
    ['whatever exports it again', 'again.mjs'],
  ])('of globals of %s are the globals', async (_, from) => {
    const { seen } = await evaluate({
      'main.mjs': `import * as y from './y.mjs'
        import { set, get, inner } from './x.mjs'
        export const seen = [y.i, y.l, get()]
        set(5, -(2n ** 40n))
        seen.push(y.i, y.l, y.get(), y.like, get())
        y.setObject(seen)
        seen.push(inner() === seen, y.v)`,
      'x.mjs': `(module
        (import "./${from}" "like" (global $like (mut i32)))
        (import "./${from}" "i" (global $i (mut i32)))
        (import "./${from}" "l" (global $l (mut i64)))
        (import "./${from}" "v" (global $v v128))
        (import "./${from}" "object" (global $object (mut externref)))
        (func (export "set") (param i32 i64) (global.set $i (local.get 0)) (global.set $l (local.get 1)))
        (func (export "inner") (result externref) (global.get $object))
        (func (export "get") (result i32) (i32.add (global.get $i) (i32x4.extract_lane 3 (global.get $v)))))`,
      'y.mjs': `(module
        (global $like (export "like") (mut i32) (i32.const 1))
        (global $i (export "i") (mut i32) (i32.const 1))
        (global $l (export "l") (mut i64) (i64.const 2))
        (global $object (export "object") (mut externref) (ref.null extern))
        (global (export "v") v128 (v128.const i32x4 10 20 30 40))
        (func (export "setObject") (param externref) (global.set $object (local.get 0)))
        (func (export "get") (result i32) (global.get $i)))`,
      'again.mjs': `export * from './y.mjs'`,
    })
    expect(seen).toEqual([1, 2n, 41, 5, -(2n ** 40n), 5, 1, 45, true, undefined])
  })

  test('of mutable globals that are values of JavaScript are a LinkError', async () => {
    const modules = (value: string) => ({
      'x.mjs': `(module (import "./env.mjs" "g" (global $g (mut i32))) (func (export "get") (result i32) (global.get $g)))`,
      'env.mjs': `import { g as y } from './y.mjs'\nimport { instantiate } from './z.mjs'\nexport const g = ${value}`,
      'y.mjs': '(module (global (export "g") (mut i32) (i32.const 5)))',
      'z.mjs': output('(module (global (export "g") (mut i32) (i32.const 7)))', { format: 'esm' }).code,
    })
    expect(((await evaluate(modules('instantiate().exports.g')))['get'] as () => number)()).toBe(7)
    await expect(evaluate(modules('y'))).rejects.toThrow('imported mutable global must be a WebAssembly.Global object')
  })

  test('that are not there are an error of linking', async () => {
    const modules = { 'x.mjs': '(module (import "./env.mjs" "f" (func)))', 'env.mjs': 'export const g = 0' }
    await expect(evaluate(modules)).rejects.toThrow(/does not provide an export named 'f'/)
  })

  test('of a wrong kind are a LinkError', async () => {
    const modules = { 'x.mjs': '(module (import "./env.mjs" "f" (func)))', 'env.mjs': 'export const f = 0' }
    await expect(evaluate(modules)).rejects.toThrow(
      'WebAssembly.Instance(): Import "./env.mjs" "f": function import requires a callable',
    )
  })
})

describe('a cycle with the glue', () => {
  const module = `(module
    (import "./glue.mjs" "log" (func $log (param i32)))
    (func (export "run") (call $log (i32.const 7))))`
  const glue = `import * as wasm from './x.mjs'
    export const seen = []
    export function log(x) { seen.push(x) }
    export const run = () => wasm.run()`

  test('begun at the module', async () => {
    const main = `import './x.mjs'\nimport { run, seen } from './glue.mjs'\nrun()\nexport { seen }`
    expect((await evaluate({ 'main.mjs': main, 'x.mjs': module, 'glue.mjs': glue }))['seen']).toEqual([7])
  })

  test('begun at the glue, whose functions are there before it is evaluated', async () => {
    const main = `import { run, seen } from './glue.mjs'\nrun()\nexport { seen }`
    expect((await evaluate({ 'main.mjs': main, 'x.mjs': module, 'glue.mjs': glue }))['seen']).toEqual([7])
  })

  test('what is not there yet is a ReferenceError, on both sides', async () => {
    const late = `import * as wasm from './x.mjs'\nexport const log = () => {}`
    await expect(evaluate({ 'glue.mjs': late, 'x.mjs': module })).rejects.toThrow(ReferenceError)
    const early = `import * as wasm from './x.mjs'\nexport function log() {}\nwasm.run()`
    await expect(evaluate({ 'x.mjs': module, 'glue.mjs': early })).rejects.toThrow(ReferenceError)
  })
})

describe('what the integration says of names', () => {
  test.each([
    ['(module (import "wasm-js:x" "f" (func)))', 'the module of an import "wasm-js:x"'],
    ['(module (import "wasm:x" "f" (func)))', 'the module of an import "wasm:x"'],
    ['(module (import "x" "wasm:f" (func)))', 'the name of an import "wasm:f"'],
    ['(module (func (export "wasm-js:f")))', 'the name of an export "wasm-js:f"'],
  ])('%s is refused', (text, what) => {
    expect(() => output(text)).toThrow(`unsupported: ${what} is reserved in ES modules`)
  })

  test('what is no identifier needs ES2022', () => {
    expect(() => output('(module (func (export "a b")))', { target: 'es2020' })).toThrow(
      'unsupported: the name of an export "a b" is no identifier: format esm-integration needs target esnext for it',
    )
  })

  test('the JS string builtins are there', () => {
    const { code, imports } = output(`(module
      (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
      (func (export "length") (param externref) (result i32) (call $length (local.get 0))))`)
    expect(imports).toEqual([])
    expect(code).not.toMatch(/^import /m)
  })
})

test('declarations are those of the bindings', () => {
  const { dts } = output(`(module
    (import "./glue.mjs" "log" (func (param i32)))
    (global (export "base") i32 (i32.const 8))
    (global (export "top") (mut i64) (i64.const 8))
    (memory (export "a memory") 1)
    (func (export "default") (param i64) (result f64) (f64.const 1)))`)
  expect(dts).toBe(`export interface Memory<Size = number> {
  readonly buffer: ArrayBuffer
  grow(delta: Size): Size
  toFixedLengthBuffer(): ArrayBuffer
  toResizableBuffer(): ArrayBuffer
}

export const base: number
export let top: bigint
declare const wasm_export2: Memory
export { wasm_export2 as "a memory" }
declare const wasm_export3: (p0: bigint) => number
export { wasm_export3 as default }
`)
})

test('a module that registers itself exports no more for that', async () => {
  const { code } = output('(module (func (export "run")))', { register: true })
  expect(code).toContain('module_register(')
  expect(code).toMatch(/export \{ wasm_export0 as run \};\n$/)
})
