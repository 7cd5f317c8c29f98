// npm run bench -- [--engines NAME,...] [--filter TEXT]... [--only kernels|programs|features] [--contestant NAME]... [--runs N]
//   [--quick] [--no-interpreters] [--engine-node PATH] [--json FILE] [--resume FILE] [--html FILE] [--docs FOLDER]
// --engines: node (the default), bun, firefox, quickjs (QJS=PATH), hermes (HERMES=PATH). --quick: one round, with less
// warm-up. --json is written as the run goes on; what --resume finds complete in such a file is not run again. --docs
// writes bench.md and its plots into the folder, or bench-features.md.
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
    only: { type: 'string' },
    contestant: { type: 'string', multiple: true },
    runs: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'no-interpreters': { type: 'boolean', default: false },
    'engine-node': { type: 'string' },
    json: { type: 'string' },
    resume: { type: 'string' },
    html: { type: 'string' },
    docs: { type: 'string' },
  },
})
const runs = Number(values.runs ?? (values.quick ? 1 : 3))
if (!(Number.isInteger(runs) && runs > 0)) usage('runs must be a whole number above 0')
if (values.only && !['kernels', 'programs', 'features'].includes(values.only))
  usage('only must be kernels, programs or features')
const names = values.engines.split(',')
const unknown = names.filter((name) => !ENGINES.includes(name))
if (unknown.length > 0) usage(`no engine ${unknown.join(', ')}: there are ${ENGINES.join(', ')}`)

const files = values.only ? [values.only] : ['kernels', 'programs']
const results = values.resume
  ? JSON.parse(readFileSync(values.resume, 'utf8'))
  : { machine: `${os.cpus().length} x ${os.cpus()[0]?.model.trim()}`, load: os.loadavg()[0], runs, engines: [] }
results.date = new Date().toISOString()

install({ programs: files.includes('programs') })
startRun()
copyCompiler()
const output = outputMaker()
for (const name of names) await runEngine(name)

if (values.only === 'features') await reportFeatures()
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
      const { PARTS, run } = await import(`./run-${file}.mjs`)
      const isComplete = (part) => about.parts.some((each) => each.name === part && each.complete)
      if (PARTS.some(isComplete) || (file === 'programs' && !engine.programs)) continue
      await run({ ...options(engine), onParts: (parts) => keep(about, parts) })
    }
  } finally {
    await engine.close()
  }
}

function options(engine) {
  return {
    output,
    engine,
    runs,
    quick: values.quick,
    interpreters: Boolean(engine.jitless ?? engine.contestants) && !values['no-interpreters'],
    contestants: values.contestant,
    wanted: (name) => !values.filter || values.filter.some((text) => name.includes(text)),
    onStep: (round, { at, of }, name, key) => {
      const where = `${engine.name}, round ${round + 1} of ${runs}, ${at} of ${of}`
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
