// The package as people get it: packed, installed into an empty folder, its command run and its API imported.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../../src/index.ts'
import { root, textOf } from './tree.ts'

// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
const ADD = Buffer.from('0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b', 'hex')

const TYPED = `/// <reference types="nowasm/client" />
import { compile, CompileError, validate } from 'nowasm'
import { WebAssembly as ours } from 'nowasm/webassembly'
import { vite } from 'nowasm/plugin'
import { WASI, type FileSystem } from 'nowasm/wasi'
import 'nowasm/polyfill'
import init from './x.wasm?init'
import load from './x.wasm'
const plugins: { name: string }[] = [vite({ mode: 'always' })]
const instance: Promise<WebAssembly.Instance> = init()
const loaded: Promise<WebAssembly.Module> = load()
// @ts-expect-error: there is no such mode
vite({ mode: 'never' })
const code: string = compile(new Uint8Array(8), { format: 'cjs', target: 'es2015' }).code
const valid: boolean = validate(new Uint8Array(8))
const memory: ArrayBuffer = new ours.Memory({ initial: 1 }).buffer as ArrayBuffer
const wasi = new WASI({ version: 'preview1' })
const imports: { wasi_snapshot_preview1: { fd_write: (fd: number) => number } } = wasi.getImportObject()
const exit: number = wasi.start({ exports: {} })
const files = (fs: FileSystem): WASI => new WASI({ version: 'preview1', fs })
const native: typeof WebAssembly = ours
// @ts-expect-error: there is no such format
compile(new Uint8Array(8), { format: 'amd' })
export { code, exit, files, imports, instance, loaded, memory, native, plugins, valid, CompileError }
`

/** Without the DOM library, as servers and small engines are. */
const PLAIN = `/// <reference types="nowasm/client" />
import init from './x.wasm?init'
import { compile, compileAsync, inspect } from 'nowasm'
import { createWebAssembly, WebAssembly } from 'nowasm/webassembly'
import { register } from 'nowasm/aot'
import { WebAssembly as interpreter } from 'nowasm/aot/interpreter'
import { esbuild } from 'nowasm/plugin'
import { WASI } from 'nowasm/wasi'
import 'nowasm/aot/install'
import 'nowasm/polyfill/force'
const { module, instance } = await WebAssembly.instantiate(new Uint8Array(8), { env: {} })
const sum: number = instance.exports.add(40, 2)
const other = new interpreter.Instance(module, {}).exports
const pages: number = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }).grow(1)
const long: bigint = new WebAssembly.Memory({ initial: 1n, address: 'i64' }).grow(1n)
register({ sha256: '', length: 8, imports: [], exports: [], instantiate: () => ({ exports: {} }) }, 'x.wasm')
const made: number = (await init({ env: {} })).exports.add(1, 2)
export { compile, compileAsync, createWebAssembly, esbuild, inspect, made, long, other, pages, sum, WASI }
`

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/

const folder = mkdtempSync(join(tmpdir(), 'nowasm-pack-'))
const app = join(folder, 'app')

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command in a folder; output as text. */
function run(cwd: string, command: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Runs an ES module in the consuming project; gives what it printed, fails if it failed. */
function runScript(name: string, lines: readonly string[]): string {
  writeFileSync(join(app, name), lines.join('\n'))
  const { status, stdout, stderr } = run(app, process.execPath, name)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trim()
}

let packed: { filename: string; files: { path: string }[] }
let installed: Outcome

beforeAll(() => {
  const { status, stdout, stderr } = run(
    root,
    'npm',
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    folder,
  )
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`)
  packed = JSON.parse(stdout)[0]
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }')
  writeFileSync(join(app, 'add.wasm'), ADD)
  installed = run(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', join('..', packed.filename))
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true }))

describe('the tarball', () => {
  const paths = () => packed.files.map((file) => file.path)

  it('holds everything that package.json points at, and the papers', () => {
    const { bin, exports, imports } = JSON.parse(textOf('package.json'))
    const entries = Object.values<Record<string, string>>(exports)
    const named = [bin.nowasm, ...entries.flatMap((entry) => Object.values(entry)), imports['#runtime']]
    const wanted = [...named.map((path: string) => path.replace('./', '')), 'README.md', 'LICENSE', 'CHANGELOG.md']
    expect(wanted.filter((path) => !paths().includes(path))).toEqual([])
  })

  it('holds no tests and no sources', () => {
    expect(paths().filter((path) => /(^|\/)test\/|(?<!\.d)\.ts$|\.tsbuildinfo$/.test(path))).toEqual([])
  })
})

describe('the installed package', () => {
  beforeEach(({ skip }) => {
    skip(installed.status !== 0 && NO_NETWORK.test(installed.stderr), 'the package registry cannot be reached')
    expect(installed).toMatchObject({ status: 0 })
  })

  it('has a command', () => {
    const nowasm = join(app, 'node_modules', '.bin', 'nowasm')
    expect(run(app, nowasm, 'add.wasm', '-o', 'add.mjs')).toMatchObject({ status: 0 })
    const printed = runScript('use.mjs', [
      "import { instantiate } from './add.mjs'",
      'console.log(instantiate().exports.add(40, 2))',
    ])
    expect(printed).toBe('42')
  })

  it('has an API', () => {
    const printed = runScript('api.mjs', [
      "import { readFileSync, writeFileSync } from 'node:fs'",
      "import { CompileError, compile, validate } from 'nowasm'",
      "const bytes = readFileSync('add.wasm')",
      'console.log(validate(bytes), validate(bytes.subarray(0, 20)))',
      'try { compile(bytes.subarray(0, 20)) } catch (error) { console.log(error instanceof CompileError) }',
      "writeFileSync('add.cjs', compile(bytes, { format: 'cjs' }).code)",
      "const { default: { instantiate } } = await import('./add.cjs')",
      'console.log(instantiate().exports.add(40, 2))',
    ])
    expect(printed).toBe('true false\ntrue\n42')
  })

  it('has a WebAssembly object and a polyfill', () => {
    const printed = runScript('polyfill.mjs', [
      "import { readFileSync } from 'node:fs'",
      "import { WebAssembly as ours } from 'nowasm/webassembly'",
      "const bytes = readFileSync('add.wasm')",
      'console.log(new ours.Instance(new ours.Module(bytes)).exports.add(40, 2))',
      'delete globalThis.WebAssembly',
      "await import('nowasm/polyfill')",
      "await import('nowasm/polyfill/force')",
      'const { instance } = await WebAssembly.instantiate(bytes)',
      'console.log(instance.exports.add(-40, -2), WebAssembly.Module === ours.Module)',
    ])
    expect(printed).toBe('42\n-42 true')
  })

  it('has a plugin', () => {
    const printed = runScript('plugin.mjs', [
      "import { esbuild, rolldown, rollup, rspack, vite, webpack } from 'nowasm/plugin'",
      'console.log([esbuild, rolldown, rollup, rspack, vite, webpack].map((make) => typeof make({ mode: "always" })).join())',
      'try { vite({ mode: 1 }) } catch (error) { console.log(error.message) }',
    ])
    expect(printed).toBe(`${'object,'.repeat(5)}object\nmode must be one of always, fallback, not 1`)
  })

  it('has WASI, which bundlers for browsers find nothing of Node in', () => {
    const printed = runScript('wasi.mjs', [
      "import { readFileSync } from 'node:fs'",
      "import { WASI } from 'nowasm/wasi'",
      "const wasi = new WASI({ version: 'preview1', preopens: { '/': '.' } })",
      'console.log(Object.keys(wasi.wasiImport).length)',
      "const text = (path) => readFileSync(path, 'utf8')",
      "const folder = 'node_modules/nowasm/dist/'",
      "const main = text(folder + 'wasi.js')",
      'const all = [main, ...[...main.matchAll(/from "\\.\\/(.*?)"/g)].map(([, name]) => text(folder + name))]',
      'console.log(all.length, all.some((text) => /(from|import) *["\'(]*node:/.test(text)))',
    ])
    expect(printed).toBe('46\n2 false')
  })

  it('has one script for pages, and one without the compiler', () => {
    const script = (name: string) => readFileSync(join(app, 'node_modules/nowasm/dist', name), 'utf8')
    const page = (name: string, inside: string) =>
      runInNewContext(`${script(name)}; ${inside}`, { bytes: ADD, WebAssembly: undefined })
    const names =
      'new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.add(40, 2) + Object.keys(nowasm).sort().join()'
    expect(page('nowasm.min.js', names)).toBe(
      '42CompileError,OptionsError,WebAssembly,compile,compileAsync,createWebAssembly,inspect,symbolize,validate',
    )
    const { code } = compile(ADD, { format: 'iife', name: 'add', register: true })
    expect(page('nowasm-aot.min.js', `${code}; ${names}`)).toBe('42WebAssembly,register')
  })

  it('does not name its threads in a way that bundlers take for a file of the page', () => {
    const files = ['compiler.js', 'api.js', 'interpreter.js', 'wasi2.js']
    const text = files.map((name) => readFileSync(join(app, 'node_modules/nowasm/dist', name), 'utf8')).join('')
    expect(text.match(/new URL\(["'`][^,]*, *import\.meta\.url/g)).toBe(null)
  })

  it('has types that stand on their own', () => {
    writeFileSync(join(app, 'types.ts'), TYPED)
    writeFileSync(join(app, 'plain.ts'), PLAIN)
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '']
    const tsc = join(root, 'node_modules', '.bin', 'tsc')
    for (const given of ['es2022,dom types.ts', 'es2022 plain.ts'])
      expect(run(app, tsc, ...flags, '--lib', ...given.split(' '))).toMatchObject({ status: 0, stdout: '' })
  })
})
