// A part of a run that has programs behind their own glue: the first run of each in fresh processes, its steady state
// where it can be repeated, what it takes to start a module, and the same where everything is interpreted.
import { readFileSync } from 'node:fs'
import { wasm2jsFactory } from '../../dist/src/cli/bench/peers.js'
import { cacheFile, writeCache } from './cache.mjs'
import { PROGRAM_CONTESTANTS, rival } from './contestants.mjs'
import { aheadName, savedModules } from './modules.mjs'
import { preload } from './place.mjs'
import { runRounds } from './rounds.mjs'
import { figures } from './run-kernels.mjs'
import { moduleSizes } from './sizes.mjs'
import { addTiers } from './tiers.mjs'

/**
 * Where programs come from. `child` is the script that runs one, with `argument`; `work` says how much is repeated,
 * and with `later` that this is done in the first round only.
 * @typedef {{ part: string, names: string[], child: string, argument(name: string, contestant: string): object,
 *   rivals(name: string): Promise<string[]>, work: { full: object, quick: object, later?: object } }} Source
 */

/** Some of wasm2js's inputs would take minutes and gigabytes. */
const WASM2JS_LIMIT = 3_000_000

/** Programs whose memory grows to gigabytes natively want more than Node gives by itself. */
const HEAP = '--max-old-space-size=8000'

/** Natively once, no more than is needed to see the modules. */
const LIMIT_MS = 300_000

/**
 * Prepares and runs the programs of a source that `wanted` accepts. `onParts` gets, again and again, the parts with their
 * figures so far: one named as the source is, `-loading`, and `-interpreted` if that is wanted.
 * @param {Source} source
 * @param {object} options those of run-kernels.mjs, and `base`: another build of nowasm runs beside this one;
 *   `steady`: the work is repeated; `jitless`: everything is run interpreted too; `tiers`: one more run of each under the
 *   profiler
 */
export async function runPrograms(source, { engine, runs, wanted, onStep, onParts, ...options }) {
  const groups = []
  for (const name of source.names.filter(wanted)) groups.push(...(await prepared(source, name, { engine, ...options })))
  const parts = (complete) => {
    const names = [...new Set(groups.map(({ part }) => part))]
    const reports = (name) => groups.filter(({ part }) => part === name).map(report)
    return names.map((name) => ({ name, base: 'native', complete, reports: reports(name) }))
  }
  const onGroup = () => onParts(parts(false))
  await runRounds(groups, { engine, count: runs, limitMs: LIMIT_MS, onStep, onGroup })
  const main = groups.filter(({ part }) => part === source.part)
  if (options.tiers && engine.v8) await addTiers(main, { engine, limitMs: LIMIT_MS, onStep, onGroup })
  onParts(parts(true))
}

const report = ({ name, entries, sizes }) => ({ name, sizes, figures: figures(entries) })

/** A program that does not even run natively once is a line among those without a figure. */
const prepared = (source, name, options) =>
  prepare(source, name, options).catch(({ message }) => [
    { name, part: source.part, entries: [{ key: 'native', rounds: [], problem: message }] },
  ])

async function prepare(source, name, { output, engine, quick, steady, sizes, ...choice }) {
  process.stderr.write(`preparing ${name} ...\n`)
  const chosen = chosenFrom([...PROGRAM_CONTESTANTS, ...(await source.rivals(name)).map(rival)], choice)
  const list = `${source.part}-${name}`
  const modules = savedModules(list) ?? (await save(source, name, list, engine))
  const largest = modules.reduce((a, b) => (b.bytes.length > a.bytes.length ? b : a))
  const work = steady ? source.work[quick ? 'quick' : 'full'] : {}
  const groups = { '': [], '-loading': [], '-interpreted': [] }
  for (const contestant of chosen) {
    const problem = await madeAhead(output, contestant, modules)
    const add = (suffix, child, argument, later) =>
      groups[suffix].push(entryOf(contestant, child, argument, { problem, later }))
    const first = source.argument(name, contestant.key)
    if (!contestant.interpreted) {
      add('', source.child, { ...first, ...work }, source.work.later && first)
      if (contestant.how !== 'nothing') add('-loading', 'child-loading', loadingOf(contestant, largest.key))
    }
    if (contestant.interpreted || contestant.key === 'native') add('-interpreted', source.child, first)
  }
  const total = sizes ? await totalSizes(output, modules) : {}
  return Object.entries(groups)
    .filter(([suffix, entries]) => suffix !== '-interpreted' || entries.length > 1)
    .map(([suffix, entries]) => ({ name, part: source.part + suffix, entries, sizes: suffix === '' ? total : {} }))
}

/** Native, and of the others those that are named, or all that are possible. */
function chosenFrom(all, { contestants: named, base, jitless }) {
  const isPossible = ({ build, interpreted }) => (build !== 'base' || base) && (!interpreted || jitless)
  return all.filter((each) => each.key === 'native' || (isPossible(each) && (!named || named.includes(each.key))))
}

const entryOf = (contestant, child, argument, { problem, later } = {}) => ({
  key: contestant.key,
  flags: [...contestant.flags, HEAP],
  preload: preload(contestant),
  child,
  argument,
  rounds: [],
  ...(problem && { problem }),
  ...(later && { later }),
})

const loadingOf = ({ how, output }, key) => ({
  how,
  file: cacheFile(how === 'ahead' ? aheadName(output, key) : `modules/${key}.wasm`),
})

/** Lets a program run natively once, to have its modules. */
async function save(source, name, list, engine) {
  const [native] = PROGRAM_CONTESTANTS
  const entry = entryOf(native, source.child, { ...source.argument(name, native.key), save: list })
  await runRounds([{ name, entries: [entry] }], { engine, count: 1, limitMs: LIMIT_MS })
  if (entry.problem) throw new Error(entry.problem)
  return savedModules(list)
}

/** Compiles the modules for a contestant that needs files. @returns why that is not possible, or undefined */
async function madeAhead(output, { how, output: kind }, modules) {
  if (how !== 'ahead') return undefined
  const isLarge = modules.some(({ bytes }) => bytes.length > WASM2JS_LIMIT)
  if (kind === 'wasm2js' && isLarge) return `not tried above ${WASM2JS_LIMIT / 1e6} MB`
  for (const { key, bytes } of modules) {
    const { file, skipped } = await output(kind, key, bytes)
    if (skipped) return skipped
    const code = readFileSync(file, 'utf8')
    writeCache(aheadName(kind, key), kind === 'wasm2js' ? instantiable(code) : code)
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
