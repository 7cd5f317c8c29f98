// The real programs' part of a run: packages from npm behind their own glue.
import { readdirSync, readFileSync } from 'node:fs'
import { wasm2jsFactory } from '../../dist/src/cli/bench/peers.js'
import { writeCache } from './cache.mjs'
import { aheadName, savedModules } from './modules.mjs'
import { runRounds } from './rounds.mjs'
import { figures } from './run-kernels.mjs'
import { moduleSizes } from './sizes.mjs'

const CONTESTANTS = ['native', 'nowasm', 'wasm2js', 'polywasm']
const WORK = {
  full: { warmUp: { batches: 4, ms: 6000 }, timed: { batches: 4, ms: 6000 } },
  quick: { warmUp: { batches: 3, ms: 4000 }, timed: { batches: 2, ms: 2000 } },
}
const SAVING = { warmUp: { batches: 1, ms: 0 }, timed: { batches: 1, ms: 0 } }

/** Some of wasm2js's inputs would take minutes and gigabytes. */
const WASM2JS_LIMIT = 3_000_000

/** Names of all programs. */
export const PROGRAMS = readdirSync(new URL('./programs', import.meta.url))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace(/\.mjs$/, ''))

/** The parts of the results that `run` makes. */
export const PARTS = ['programs']

/** Prepares and runs the programs that `wanted` accepts; options and `onParts` as in run-kernels.mjs. */
export async function run({ engine, runs, wanted, onStep, onParts, ...options }) {
  const groups = []
  for (const name of PROGRAMS.filter(wanted)) groups.push(await prepared(name, { engine, ...options }))
  const parts = (complete) => [{ name: 'programs', base: 'native', complete, reports: groups.map(report) }]
  const onGroup = () => onParts(parts(false))
  await runRounds(groups, { engine, count: runs, limitMs: 300_000, onStep, onGroup })
  onParts(parts(true))
}

const report = ({ name, entries, sizes }) => ({ name, sizes, figures: figures(entries) })

/** A program that does not even run natively once is a line among those without a figure. */
const prepared = (name, options) =>
  prepare(name, options).catch(({ message }) => ({ name, entries: [{ key: 'native', rounds: [], problem: message }] }))

async function prepare(name, { output, engine, contestants: chosen, quick }) {
  process.stderr.write(`preparing ${name} ...\n`)
  const { rivals = [] } = await import(`./programs/${name}.mjs`)
  const keys = [...CONTESTANTS, ...rivals].filter((key) => key === 'native' || !chosen || chosen.includes(key))
  const modules = savedModules(name) ?? (await save(name, engine))
  const entries = []
  for (const key of keys) {
    const problem = await ahead(output, key, modules)
    const argument = { program: name, contestant: key, ...(quick ? WORK.quick : WORK.full) }
    entries.push({ key, flags: [], child: 'child-program', argument, rounds: [], ...(problem ? { problem } : {}) })
  }
  return { name, entries, sizes: await totalSizes(output, modules) }
}

/** Lets a program run natively once, to have its modules. */
async function save(name, engine) {
  const argument = { program: name, contestant: 'native', save: true, ...SAVING }
  const entry = { key: 'native', flags: [], child: 'child-program', argument, rounds: [] }
  await runRounds([{ name, entries: [entry] }], { engine, count: 1, limitMs: 300_000 })
  if (entry.problem) throw new Error(`${name}: ${entry.problem}`)
  return savedModules(name)
}

/** Compiles the modules for a contestant that needs files. @returns why that is not possible, or undefined */
async function ahead(output, key, modules) {
  if (key !== 'nowasm' && key !== 'wasm2js') return undefined
  const large = modules.find(({ bytes }) => bytes.length > WASM2JS_LIMIT)
  if (key === 'wasm2js' && large) return `not tried above ${WASM2JS_LIMIT / 1e6} MB`
  for (const { key: module, bytes } of modules) {
    const { file, skipped } = await output(key === 'nowasm' ? 'nowasm-cjs' : 'wasm2js', module, bytes)
    if (skipped) return skipped
    const code = readFileSync(file, 'utf8')
    writeCache(aheadName(key, module), key === 'nowasm' ? code : instantiable(code))
  }
}

/** As CommonJS that can be given imports. */
const instantiable = (code) => `exports.instantiate = (() => {${wasm2jsFactory(code)}})()\n`

const sizedKinds = (bytes) => ({
  nowasm: 'nowasm-cjs',
  ...(bytes.length <= WASM2JS_LIMIT && { wasm2js: 'wasm2js' }),
})

/** The sizes of all modules of a program together. */
async function totalSizes(output, modules) {
  const total = {}
  const all = []
  for (const { key, bytes } of modules) all.push(await moduleSizes(output, key, bytes, sizedKinds(bytes)))
  for (const kind of ['wasm', 'nowasm', 'wasm2js']) {
    if (all.every((sizes) => sizes[kind])) total[kind] = all.reduce((sum, sizes) => sum + sizes[kind], 0)
  }
  return total
}
