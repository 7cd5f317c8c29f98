// `nowasm bench`, with packages that stand in for the peers.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { quantile } from '../../src/cli/bench/statistics.ts'
import { bars, curves, scatter } from '../../src/cli/bench/svg.ts'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

let folder = ''
const before = process.cwd()
const nowasm = (line: string) => runNowasm(folder, line)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-bench-test-'))
  writeFileSync(
    join(folder, 'add.wasm'),
    wat(`(module
      (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
      (global $calls (mut i32) (i32.const 0))
      (func (export "add") (param i32 i32) (result i32)
        (i32.add (i32.add (local.get 0) (local.get 1)) (call $yield)))
      (func (export "third") (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (if (i32.eq (global.get $calls) (i32.const 3)) (then unreachable))
        (i32.const 7)))`),
  )
  process.chdir(folder)
})
beforeEach(() => rmSync(join(folder, 'node_modules'), { recursive: true, force: true }))
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

function install(file: string, text: string) {
  const path = join(folder, 'node_modules', file)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

/** A wasm2js that always writes the same module. */
const wasm2js = (body: string) =>
  install(
    'binaryen/bin/wasm2js',
    `const words = process.argv.slice(2)
     if (words[0] !== '-O3') throw new Error('not optimised')
     require('node:fs').writeFileSync(words[words.indexOf('-o') + 1], ${JSON.stringify(`
import * as wasi_snapshot_preview1 from 'wasi_snapshot_preview1';
function asmFunc(imports) {
 var env = imports.wasi_snapshot_preview1;
 return { ${body} };
}
var retasmFunc = asmFunc({ wasi_snapshot_preview1 });
export var add = retasmFunc.add;`)})`,
  )

function polywasm() {
  install('polywasm/package.json', '{ "type": "module" }')
  install('polywasm/index.js', 'export const WebAssembly = globalThis.WebAssembly')
}

const cells = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/))

const native = typeof WebAssembly === 'object' ? ['native'] : []
const engines = ['nowasm jit', 'nowasm interpreter']
const against = (names: string[]) => (native.length > 0 ? names.map((name) => `${name} / native`) : [])

test('engines alone, and how to add others', async () => {
  const { code, out } = await nowasm('bench --seconds 0.05 @add.wasm --invoke add 1 2')
  expect(code).toBe(0)
  const [figures, warmUps, missing] = out.split('\n\n').map(cells)
  const [head, ...lines] = figures
  expect(head).toEqual(['compile ms', 'load ms', 'first call ms', 'median ms', 'spread %', 'samples', 'gzip bytes'])
  expect(lines.map(([name]) => name)).toEqual([...native, ...engines, ...against(engines)])
  expect(warmUps.map(([name]) => name)).toEqual(['warm-up, ms a call', ...native, ...engines])
  expect(missing).toEqual([
    ['wasm2js -O3 is left out: npm install binaryen adds it'],
    ['polywasm is left out: npm install polywasm adds it'],
  ])
})

test('one engine, without others', async () => {
  const { out } = await nowasm('bench --engine interpreter --no-peers --seconds 0.05 @add.wasm --invoke add 1 2')
  expect(out).toContain('\nnowasm interpreter ')
  expect(out).not.toContain('nowasm jit')
  expect(out).not.toMatch(/wasm2js|polywasm/)
})

test.skipIf(native.length === 0)('installed peers take part, and reports are written', async () => {
  wasm2js('add: (x, y) => x + y + env.sched_yield() | 0')
  polywasm()
  const words = 'bench --seconds 0.05 --json @out.json --html @out.html @add.wasm --invoke add 1 2'
  const { code, out } = await nowasm(words)
  expect(code).toBe(0)
  const names = ['native', ...engines, 'wasm2js -O3', 'polywasm']
  const outcome = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))
  expect(outcome).toMatchObject({ invoke: 'add', args: ['1', '2'], failures: [], leftOut: [] })
  expect(outcome.contestants.map(({ name }: { name: string }) => name)).toEqual(names)
  for (const each of outcome.contestants) {
    expect(Object.keys(each).sort()).toEqual(
      ['bytes', 'compile', 'first', 'gzip', 'load', 'median', 'name', 'samples', 'spread', 'times'].sort(),
    )
    expect(each.median).toBeGreaterThan(0)
    expect(each.times.length).toBeGreaterThanOrEqual(each.samples)
  }
  const page = readFileSync(join(folder, 'out.html'), 'utf8')
  expect(page).toContain('<h1>add(1, 2)</h1>')
  expect(page.match(/<svg/g)).toHaveLength(2 + names.length)
  expect(page).not.toMatch(/src=|href=|url\(|undefined|NaN/)
  expect(cells(out).filter(([name]) => name.endsWith(' / native'))).toHaveLength(names.length - 1)
})

test.skipIf(native.length === 0)('a peer that computes something else is a line of the table', async () => {
  wasm2js('add: (x, y) => x - y')
  const { code, out } = await nowasm('bench --seconds 0.05 --html @bad.html @add.wasm --invoke add 1 2')
  expect(code).toBe(0)
  const row = (name: string) => cells(out).find((line) => line[0] === name)
  expect(row('wasm2js -O3')?.at(-1)).toBe('its result is -1, not 3')
  expect(readFileSync(join(folder, 'bad.html'), 'utf8')).toContain('its result is -1, not 3')
})

test.skipIf(native.length === 0)('a compiler that fails is a line of the table', async () => {
  install('binaryen/bin/wasm2js', `console.error('Fatal: not a module'); process.exit(1)`)
  const { code, out } = await nowasm('bench --seconds 0.05 @add.wasm --invoke add 1 2')
  expect(code).toBe(0)
  expect(
    cells(out)
      .find((line) => line[0] === 'wasm2js -O3')
      ?.at(-1),
  ).toBe('Error: Fatal: not a module')
})

test('a trap in a later call ends the run, and nothing is written', async () => {
  const { code, out, err } = await nowasm('bench --seconds 0.05 --json @trap.json @add.wasm --invoke third')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^nowasm: @add\.wasm: (native|nowasm jit): trap: unreachable\n$/)
  expect(existsSync(join(folder, 'trap.json'))).toBe(false)
})

test('figures and plots', () => {
  expect(quantile([5, 1, 3, 2], 0.5)).toBe(2.5)
  expect(quantile([1, 2, 3, 4, 5], 0.9)).toBeCloseTo(4.6)
  expect(bars('none', ['a'], [{ name: 'x', values: [undefined] }])).toBe('')
  expect(scatter('none', 'x', 'y', [])).toBe('')
  const plot = bars('some', ['a', 'b'], [{ name: 'x', values: [2, 0.5] }])
  const widths = [...plot.matchAll(/<rect x="[\d.]+" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(widths[0]).toBeGreaterThan(0)
  expect(widths[0]).toBeCloseTo(widths[1]) // twice as slow and twice as fast are as far from 1
  const many = Array.from({ length: 300_000 }, (_, i) => i % 7)
  expect(curves('many', [many], 2).includes('>3<')).toBe(true)
})
