// npm run programs -- [--aot] [--node26] [--levels O0,O1,O2,O3,interpreter] [--timeout SECONDS] [PROGRAM]...
// Real programs behind their own loaders, natively and compiled: the bytes that come out are compared, on this Node and
// with --node26 on that too. They are compiled at run time, or with --aot ahead of time, for the WebAssembly object of nowasm/aot, and
// run where no text can be evaluated. The programs are a folder beside the repository, ../shared/programs, or what the variable
// NOWASM_PROGRAMS names; its run.mjs runs them. Ends with 1 when one differs or fails.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { NO_EVAL } from '../corpus/engines.mjs'
import { table } from '../corpus/table.mjs'
import { installNode26 } from '../node26/install.mjs'
import { aheadOfTime } from './ahead.mjs'
import { HOME, prepareHome, programNames, programsFolder } from './folder.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** What createWebAssembly and compile take, by the name of the level. */
const LEVELS = {
  O0: { optimize: 0 },
  O1: { optimize: 1 },
  O2: {},
  O3: { optimize: 3 },
  interpreter: { engine: 'interpreter' },
}

const { values, positionals } = parseArgs({
  options: {
    aot: { type: 'boolean', default: false },
    node26: { type: 'boolean', default: false },
    levels: { type: 'string', default: 'O2' },
    timeout: { type: 'string', default: '600' },
  },
  allowPositionals: true,
})
const levels = values.levels.split(',')
const unknown = levels.filter((level) => !(level in LEVELS))
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}\nlevels: ${Object.keys(LEVELS).join(', ')}`)
  process.exit(2)
}
const programs = programsFolder()
if (!existsSync(join(programs, 'run.mjs'))) {
  console.error(`not run: no programs in ${programs}`)
  process.exit(2)
}

/** Runs the programs on one Node at one level. */
async function run(node, level) {
  const version = (await output(node, ['-p', 'process.versions.node.split(".")[0]'])).trim()
  const name = `${version} ${level}${values.aot ? ' aot' : ''}`
  process.stderr.write(`\nNode ${name}\n`)
  const options = LEVELS[level]
  if (!values.aot)
    return { name, results: await runAll(node, positionals, { NOWASM_OPTIONS: JSON.stringify(options) }) }
  const results = new Map()
  for (const program of positionals.length > 0 ? positionals : programNames()) {
    const env = await aheadOfTime(node, program, options, level)
    for (const [key, result] of await runAll(node, [program], env)) results.set(key, result)
  }
  return { name, results }
}

/** What the folder's own runner finds out of programs, of all if none is named. */
async function runAll(node, names, variables) {
  const file = here(`.cache/${process.pid}.json`)
  const shim = values.aot ? ['--shim', here('shim-aot.mjs'), '--flags', NO_EVAL] : ['--shim', here('shim.mjs')]
  const words = [...shim, '--node', node, '--home', HOME, '--timeout', values.timeout, '--json', file]
  await output(process.execPath, [join(programs, 'run.mjs'), ...words, ...names], { ...process.env, ...variables })
  const results = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  return new Map(results.map((result) => [result.name, result]))
}

/** Resolves to what a command writes, which stderr gets too; run.mjs ends with 1 if a program fails. */
function output(command, args, env = process.env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (data) => {
    text += data
    if (env !== process.env) process.stderr.write(data)
  })
  return new Promise((done, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code > 1 ? reject(new Error(`${args[0]} ended with ${code}`)) : done(text)))
  })
}

/** Whether this Node's own engine cannot run a program: there is nothing to compare with. */
const isUnknownHere = ({ error }) => error?.startsWith('natively:') === true

function cell({ same, total, error }) {
  if (same) return total.toFixed(2)
  if (isUnknownHere({ error })) return 'not natively'
  return 'FAILED'
}

function report(all) {
  const names = [...all[0].results.keys()]
  console.log('\nNode and level: load and work, as a ratio to the native engine, where the same bytes came out\n')
  console.log(
    table(
      ['program', ...all.map(({ name }) => name)],
      names.map((name) => [name, ...all.map(({ results }) => cell(results.get(name)))]),
    ),
  )
  const results = all.flatMap((each) => [...each.results.values()].map((result) => ({ ...result, on: each.name })))
  const unknown = results.filter(isUnknownHere)
  const failed = results.filter((result) => !result.same && !isUnknownHere(result))
  for (const { name, on, error } of failed) console.log(`\n${name} on ${on}: ${error}`)
  const same = results.length - failed.length - unknown.length
  console.log(`\n${same} runs the same, ${failed.length} failed, ${unknown.length} do not run natively`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

prepareHome()
const nodes = [process.execPath, ...(values.node26 ? [installNode26()] : [])]
const runs = []
for (const node of nodes) for (const level of levels) runs.push(await run(node, level))
report(runs)
