// The tables that only programs have: milliseconds of loading, memory, tiers, single parts of the work.
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { cell, rivals } from './report-table.mjs'

/** A process may take so much more than native's. */
const MEMORY = { times: 2, plusMb: 100 }

/** Figures themselves, a line for each program: `load` or `first` in ms, `peak` in MB. */
export function plainRows(reports, base, what) {
  const keys = [base, ...rivals(reports, base)]
  const rows = reports.map((report) => [
    report.name,
    ...keys.map((key) => cell(report, key, report.figures[key]?.[what])),
  ])
  return [['', ...keys], ...rows]
}

/** Peak memory of whole processes, and who is above the bound. */
export function memoryRows(reports, base) {
  const above = (key) =>
    reports.filter(({ figures }) => figures[key]?.peak > MEMORY.times * figures[base]?.peak + MEMORY.plusMb).length
  const rows = plainRows(reports, base, 'peak')
  return [...rows, [`above ${MEMORY.times} x ${base} + ${MEMORY.plusMb}`, '', ...rivals(reports, base).map(above)]]
}

/** How long the libraries themselves take to load: once, whatever they compile. */
export function libraryLine(reports, base) {
  const own = rivals(reports, base).filter((key) => /run time$|polywasm/.test(key))
  const times = own.flatMap((key) => {
    const known = reports.map(({ figures }) => figures[key]?.library).filter((ms) => ms !== undefined)
    return known.length > 0 ? [`${key} ${digits(Math.min(...known))} ms`] : []
  })
  return times.length > 0 ? `Not counted, to load the library: ${times.join(', ')}` : ''
}

const TIERS = ['TurboFan', 'TurboFan calls', 'Maglev', 'Maglev calls', 'Sparkplug', 'Sparkplug calls']
const OTHERS = ['interpreter', 'interpreter calls', 'library', 'compiler', 'parser', 'garbage collector', 'engine']

/** Where the time of the first run goes, in percent of the ticks; undefined where nothing was profiled. */
export function tierRows(reports) {
  const columns = [...TIERS, ...OTHERS]
  const rows = reports.flatMap(({ name, figures }) =>
    Object.entries(figures)
      .filter(([, { tiers }]) => tiers?.tiers)
      .map(([key, { tiers }]) => [
        `${name}, ${key}`,
        ...columns.map((column) => (tiers.tiers[column] ?? 0).toFixed(1)),
        tiers.deoptimisations,
        listed(tiers.reasons, (count) => count),
        listed(tiers.called, (share) => `${share.toFixed(1)} %`),
      ]),
  )
  if (rows.length === 0) return undefined
  return [['', ...columns, 'deopts', 'reasons', 'called from optimised code'], ...rows]
}

const listed = (counts, show) =>
  Object.entries(counts)
    .slice(0, 3)
    .map(([name, count]) => `${name} ${show(count)}`)
    .join('; ')

/** The parts of programs, such as single queries, as if each were a program: a list of reports for each program. */
export function partTables(reports) {
  const withParts = reports.filter(({ figures }) => Object.keys(figures.native?.parts ?? {}).length > 0)
  return withParts.map(({ name, figures }) => ({
    title: `Parts of ${name}, steady state: times to native`,
    reports: Object.keys(figures.native.parts).map((part) => ({
      name: part,
      figures: Object.fromEntries(
        Object.entries(figures).map(([key, { parts: times, spread }]) => [key, { steady: times?.[part], spread }]),
      ),
    })),
  }))
}
