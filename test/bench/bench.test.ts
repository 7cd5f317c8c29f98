// The bench judges others: what it computes, and whom it believes, is tested.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const load = (name: string) => import(new URL(`./${name}.mjs`, import.meta.url).href)
const { geomean, summary } = await load('statistics')
const { duel, overall, problems } = await load('report-table')
const { htmlReport } = await load('report-html')
const { writeDocs } = await load('report-docs')
const { writeFeatures } = await load('report-features')
const { runRounds } = await load('rounds')
const { terminalReport } = await load('report-terminal')
const { processEngine } = await load('engines/process')
const { serve } = await load('engines/firefox/server')

const folder = mkdtempSync(fileURLToPath(new URL('./.test-', import.meta.url)))
afterAll(() => rmSync(folder, { recursive: true }))

test('figures of samples', () => {
  expect(geomean([2, 8])).toBeCloseTo(4)
  const round = (first: number, steady: number[]) => ({ load: 1, first, warming: [], steady })
  expect(summary([round(10, [5]), round(30, [8])])).toMatchObject({ first: 20, steady: 6.5 })
  expect(summary([round(10, [5, 4]), round(30, [9, 8]), round(20, [6, 7])])).toMatchObject({
    first: 20,
    firstMin: 10,
    steady: 6,
    steadyMin: 4,
    spread: (8 - 4) / 6,
  })
})

const figure = (steady: number) => ({ steady, first: steady * 3, warming: [steady * 2, steady], spread: 0.1 })
const report = (name: string, native: number, nowasm: number, wasm2js?: number) => ({
  name,
  topic: 'i32',
  sizes: { wasm: 100, nowasm: 150, wasm2js: 160 },
  figures: {
    native: figure(native),
    nowasm: figure(nowasm),
    wasm2js: wasm2js === undefined ? { problem: 'wrong result: 1 for 2' } : figure(wasm2js),
  },
})
const kernels = [report('a<b', 10, 20, 40), report('c', 10, 5), report('d', 10, 20, 10)]

test('ratios count the programs that both have run', () => {
  expect(overall(kernels, 'nowasm', 'native', 'steady')).toMatchObject({ count: 3, worst: { name: 'a<b', value: 2 } })
  expect(overall(kernels, 'nowasm', 'wasm2js', 'steady')).toMatchObject({ count: 2, geomean: 1 })
  expect(overall(kernels, 'polywasm', 'native', 'steady')).toBeUndefined()
  expect(duel(kernels, 'nowasm', 'wasm2js')).toMatch(/over 2, .*slower by more than 5 %: d 2\.00$/)
  expect(problems(kernels)).toEqual(['c on wasm2js: wrong result: 1 for 2'])
})

const part = { name: 'kernels', base: 'native', complete: true, reports: kernels }
const results = {
  date: '2026-01-02T03:04:05Z',
  machine: 'm',
  load: 0,
  runs: 1,
  engines: [
    { name: 'node', title: 'Node (V8)', version: 'v1', parts: [part] },
    { name: 'other', title: 'Other <engine>', version: 'v2', parts: [{ ...part, complete: false }] },
  ],
}

test('the page escapes what it shows and needs no other file', () => {
  const page = htmlReport(results)
  expect(page).toContain('a&lt;b')
  expect(page).not.toContain('a<b')
  expect(page).toContain('Other &lt;engine&gt;')
  expect(page).not.toMatch(/src=|href=|url\(/)
  const plots = 3 + kernels.length
  expect(page.match(/<svg/g)?.length).toBe(2 * plots + 1)
})

test('the terminal shows every engine, sizes once, and what is not complete', () => {
  const text = terminalReport(results)
  expect(text.match(/^Steady state: times to native$/gm)).toHaveLength(2)
  expect(text.match(/^Size in bytes/gm)).toHaveLength(1)
  expect(text).toContain('\nNode (V8), v1: kernels\n')
  expect(text).toContain('\nOther <engine>, v2: kernels (interrupted)\n')
  expect(text.match(/c on wasm2js: wrong result/g)).toHaveLength(2)
})

test('the documentation has a plot for each table, and says what did not run', () => {
  writeDocs(results, folder)
  const text = readFileSync(join(folder, 'bench.md'), 'utf8')
  expect(text).toContain(
    '| Node (V8) | kernels | nowasm / native | 1.26 | 2.00 (a<b) | - | - | 1.26 | 2.00 (a<b) | 3 of 3 |',
  )
  expect(text).toContain('| Other <engine> | kernels | wasm2js / native | 2.00 |')
  expect(text).toContain('### Other <engine>: kernels')
  expect(text).toContain('Not in this run.')
  expect(text).not.toContain('{{')
  const plots = [...text.matchAll(/\]\((bench\/.*?\.svg)\)/g)].map(([, file]) => file as string)
  expect(plots).toHaveLength(3 + 2)
  for (const file of plots) expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^<svg xmlns/)
})

test('features have one table each, with all engines side by side', () => {
  const base = 'nowasm, scalar'
  const vectors = { name: 'dot', n: 1, figures: { native: figure(2), nowasm: figure(5), [base]: figure(10) } }
  const thrown = { name: 'throw', n: 2e6, ops: 'throw', figures: { native: figure(2), nowasm: figure(6) } }
  const failed = { ...thrown, figures: { native: figure(2), nowasm: { problem: 'no such thing' } } }
  const parts = (exceptions: object) => [
    { name: 'simd', base, complete: true, reports: [vectors] },
    { name: 'exceptions', base: 'native', complete: true, reports: [exceptions] },
  ]
  const engines = [
    { ...results.engines[0]!, parts: parts(thrown) },
    { ...results.engines[1]!, parts: parts(failed) },
  ]
  writeFeatures({ ...results, engines }, folder)
  const text = readFileSync(join(folder, 'bench-features.md'), 'utf8')
  expect(text).toContain('| dot | 10.0 | 0.500 | - | 2.50 | 10.0 | 0.500 | - | 2.50 |')
  expect(text).toContain('| throw | 1.00 | 3.00 | 3.00 | 1.00 | - | - |')
  expect(text).toContain('- Other <engine>: throw on nowasm: no such thing')
  expect(text).toContain('Not in this run.')
  expect(text).not.toContain('{{')
})

test('a browser gets work and brings back what it measured', async () => {
  const { url, measured, close } = await serve()
  const get = (path: string) => fetch(new URL(path, url))
  try {
    expect(await (await get('page.html')).text()).toContain('page.mjs')
    expect((await get('../../none.mjs')).status).toBe(404)
    const outcome = measured({ file: join(folder, 'x.wasm'), n: 3 }, 60_000)
    expect(await (await get('/work')).json()).toEqual({ n: 3, url: `/${folder.split(/[\\/]/).at(-1)}/x.wasm` })
    await fetch(new URL('/done', url), { method: 'POST', body: '{"result":"5"}' })
    expect(await outcome).toEqual({ result: '5' })
    expect(await measured({ file: folder }, 10)).toEqual({
      lost: true,
      problem: 'the browser gave no answer for 0.01 s',
    })
  } finally {
    close()
  }
})

test('a wrong result, a failure and a hang have no figure', async () => {
  const child = join(folder, 'child.mjs')
  writeFileSync(
    child,
    `const { result, fail, hang } = JSON.parse(process.argv[2])
     if (fail) throw new TypeError('no such thing')
     if (hang) setInterval(() => {}, 1000)
     else console.log(JSON.stringify({ result, load: 1, first: 2, warming: [], steady: [1] }))`,
  )
  const entry = (key: string, argument: object) => ({
    key,
    flags: [],
    child: `${folder.split(/[\\/]/).at(-1)}/child`,
    argument,
    rounds: [],
    problem: undefined,
  })
  const entries = [
    entry('native', { result: '1' }),
    entry('same', { result: '1' }),
    entry('wrong', { result: '2' }),
    entry('failing', { fail: true }),
  ]
  const engine = processEngine(process.execPath, 'v1')
  let groups = 0
  const onGroup = () => groups++
  await runRounds([{ name: 'x', entries }], { engine, count: 2, limitMs: 60_000, onGroup })
  expect(groups).toBe(2)
  expect(entries.map(({ rounds }) => rounds.length)).toEqual([2, 2, 0, 0])
  expect(entries.map(({ problem }) => problem)).toEqual([
    undefined,
    undefined,
    'wrong result: 2 for 1',
    'TypeError: no such thing',
  ])
  const hanging = entry('hanging', { hang: true })
  await runRounds([{ name: 'y', entries: [hanging] }], { engine, count: 1, limitMs: 500 })
  expect(hanging).toMatchObject({ rounds: [], problem: 'ended after 0.5 s' })
})
