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
const { runRounds } = await load('rounds')

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

const results = { date: '2026-01-02T03:04:05Z', engine: 'v1', machine: 'm', load: 0, runs: 1, kernels }

test('the page escapes what it shows and needs no other file', () => {
  const page = htmlReport(results)
  expect(page).toContain('a&lt;b')
  expect(page).not.toContain('a<b')
  expect(page).not.toMatch(/src=|href=|url\(/)
  expect(page.match(/<svg/g)?.length).toBe(3 + kernels.length + 1)
})

test('the documentation has a plot for each table, and says what did not run', () => {
  writeDocs(results, folder)
  const text = readFileSync(join(folder, 'bench.md'), 'utf8')
  expect(text).toContain('| geomean |')
  expect(text).toContain('Not in this run.')
  expect(text).not.toContain('{{')
  for (const [, file] of text.matchAll(/\]\((bench\/.*?\.svg)\)/g)) {
    expect(readFileSync(join(folder, file as string), 'utf8')).toMatch(/^<svg xmlns/)
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
  await runRounds([{ name: 'x', entries }], { engine: process.execPath, count: 2, limitMs: 60_000 })
  expect(entries.map(({ rounds }) => rounds.length)).toEqual([2, 2, 0, 0])
  expect(entries.map(({ problem }) => problem)).toEqual([
    undefined,
    undefined,
    'wrong result: 2 for 1',
    'TypeError: no such thing',
  ])
  const hanging = entry('hanging', { hang: true })
  await runRounds([{ name: 'y', entries: [hanging] }], { engine: process.execPath, count: 1, limitMs: 500 })
  expect(hanging).toMatchObject({ rounds: [], problem: 'ended after 0.5 s' })
})
