// Builds with Rolldown, of the package as it was built last. The other bundlers are in main.mjs.

import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { wat } from '../wat.ts'

// The thread that compiles is a file beside it.
const plugin: typeof import('../../src/plugin.ts') = await import(
  /* @vite-ignore */ `${import.meta.dirname}/../../dist/plugin.js`
)

const root = mkdtempSync(join(tmpdir(), 'nowasm-plugin-'))
const cacheFolder = join(root, 'cache')
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'app-'))
})

function files(given: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(given)) writeFileSync(join(folder, name), content)
}

async function build(
  options: import('../../src/plugin.ts').PluginOptions = {},
  { rolldown: nowasm } = plugin,
): Promise<string[]> {
  const bundle = await rolldown({
    input: join(folder, 'main.js'),
    plugins: [nowasm({ cacheFolder, report: false, ...options })],
    logLevel: 'silent',
  })
  await bundle.write({
    dir: join(folder, 'dist'),
    format: 'es',
    entryFileNames: 'main.mjs',
    chunkFileNames: '[name].mjs',
  })
  await bundle.close()
  return readdirSync(join(folder, 'dist'), { recursive: true }).map(String).sort()
}

const run = (...flags: string[]): string =>
  execFileSync(process.execPath, [...flags, join(folder, 'dist', 'main.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .replace(/^Warning: disabling flag .*\n/, '')
    .trim()

const COUNTER = wat(`(module
  (import "./host.js" "log" (func $log (param i32)))
  (global $count (export "count") (mut i32) (i32.const 0))
  (func (export "step") (global.set $count (i32.add (global.get $count) (i32.const 1))) (call $log (global.get $count))))`)

const CYCLE = {
  'counter.wasm': COUNTER,
  'host.js': `import * as wasm from './counter.wasm'\nexport function log(x) { console.log(x, wasm.count) }`,
  'main.js': `import { count, step } from './counter.wasm'\nstep()\nstep()\nconsole.log(count)`,
}

describe('mode always', () => {
  test('a cycle with its glue is one bundle, with live bindings', async () => {
    files(CYCLE)
    expect(await build({ mode: 'always' })).toEqual(['main.mjs'])
    expect(run()).toBe('1 1\n2 2\n2')
    expect(run('--jitless')).toBe('1 1\n2 2\n2')
    expect(readFileSync(join(folder, 'dist', 'main.mjs'), 'utf8')).not.toMatch(
      /new Function|WebAssembly\.(instantiate|compile)/,
    )
  })

  test('one module imports another, of which there is one instance', async () => {
    files({
      'a.wasm': wat(
        `(module (import "./b.wasm" "memory" (memory 1)) (func (export "load") (result i32) (i32.load (i32.const 0))))`,
      ),
      'b.wasm': wat(
        `(module (memory (export "memory") 1) (func (export "store") (param i32) (i32.store (i32.const 0) (local.get 0))))`,
      ),
      'main.js': `import { load } from './a.wasm'\nimport { store } from './b.wasm'\nstore(17)\nconsole.log(load())`,
    })
    await build({ mode: 'always' })
    expect(run()).toBe('17')
  })

  test('what was not compiled by the plugin is the engine’s own', async () => {
    files({
      'small.wasm': wat('(module (func (export "one") (result i32) (i32.const 1)))'),
      'main.js': `import url from './small.wasm?url'
        const { instance } = await WebAssembly.instantiate(Uint8Array.of(${wat('(module (func (export "two") (result i32) (i32.const 2)))')}))
        console.log(instance.exports.two(), new URL(url).protocol)`,
    })
    await build({ mode: 'always' })
    expect(run()).toBe('2 file:')
  })
})

test('a default export is what a default import gives', async () => {
  files({
    'x.wasm': wat(
      '(module (func (export "default") (result i32) (i32.const 7)) (func (export "f") (result i32) (i32.const 8)))',
    ),
    'main.js': `import seven, { f } from './x.wasm'\nconsole.log(seven(), f())`,
  })
  await build({ mode: 'always' })
  expect(run()).toBe('7 8')
})

describe('mode fallback', () => {
  test('the compiled module is a chunk of its own, beside the .wasm', async () => {
    files(CYCLE)
    expect(await build()).toEqual(['assets', expect.stringMatching(/counter.*\.wasm/), 'counter.mjs', 'main.mjs'])
    expect(run('--jitless')).toBe('1 1\n2 2\n2')
    // The engine's own globals tell nobody when they change.
    expect(run()).toBe('1 0\n2 0\n0')
  })
})

describe.each(['c#', 'c# %20é'])('a project in a folder %s', (name) => {
  test.each(['always', 'fallback'] as const)('mode %s', async (mode) => {
    folder = join(folder, name)
    mkdirSync(folder)
    files({
      'host.js': 'export const log = console.log',
      'two.wasm': wat('(module (func (export "two") (result i32) (i32.const 2)))'),
      'main.wasm': wat(`(module (import "./host.js" "log" (func $log (param i32)))
        (import "./two.wasm" "two" (func $two (result i32))) (func (export "run") (call $log (call $two))))`),
      'main.js': `import { run } from './main.wasm'
        import init from './two.wasm?init'
        import url from './two.wasm?url'
        run()
        console.log((await init()).exports.two(), new URL('two.wasm', import.meta.url).href === url)`,
    })
    await build({ mode, cacheFolder: join(folder, 'cache') })
    expect(run()).toBe('2\n2 true')
    expect(run('--jitless')).toBe('2\n2 true')
  })
})

test('a file may have the longest name that there is', async () => {
  const name = `${'n'.repeat(250)}.wasm`
  files({ [name]: wat('(module (func (export "f") (result i32) (i32.const 8)))') })
  files({ 'main.js': `import { f } from './${name}'\nconsole.log(f())` })
  await build({ mode: 'always' })
  expect(run()).toBe('8')
})

describe('what cannot be compiled', () => {
  test('is an error of the build that names the file', async () => {
    files({ 'bad.wasm': Uint8Array.of(0, 97, 115, 109, 2, 0, 0, 0), 'main.js': `import './bad.wasm'` })
    await expect(build()).rejects.toThrow(/nowasm: .*bad\.wasm: malformed: .* \(at 0x4\)/)
  })

  test('is left to others if it is excluded', async () => {
    files({ 'bad.wasm': Uint8Array.of(0), 'main.js': `import './bad.wasm'` })
    await expect(build({ exclude: /bad/ })).rejects.not.toThrow('nowasm:')
  })
})

test('a module is compiled once, and the report says so', async () => {
  files({ ...CYCLE, 'main.js': `import init from './counter.wasm?init'\nconsole.log(init)` })
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  const own = join(folder, 'cache')
  await build({ report: true, cacheFolder: own })
  await build({ report: true, cacheFolder: own })
  const lines = printed.mock.calls.map(([line]) => String(line))
  printed.mockRestore()
  expect(lines).toEqual([
    expect.stringMatching(/^nowasm: counter\.wasm 0\.1 kB -> JavaScript [\d.]+ kB, [\d.]+ kB with gzip \([\d.]+ s\)$/),
    expect.stringMatching(/\(cached\)$/),
  ])
})

test('another compiler of the same version compiles it again', async () => {
  files({ ...CYCLE, 'main.js': `import init from './counter.wasm?init'\nconsole.log(init)` })
  const dist = join(import.meta.dirname, '../../dist')
  const copy = mkdtempSync(join(dist, 'copy-'))
  try {
    for (const name of readdirSync(dist).filter((name) => name.endsWith('.js')))
      copyFileSync(join(dist, name), join(copy, name))
    appendFileSync(join(copy, 'compiler.js'), '// repaired')
    const own = join(folder, 'cache')
    const other: typeof plugin = await import(/* @vite-ignore */ join(copy, 'plugin.js'))
    const modules: number[] = []
    for (const compiler of [plugin, plugin, other]) {
      await build({ cacheFolder: own }, compiler)
      modules.push(readdirSync(own, { recursive: true }).filter((path) => /counter\.json$/.test(String(path))).length)
    }
    expect(modules).toEqual([1, 1, 2])
  } finally {
    rmSync(copy, { recursive: true })
  }
})
