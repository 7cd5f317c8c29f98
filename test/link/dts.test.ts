import { execFileSync } from 'node:child_process'
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

const EXPECTED = String.raw`export interface Imports {
  readonly "env": {
    readonly "log": (p0: number, p1: bigint) => readonly [number, bigint]
    readonly "base": WebAssembly.Global<"i64"> | bigint
  }
  readonly "a\"\n\u003c/script\u003e": {
    readonly "table": WebAssembly.Table
  }
}

export interface Exports {
  readonly "memory": WebAssembly.Memory
  readonly "count": WebAssembly.Global<"i64">
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
    'export interface Imports {}\n\nexport interface Exports {}\n\n' +
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

const CLASSIC = `const instance: my_app.Instance = my_app.instantiate({} as my_app.Imports)
instance.exports.default()
`

test('TypeScript takes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-dts-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(import.meta.dirname, '../../node_modules/@types'), join(folder, 'node_modules/@types'))
    writeFileSync(join(folder, 'app.d.mts'), declarationsOf(module, options))
    writeFileSync(join(folder, 'script.d.ts'), declarationsOf(module, { ...options, format: 'iife' }))
    writeFileSync(join(folder, 'use.mts'), USE)
    writeFileSync(join(folder, 'classic.ts'), CLASSIC)
    const tsc = join(import.meta.dirname, '../../node_modules/.bin/tsc')
    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node']
    const run = () =>
      execFileSync(tsc, [...flags, 'use.mts', 'script.d.ts', 'classic.ts'], { cwd: folder, encoding: 'utf8' })
    expect(run()).toBe('')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
