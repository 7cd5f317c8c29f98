// Programs in a run of the bench: what is said of them, and one from its script to the tables.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { wat } from '../wat.ts'

const load = (name: string) => import(new URL(`./${name}.mjs`, import.meta.url).href)
const { cacheFile, ofRun, startRun } = await load('cache')
const { processEngine } = await load('engines/process')
const { copyCompiler } = await load('install')
const { customSectionNames } = await load('modules')
const { outputMaker } = await load('outputs')
const { runPrograms } = await load('program-part')
const { libraryLine, memoryRows, plainRows, tierRows } = await load('report-programs')
const { cell, ratioRows } = await load('report-table')
const { deoptimisations, shares } = await load('ticks')

const folder = mkdtempSync(fileURLToPath(new URL('./.test-', import.meta.url)))
const LIST = cacheFile('modules/real-test-triple.list')
startRun()
afterAll(() => {
  for (const path of [folder, LIST, cacheFile(ofRun(''))]) rmSync(path, { recursive: true, force: true })
})

const CODE = [
  { type: 'JS', kind: 'Opt', name: 'f file:///app.cjs' },
  { type: 'JS', kind: 'Maglev', name: 'g file:///app.cjs' },
  { type: 'JS', kind: 'Opt', name: 'compile file:///x/nowasm/dist/compiler.js' },
  { type: 'CODE', kind: 'Builtin', name: 'DataViewPrototypeGetInt32' },
  { type: 'CODE', kind: 'BytecodeHandler', name: 'Ldar' },
  { type: 'CPP', name: 'v8::internal::Heap' },
]
const tick = (ms: number, stack: number[], vm = 0) => ({ tm: ms * 1000, vm, s: stack.flatMap((index) => [index, 0]) })

test('ticks count for the tier that runs, builtins for the one that called them', () => {
  const ticks = [
    tick(1, [0]), // before the program
    tick(10, [0]),
    tick(11, [3, 1]),
    tick(12, [4, 0]),
    tick(13, [5, 0], 1),
    tick(14, [0, 2]),
    tick(15, [3, 2]),
    tick(16, [5, 0], 5),
    tick(17, [-1, 0], 5),
  ]
  expect(shares({ code: CODE, ticks }, [10, 20])).toEqual({
    ticks: 8,
    tiers: {
      'TurboFan': 25,
      'Maglev calls': 12.5,
      'interpreter': 12.5,
      'garbage collector': 12.5,
      'library': 12.5,
      'engine': 25,
    },
    called: { 'DataViewPrototypeGetInt32 from Maglev': 12.5 },
  })
})

test('deoptimisations are counted by reason', async () => {
  const line = (ms: number, reason: string) => `code-deopt,${ms * 1000},64,0x1,-1,5,deopt-eager,<a\\x2Cb:1:2>,${reason}`
  const lines = [line(1, 'wrong map'), line(12, 'overflow'), line(13, 'wrong map'), line(14, 'wrong map'), 'tick,1,2']
  expect(await deoptimisations(lines, [10, 20])).toEqual({
    deoptimisations: 3,
    reasons: { 'wrong map': 2, 'overflow': 1 },
  })
})

test('tables say in a word why there is no figure', () => {
  const report = (problem: string) => ({ name: 'x', figures: { native: { work: 1 }, other: { problem } } })
  const word = (problem: string) => cell(report(problem), 'other', undefined)
  expect(word('wrong result: 1 for 2')).toBe('WRONG')
  expect(word('ended after 300 s')).toBe('time')
  expect(word('unsupported: simd (at 0x69)')).toBe('feature')
  expect(word('FATAL ERROR: Reached heap limit Allocation failed')).toBe('memory')
  expect(word('TypeError: no such thing')).toBe('fails')
})

test('memory has a bound', () => {
  const figures = { native: { peak: 100 }, good: { peak: 300 }, bad: { peak: 301 } }
  const rows = memoryRows([{ name: 'x', figures }], 'native')
  expect(rows.slice(1)).toEqual([
    ['x', '100', '300', '301'],
    ['above 2 x native + 100', '', 0, 1],
  ])
})

test('glue may ask for any custom section but names and what debuggers want', () => {
  const section = (name: string, size: number) => [0, 1 + name.length + size, name.length, ...Buffer.from(name)]
  const bytes = [
    ...section('dylink.0', 2),
    7,
    7,
    1,
    4,
    1,
    0x60,
    0,
    0,
    ...section('jz:i64', 0),
    ...section('name', 1),
    0,
  ]
  const module = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...bytes, ...section('.debug_info', 0)])
  expect(customSectionNames(module)).toEqual(['dylink.0', 'jz:i64'])
})

/** A program like those of the folder: a script that does its work when it is imported, writes a line, and ends. */
const script = (bytes: Uint8Array) => `import fs from 'node:fs'
const bytes = Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (text) => text.charCodeAt(0))
const { instance } = await WebAssembly.instantiate(bytes, {})
const checksum = String(instance.exports.triple(14))
fs.writeSync(1, JSON.stringify({ ok: true, checksum, ms_load: 0, ms_work: 0 }) + '\\n')
process.exit(0)
`

interface Part {
  readonly name: string
  readonly complete: boolean
  readonly reports: readonly { readonly figures: Record<string, object> }[]
}

const few = { batches: 1, ms: 0 }

/** Runs the script on native and those that are named. */
async function runTriple(contestants: readonly string[], choice: { steady: boolean; tiers: boolean }): Promise<Part[]> {
  const drive = join(folder, 'triple.mjs')
  const source = {
    part: 'real',
    names: ['test-triple'],
    child: 'child-drive',
    argument: () => ({ drive }),
    rivals: async () => [],
    work: { full: { warmUp: few, timed: few } },
  }
  let parts: Part[] = []
  await runPrograms(source, {
    ...choice,
    contestants,
    engine: { ...processEngine(process.execPath, 'v'), v8: process.execPath },
    output: outputMaker(),
    runs: 1,
    wanted: () => true,
    onStep() {},
    onParts: (now: Part[]) => {
      parts = now
    },
  })
  return parts
}

test('a program runs natively, ahead of time and at run time', async () => {
  const bytes = wat('(module (func (export "triple") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3))))')
  writeFileSync(join(folder, 'triple.mjs'), script(bytes))
  copyCompiler('nowasm')
  const contestants = ['nowasm', 'nowasm run time']
  const parts = await runTriple(contestants, { steady: true, tiers: false })
  expect(parts.map(({ name, complete }) => [name, complete])).toEqual([
    ['real', true],
    ['real-loading', true],
  ])
  const [{ reports }, loading] = parts as [Part, Part]
  const ms = expect.any(Number)
  const known = { load: ms, work: ms, first: ms, peak: ms, library: ms, steady: ms }
  for (const key of ['native', ...contestants]) expect(reports[0]!.figures[key]).toMatchObject(known)
  expect(loading.reports[0]!.figures['nowasm']).toMatchObject({ first: ms })
  expect(ratioRows(reports, 'native', 'work')[0]).toEqual(
    expect.arrayContaining(['native ms', 'nowasm', 'nowasm run time']),
  )
  expect(plainRows(reports, 'native', 'load')).toHaveLength(2)
  expect(libraryLine(reports, 'native')).toMatch(/nowasm run time [\d.]+ ms/)
  const [profiled] = await runTriple([], { steady: false, tiers: true })
  const native = profiled!.reports[0]!.figures['native']
  expect(native).toMatchObject({ tiers: { ticks: ms, deoptimisations: ms } })
  expect(native).not.toHaveProperty('steady')
  expect(tierRows(profiled!.reports)).toHaveLength(2)
})
