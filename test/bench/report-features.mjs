// The page of the features: one table for each, with all engines side by side.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { overall, problems, ratio, table } from './report-table.mjs'
import { SCALAR } from './run-features.mjs'

/** Writes `bench-features.md` into a folder. */
export function writeFeatures(results, folder) {
  const template = readFileSync(new URL('./features.md', import.meta.url), 'utf8')
  const texts = { run: runText(results) }
  for (const { name } of partsOf(results)) texts[name] = markdown(rowsOf(results, name))
  texts.problems = listOf(results)
  const page = template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name) => texts[name] || 'Not in this run.')
  writeFileSync(join(folder, 'bench-features.md'), page)
}

/** The same for the terminal. */
export const featuresReport = (results) =>
  [...partsOf(results).map(({ name }) => `${name}\n${table(rowsOf(results, name))}`), listOf(results)].join('\n\n')

const runText = ({ machine, date, runs, engines }) =>
  `${machine}, ${date.slice(0, 10)}, ${runs === 1 ? '1 round' : `${runs} rounds`}; ${engines.map(({ version }) => version).join(', ')}`

/** The parts of the first engine: all have the same. */
const partsOf = ({ engines }) => engines[0]?.parts ?? []

const listOf = ({ engines }) =>
  engines
    .flatMap(({ title, parts }) =>
      parts.flatMap(({ reports }) => problems(reports).map((line) => `- ${title}: ${line}`)),
    )
    .join('\n')

/** A line for each program, with columns for each engine. */
function rowsOf({ engines }, name) {
  const columns = name === 'simd' ? SIMD : timesOne(engines, name) ? OPERATIONS : PROGRAMS
  const own = engines
    .map((engine) => ({ ...engine, part: engine.parts.find((part) => part.name === name) }))
    .filter(({ part }) => part)
  const heading = [
    '',
    ...own.flatMap(({ title }) => columns.map(({ heading }) => `${title.replace(/ .*/, '')}: ${heading}`)),
  ]
  const names = own[0].part.reports.map((report) => report.name)
  const rows = names.map((program) => [
    program,
    ...own.flatMap(({ part }) => {
      const report = part.reports.find((each) => each.name === program)
      return columns.map(({ cell }) => (report ? digits(cell(report)) : '-'))
    }),
  ])
  if (name !== 'simd' && name !== 'gc') return [heading, ...rows]
  const sums = (pick) =>
    own.flatMap(({ part }) => columns.map(({ sum }) => (sum ? digits(pick(sum(part.reports))) : '')))
  return [heading, ...rows, ['geomean', ...sums((all) => all?.geomean)], ['worst', ...sums((all) => all?.worst.value)]]
}

const timesOne = (engines, name) =>
  engines.some(({ parts }) => parts.some((part) => part.name === name && part.reports[0]?.ops))

/** Of vectors: the time without them, what they take of it, and of the native engine's time with and without them. */
const SIMD = [
  { heading: 'scalar ms', cell: ({ figures }) => figures[SCALAR]?.steady },
  of('nowasm', SCALAR, 'vectors / scalar'),
  of('nowasm', 'native, scalar', 'vectors / native scalar'),
  of('nowasm', 'native', 'vectors / native vectors'),
]

const PROGRAMS = [
  { heading: 'native ms', cell: ({ figures }) => figures.native?.steady },
  of('nowasm', 'native', 'nowasm / native'),
]

/** Nanoseconds of one operation. */
const time =
  (key) =>
  ({ figures, n }) =>
    figures[key]?.steady === undefined ? undefined : (figures[key].steady / n) * 1e6

const OPERATIONS = [
  { heading: 'native ns', cell: time('native') },
  { heading: 'nowasm ns', cell: time('nowasm') },
  of('nowasm', 'native', 'nowasm / native'),
]

function of(key, base, heading) {
  return {
    heading,
    cell: (report) => ratio(report, key, base, 'steady'),
    sum: (reports) => overall(reports, key, base, 'steady'),
  }
}

function markdown([heading, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}
