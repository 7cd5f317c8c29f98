// npm run bench -- [--filter TEXT]... [--only kernels|programs] [--runs N] [--engine-node PATH] [--no-interpreters]
//   [--contestant NAME]... [--json FILE] [--html FILE] [--docs FOLDER]
// --docs writes bench.md and its plots into the folder.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { startRun } from './cache.mjs'
import { benchNode, copyCompiler, install } from './install.mjs'
import { outputMaker } from './outputs.mjs'

const { values } = parseArgs({
  options: {
    filter: { type: 'string', multiple: true },
    only: { type: 'string' },
    runs: { type: 'string', default: '3' },
    'engine-node': { type: 'string' },
    'no-interpreters': { type: 'boolean', default: false },
    contestant: { type: 'string', multiple: true },
    json: { type: 'string' },
    html: { type: 'string' },
    docs: { type: 'string' },
  },
})
const runs = Number(values.runs)
if (!(Number.isInteger(runs) && runs > 0)) usage('runs must be a whole number above 0')
if (values.only && !['kernels', 'programs'].includes(values.only)) usage('only must be kernels or programs')

const parts = values.only ? [values.only] : ['kernels', 'programs']
install({ programs: parts.includes('programs') })
startRun()
copyCompiler()
const engine = values['engine-node'] ?? benchNode()
const options = {
  output: outputMaker(),
  engine,
  runs,
  interpreters: !values['no-interpreters'],
  contestants: values.contestant,
  wanted: (name) => !values.filter || values.filter.some((text) => name.includes(text)),
  onStep: (round, name, key) => process.stderr.write(`round ${round + 1} of ${runs}: ${name} on ${key}\n`),
}
const results = {
  date: new Date().toISOString(),
  engine: `${execFileSync(engine, ['--version']).toString().trim()}`,
  machine: `${os.cpus().length} x ${os.cpus()[0]?.model.trim()}`,
  load: os.loadavg()[0],
  runs,
}
for (const part of parts) {
  const { run } = await import(`./run-${part}.mjs`)
  Object.assign(results, await run(options))
}

const { terminalReport } = await import('./report-terminal.mjs')
console.log(terminalReport(results))
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
if (values.html) {
  const { htmlReport } = await import('./report-html.mjs')
  writeFileSync(values.html, htmlReport(results))
}

if (values.docs) {
  const { writeDocs } = await import('./report-docs.mjs')
  writeDocs(results, values.docs)
}

function usage(message) {
  console.error(message)
  process.exit(2)
}
