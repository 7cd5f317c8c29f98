// npm run bench -- [--engines NAME,...] [--only kernels,programs,real|features] [--filter TEXT,...] [--contestant NAME,...] [--runs N]
//   [--quick] [--no-steady] [--no-sizes] [--no-interpreters] [--jitless] [--tiers] [--base FOLDER] [--engine-node PATH]
//   [--json FILE] [--resume FILE] [--html FILE] [--docs FOLDER]
// --engines: node (the default), node-here, bun, firefox, quickjs (QJS=PATH), hermes (HERMES=PATH). --quick: one round, with
// less warm-up. --base: another built version of nowasm runs programs in the same rounds. --no-steady: their first run
// alone. --jitless: programs are interpreted too. --tiers: where their time goes, by V8's tier. --json is written as the
// run goes on; what --resume finds complete in such a file is not run again. --docs writes bench.md and its plots into the
// folder, or bench-features.md.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { startRun } from './cache.mjs'
import { ENGINES, openEngine } from './engines.mjs'
import { copyCompiler, install } from './install.mjs'
import { outputMaker } from './outputs.mjs'

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'node' },
    filter: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    contestant: { type: 'string', multiple: true },
    runs: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'no-steady': { type: 'boolean', default: false },
    'no-sizes': { type: 'boolean', default: false },
    'no-interpreters': { type: 'boolean', default: false },
    jitless: { type: 'boolean', default: false },
    tiers: { type: 'boolean', default: false },
    base: { type: 'string' },
    'engine-node': { type: 'string' },
    json: { type: 'string' },
    resume: { type: 'string' },
    html: { type: 'string' },
    docs: { type: 'string' },
  },
})
const runs = Number(values.runs ?? (values.quick ? 1 : 3))
if (!(Number.isInteger(runs) && runs > 0)) usage('runs must be a whole number above 0')
const listed = (texts) => texts?.flatMap((text) => text.split(','))
/** Features have a report of their own: they are run only if asked for, and alone. */
const FILES = ['kernels', 'programs', 'real', 'features']
const files = FILES.filter((name) => listed(values.only)?.includes(name) ?? name !== 'features')
if (files.length === 0) usage(`only must be of ${FILES.join(', ')}`)
if (files.includes('features') && files.length > 1) usage('features are run alone')
const names = values.engines.split(',')
const unknown = names.filter((name) => !ENGINES.includes(name))
if (unknown.length > 0) usage(`no engine ${unknown.join(', ')}: there are ${ENGINES.join(', ')}`)

const results = values.resume
  ? JSON.parse(readFileSync(values.resume, 'utf8'))
  : { machine: `${os.cpus().length} x ${os.cpus()[0]?.model.trim()}`, load: os.loadavg()[0], runs, engines: [] }
results.date = new Date().toISOString()

install({ corpus: files.includes('programs') })
startRun()
copyCompiler('nowasm')
if (values.base) copyCompiler('base', values.base)
const output = outputMaker()
for (const name of names) await runEngine(name)

if (files.includes('features')) await reportFeatures()
else await reportPrograms()

async function reportFeatures() {
  const { featuresReport, writeFeatures } = await import('./report-features.mjs')
  console.log(featuresReport(results))
  save()
  if (values.docs) writeFeatures(results, values.docs)
}

async function reportPrograms() {
  const { terminalReport } = await import('./report-terminal.mjs')
  console.log(terminalReport(results))
  save()
  if (values.html) {
    const { htmlReport } = await import('./report-html.mjs')
    writeFileSync(values.html, htmlReport(results))
  }
  if (values.docs) {
    const { writeDocs } = await import('./report-docs.mjs')
    writeDocs(results, values.docs)
  }
}

async function runEngine(name) {
  const engine = await openEngine(name, { node: values['engine-node'] })
  if (!engine) return
  const { title, version } = engine
  const about = results.engines.find((each) => each.name === name) ?? { name, parts: [] }
  if (!results.engines.includes(about)) results.engines.push(about)
  Object.assign(about, { title, version })
  try {
    for (const file of files) {
      const { PARTS = [file], run } = await import(`./run-${file}.mjs`)
      const isComplete = (part) => about.parts.some((each) => each.name === part && each.complete)
      const isProgram = file === 'programs' || file === 'real'
      if (PARTS.some(isComplete) || (isProgram && !engine.programs)) continue
      await run({ ...options(engine), onParts: (parts) => keep(about, parts) })
    }
  } finally {
    await engine.close()
  }
}

function options(engine) {
  const filter = listed(values.filter)
  return {
    output,
    engine,
    runs,
    quick: values.quick,
    interpreters: Boolean(engine.jitless ?? engine.contestants) && !values['no-interpreters'],
    contestants: listed(values.contestant),
    wanted: (name) => !filter || filter.some((text) => name.includes(text)),
    base: Boolean(values.base),
    steady: !values['no-steady'],
    sizes: !values['no-sizes'] && !values.quick,
    jitless: values.jitless && Boolean(engine.jitless),
    tiers: values.tiers,
    onStep: (round, { at, of }, name, key) => {
      const what = round === undefined ? 'tiers' : `round ${round + 1} of ${runs}`
      const where = `${engine.name}, ${what}, ${at} of ${of}`
      process.stderr.write(`${where}: ${name} on ${key}\n`)
    },
  }
}

/** Puts what is known of parts of an engine's run into the results, and these on the disk. */
function keep(about, parts) {
  for (const part of parts) {
    const at = about.parts.findIndex(({ name }) => name === part.name)
    if (at < 0) about.parts.push(part)
    else about.parts[at] = part
  }
  save()
}

/** The file is whole at any time: a run may be interrupted. */
function save() {
  if (!values.json) return
  writeFileSync(`${values.json}.tmp`, `${JSON.stringify(results, null, 2)}\n`)
  renameSync(`${values.json}.tmp`, values.json)
}

function usage(message) {
  console.error(message)
  process.exit(2)
}
