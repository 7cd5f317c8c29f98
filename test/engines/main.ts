// npm run test:engines -- [ENGINE]... [options]
// The suite's core and real programs, compiled here, on every engine that is there. Prints the table of what runs where; with
// `--write` the README gets it, with the rows of engines that were not asked for as they were in their last run. Ends with 1 if a command fails that no lack of the engine excuses, or a program gives other bytes than natively.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { BROWSERS } from './browsers.ts'
import type { Engine } from './engine.ts'
import { install } from './install.ts'
import type { Variant } from './outputs.ts'
import { preparePrograms } from './programs.ts'
import { type Row, runEngine, type Work } from './run.ts'
import { savedRow, saveRow } from './saved.ts'
import { prepare } from './script.ts'
import { SHELLS } from './shells.ts'
import { type NotRun, tableOf } from './table.ts'

const ENGINES = [...SHELLS, ...BROWSERS]
const README = 'README.md'
const SHOWN = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string', default: SUITE },
    only: { type: 'string', default: '' },
    install: { type: 'boolean', default: false },
    there: { type: 'boolean', default: true },
    write: { type: 'boolean', default: false },
  },
  allowNegative: true,
})

/** Everything for the engines of a variant; it is large, and is made for one variant at a time. */
function workOf(variant: Variant): Work {
  const folder = join(values.suite, 'core')
  const scripts = findScripts(folder)
    .filter(({ path }) => path.includes(values.only))
    .map(({ path, file }) => ({ path, ...prepare(readScript(file), variant) }))
  return { scripts, programs: preparePrograms(variant), folder: values.there ? folder : undefined }
}

async function rowOf(engine: Engine, work: Work): Promise<Row | NotRun> {
  const start = performance.now()
  try {
    const row = await runEngine(engine, work)
    const failed = [
      ...row.suite.failed,
      ...(row.there?.failed.map((line) => `compiled there: ${line}`) ?? []),
      ...row.wrong,
    ]
    const seconds = Math.round((performance.now() - start) / 1000)
    console.error(`${engine.title}, ${row.version}: ${row.suite.passed} passed, ${failed.length} failed, ${seconds} s`)
    for (const line of failed.slice(0, SHOWN)) console.error(`  ${line}`)
    saveRow(row)
    return row
  } catch (error) {
    const reason = (error as Error).message
    console.error(`${engine.title}: not run, ${reason}`)
    return { title: engine.title, reason }
  }
}

/** What stands between two lines of the README is replaced. */
function write(table: string): void {
  const text = readFileSync(README, 'utf8')
  const replaced = text.replace(
    /(<!-- engines: .* -->\n)[\s\S]*?(\n<!-- engines end -->)/,
    (_, a, b) => `${a}\n${table}\n${b}`,
  )
  if (replaced === text && !text.includes(table)) throw new Error(`no place for the table in ${README}`)
  writeFileSync(README, replaced)
}

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !ENGINES.some((engine) => engine.name === name))
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(', ')}\nengines: ${ENGINES.map(({ name }) => name).join(', ')}`)
    return 2
  }
  if (values.install) await install()
  const chosen = ENGINES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  const variants = new Set(chosen.map(({ variant }) => JSON.stringify(variant)))
  const found = new Map<Engine, Row | NotRun>()
  for (const key of variants) {
    const work = workOf(JSON.parse(key) as Variant)
    for (const engine of chosen.filter(({ variant }) => JSON.stringify(variant) === key)) {
      found.set(engine, await rowOf(engine, work))
    }
  }
  const rows = chosen.map((engine) => found.get(engine)!)
  console.log(tableOf(rows))
  if (values.write) write(tableOf(ENGINES.map((engine) => found.get(engine) ?? savedRow(engine))))
  return rows.every((row) => 'reason' in row || isGood(row)) ? 0 : 1
}

const isGood = ({ suite, there, wrong }: Row): boolean =>
  suite.failed.length === 0 && (there?.failed.length ?? 0) === 0 && wrong.length === 0

process.exitCode = await main()
