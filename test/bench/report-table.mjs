// The tables of all reports: which cells, and as lines of text.
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { geomean } from './statistics.mjs'

/** Columns aligned by spaces: the first to the left, figures to the right. */
export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((cells) => String(cells[i]).length)))
  const cell = (value, i) => (i === 0 ? String(value).padEnd(widths[i]) : String(value).padStart(widths[i]))
  return rows.map((cells) => cells.map(cell).join('  ').trimEnd()).join('\n')
}

/** The ratio of a contestant to `base` in one program, or undefined where one of them has no figure. */
export function ratio({ figures }, key, base, what) {
  const [a, b] = [figures[key]?.[what], figures[base]?.[what]]
  return a === undefined || b === undefined ? undefined : a / b
}

/** Why there is no figure, in a word. */
const WORDS = [
  [/^wrong result/, 'WRONG'],
  [/^not tried above/, 'large'],
  [/^ended after/, 'time'],
  [/heap|memory|allocat/i, 'memory'],
  [/unsupported|unknown const|wasm2js cannot convert/i, 'feature'],
  [/^no figure of/, '-'],
]

/** A value of a contestant, or the word for why it has none. */
export function cell({ figures }, key, value) {
  const { problem } = figures[key] ?? {}
  if (problem === undefined) return digits(value)
  return WORDS.find(([pattern]) => pattern.test(problem))?.[1] ?? 'fails'
}

/** The contestants of a report in their order, without `base`. */
export const rivals = (reports, base) => [
  ...new Set(reports.flatMap(({ figures }) => Object.keys(figures)).filter((key) => key !== base)),
]

/** The points of a plot of first run against steady state: each program on each contestant that has both figures. */
export function points(reports, keys, base) {
  return reports.flatMap((report) =>
    keys.flatMap((key, series) => {
      const [x, y] = ['steady', 'first'].map((what) => ratio(report, key, base, what))
      return x === undefined || y === undefined ? [] : [{ x, y, series, name: `${report.name}, ${key}` }]
    }),
  )
}

/** Geomean, worst and number of the ratios of a contestant to `base` over all programs that have both. */
export function overall(reports, key, base, what) {
  const found = reports
    .map((report) => ({ name: report.name, value: ratio(report, key, base, what) }))
    .filter(({ value }) => value !== undefined)
  if (found.length === 0) return undefined
  const worst = found.reduce((a, b) => (b.value > a.value ? b : a))
  return { count: found.length, geomean: geomean(found.map(({ value }) => value)), worst }
}

/** A table of ratios to `base`, under its title. */
export const ratioTable = (title, reports, base, what) => `${title}\n${table(ratioRows(reports, base, what))}`

/**
 * The cells of a table of ratios to `base`, a line for each program, below them the geomean and the worst.
 * @param what `steady`, `first` or `work`
 */
export function ratioRows(reports, base, what) {
  const keys = rivals(reports, base)
  const rows = reports.map((report) => [
    report.name,
    report.topic ?? '',
    digits(report.figures[base]?.[what]),
    ...keys.map((key) => cell(report, key, ratio(report, key, base, what))),
    what === 'steady' ? spread(report) : digits(ratio(report, 'nowasm', 'wasm2js', what)),
  ])
  const last = what === 'steady' ? 'spread %' : 'nowasm/wasm2js'
  const heading = ['', 'topic', `${base} ms`, ...keys.map((key) => `${key}`), last]
  const sums = keys.map((key) => overall(reports, key, base, what))
  rows.push(['geomean', '', '', ...sums.map((sum) => digits(sum?.geomean)), ''])
  rows.push(['worst', '', '', ...sums.map((sum) => digits(sum?.worst.value)), ''])
  rows.push(['programs', '', '', ...sums.map((sum) => sum?.count ?? 0), ''])
  return [heading, ...rows]
}

/** The largest spread between rounds of any contestant. */
function spread({ figures }) {
  const spreads = Object.values(figures).map((figure) => figure.spread ?? 0)
  return (Math.max(...spreads) * 100).toFixed(0)
}

/** How `key` stands to `base`: geomean, and where it is slower by more than 5 %. */
export function duel(reports, key, base, what = 'steady') {
  const sum = overall(reports, key, base, what)
  if (!sum) return undefined
  const slower = reports
    .map((report) => ({ name: report.name, value: ratio(report, key, base, what) }))
    .filter(({ value }) => value > 1.05)
    .map(({ name, value }) => `${name} ${digits(value)}`)
  return (
    `${key} takes ${digits(sum.geomean)} of the time of ${base} in geomean over ${sum.count}${WHEN[what]}, ` +
    `is ${digits(1 / sum.geomean)}x as fast; slower by more than 5 %: ${slower.join(', ') || 'none'}`
  )
}

const WHEN = { steady: '', first: ' for load and work', work: ' for the work' }

/** Who is compared with whom. */
const DUELS = [
  ['nowasm', 'wasm2js'],
  ['nowasm', 'polywasm'],
  ['nowasm run time', 'polywasm'],
  ['nowasm', 'base'],
  ['nowasm run time', 'base run time'],
  ['nowasm jitless', 'wasm2js jitless'],
  ['nowasm interpreter', 'wasm2js'],
]

/** A line for each pair that has figures. */
export const duels = (reports, what = 'steady') =>
  DUELS.map(([key, base]) => duel(reports, key, base, what)).filter(Boolean)

/** What has no figure, or none of the steady state, and why. */
export function problems(reports) {
  return reports.flatMap(({ name, figures }) =>
    Object.entries(figures)
      .map(([key, { problem, once }]) => [key, problem ?? (once && `runs once only: ${once}`)])
      .filter(([, reason]) => reason)
      .map(([key, reason]) => `${name} on ${key}: ${reason}`),
  )
}

export const listed = (lines) =>
  lines.length ? `Without a figure:\n${lines.map((line) => `  ${line}`).join('\n')}` : ''

/** Sizes, minified and gzipped, in bytes, under a title. */
export const sizeTable = (title, reports) => `${title}\n${table(sizeRows(reports))}`

/** The cells of a table of sizes. */
export function sizeRows(reports) {
  const rows = reports.map(({ name, sizes: { wasm, nowasm, wasm2js } }) => [
    name,
    wasm,
    nowasm,
    wasm2js ?? '-',
    digits(nowasm / wasm),
    wasm2js ? digits(nowasm / wasm2js) : '-',
  ])
  const mean = (values) => (values.length ? digits(geomean(values)) : '-')
  const both = reports.filter(({ sizes }) => sizes.wasm2js)
  rows.push([
    'geomean',
    '',
    '',
    '',
    mean(reports.map(({ sizes }) => sizes.nowasm / sizes.wasm)),
    mean(both.map(({ sizes }) => sizes.nowasm / sizes.wasm2js)),
  ])
  return [['', 'wasm', 'nowasm', 'wasm2js', 'nowasm/wasm', 'nowasm/wasm2js'], ...rows]
}
