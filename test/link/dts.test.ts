import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { declarationsOf } from '../../src/7-link/dts.ts'
import { wat } from '../wat.ts'

const options = { format: 'esm', target: 'esnext', data: 'inline', name: 'my-app', register: false } as const

const module = decode(
  wat(String.raw`(module
    (import "env" "log" (func (param i32 i64) (result f64 i64)))
    (import "env" "base" (global i64))
    (import "a\"\0a</script>" "table" (table 1 funcref))
    (memory (export "memory") 1 2)
    (global (export "count") (mut i64) (i64.const 1))
    (func (export "a\"b") (param i64 externref funcref) (result i32 i64) unreachable)
    (func (export "__proto__") (result f32) unreachable)
    (func (export "default")))`),
)

const MEMORY = `export interface Memory<Size = number> {
  readonly buffer: ArrayBuffer
  grow(delta: Size): Size
  toFixedLengthBuffer(): ArrayBuffer
  toResizableBuffer(): ArrayBuffer
}
`

const EXPECTED = String.raw`${MEMORY}
export interface Table<Index = number> {
  readonly length: Index
  get(index: Index): any
  set(index: Index, value?: any): void
  grow(delta: Index, value?: any): Index
}

export interface Global<Value> {
  value: Value
  valueOf(): Value
}

export interface Imports {
  readonly "env": {
    readonly "log": (p0: number, p1: bigint) => readonly [number, bigint]
    readonly "base": Global<bigint> | bigint
  }
  readonly "a\"\n\u003c/script\u003e": {
    readonly "table": Table
  }
}

export type Exports = {
  readonly "memory": Memory
  readonly "count": Global<bigint>
  readonly "a\"b": (p0: bigint, p1: unknown, p2: ((...args: any[]) => any) | null) => [number, bigint]
  readonly "__proto__": () => number
  readonly "default": () => void
}

export interface Instance {
  readonly exports: Exports
}

export function instantiate(imports: Imports): Instance
`

test('imports and exports have their exact names and types', () => {
  expect(declarationsOf(module, options)).toBe(EXPECTED)
})

test('a module without imports can be instantiated without', () => {
  expect(declarationsOf(decode(wat('(module)')), options)).toBe(
    'export interface Imports {}\n\nexport type Exports = {}\n\n' +
      'export interface Instance {\n  readonly exports: Exports\n}\n\n' +
      'export function instantiate(imports?: Imports): Instance\n',
  )
})

const USE = `import { instantiate } from './app.mjs'
const { exports } = instantiate({
  env: { log: (a, b) => [a, b + 1n], base: 5n },
  'a"\\n</script>': { table: new WebAssembly.Table({ element: 'anyfunc', initial: 1 }) },
})
const [first, second] = exports['a"b'](1n, {}, null)
export const sum: bigint = BigInt(first) + second + exports.count.value
export const single: number = exports.__proto__()
// @ts-expect-error: i64 is a bigint
exports['a"b'](1, {}, null)
`

const SMALL = `(module
  (import "env" "memory" (memory 1))
  (import "env" "table" (table 1 funcref))
  (import "env" "base" (global (mut i64)))
  (memory $wide (export "wide") i64 1)
  (export "memory" (memory 0))
  (export "table" (table 0))
  (export "base" (global 0))
  (func (export "f") (param i32)))`

const DOM = `import { instantiate } from './small.mjs'
import { instantiate as other } from './app.mjs'
const memory = new WebAssembly.Memory({ initial: 1 })
const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 })
const base = new WebAssembly.Global({ value: 'i64', mutable: true }, 1n)
const { exports } = instantiate({ env: { memory, table, base } })
instantiate({ env: exports })
export const wide: bigint = exports.wide.grow(1n)
export const taken: [WebAssembly.Memory, WebAssembly.Table, WebAssembly.Global] = [exports.memory, exports.table, exports.base]
export const instance: WebAssembly.Instance = other({} as never)
`

const CLASSIC = `const instance: my_app.Instance = my_app.instantiate({} as my_app.Imports)
instance.exports.default()
`

test('the namespace of a classic script is the variable that it declares', () => {
  expect(declarationsOf(module, { ...options, format: 'iife', name: 'top' })).toContain('declare namespace _top {')
})

test('TypeScript takes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-dts-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(import.meta.dirname, '../../node_modules/@types'), join(folder, 'node_modules/@types'))
    writeFileSync(join(folder, 'app.d.mts'), declarationsOf(module, options))
    writeFileSync(join(folder, 'small.d.mts'), declarationsOf(decode(wat(SMALL)), options))
    writeFileSync(join(folder, 'dom.mts'), DOM)
    writeFileSync(join(folder, 'script.d.ts'), declarationsOf(module, { ...options, format: 'iife' }))
    writeFileSync(join(folder, 'use.mts'), USE)
    writeFileSync(join(folder, 'classic.ts'), CLASSIC)
    const tsc = join(import.meta.dirname, '../../node_modules/.bin/tsc')
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
    const run = (...given: string[]) => spawnSync(tsc, [...flags, ...given], { cwd: folder, encoding: 'utf8' }).stdout
    expect(run('--lib', 'es2022,dom', '--types', 'node', 'use.mts', 'dom.mts', 'script.d.ts', 'classic.ts')).toBe('')
    // Programs for servers and small engines have no DOM library.
    expect(run('--lib', 'es2022', '--types', '', 'app.d.mts', 'small.d.mts', 'script.d.ts', 'classic.ts')).toBe('')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
