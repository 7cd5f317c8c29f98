// The real programs' part of a run: packages from npm behind their own glue.
import { readdirSync, readFileSync } from 'node:fs'
import { writeCache } from './cache.mjs'
import { aheadName, savedModules } from './modules.mjs'
import { runRounds } from './rounds.mjs'
import { figures } from './run-kernels.mjs'
import { moduleSizes } from './sizes.mjs'

const CONTESTANTS = ['native', 'nowasm', 'wasm2js', 'polywasm']
const WORK = { warmUp: { batches: 4, ms: 6000 }, timed: { batches: 4, ms: 6000 } }
const SAVING = { warmUp: { batches: 1, ms: 0 }, timed: { batches: 1, ms: 0 } }

/** Some of wasm2js's inputs would take minutes and gigabytes. */
const WASM2JS_LIMIT = 3_000_000

/** Names of all programs. */
export const PROGRAMS = readdirSync(new URL('./programs', import.meta.url))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace(/\.mjs$/, ''))

/** Prepares and runs the programs that `wanted` accepts. @returns {Promise<{ programs: object[] }>} */
export async function run({ output, engine, runs, contestants, wanted, onStep }) {
  const groups = []
  for (const name of PROGRAMS.filter(wanted)) groups.push(await prepare(name, output, engine, contestants))
  await runRounds(groups, { engine, count: runs, limitMs: 300_000, onStep })
  return { programs: groups.map(({ name, entries, sizes }) => ({ name, sizes, figures: figures(entries) })) }
}

async function prepare(name, output, engine, chosen) {
  process.stderr.write(`preparing ${name} ...\n`)
  const { rivals = [] } = await import(`./programs/${name}.mjs`)
  const keys = [...CONTESTANTS, ...rivals].filter((key) => key === 'native' || !chosen || chosen.includes(key))
  const modules = savedModules(name) ?? (await save(name, engine))
  const entries = []
  for (const key of keys) {
    const problem = await ahead(output, key, modules)
    const argument = { program: name, contestant: key, ...WORK }
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

/** An ES module of wasm2js, which is an instance, as CommonJS that can be given imports. */
function instantiable(code) {
  const end = code.lastIndexOf('var retasmFunc')
  const program = code.slice(0, end).replaceAll(/^import .*$/gm, '')
  return `${program}\nexports.instantiate = (imports) => ({ exports: asmFunc(imports) })\n`
}

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
