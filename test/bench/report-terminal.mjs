// All of a run for the terminal.
import { libraryLine, memoryRows, partTables, plainRows, tierRows } from './report-programs.mjs'
import { duels, listed, problems, ratioTable, sizeTable, table } from './report-table.mjs'

/** @param results what main.mjs writes as JSON */
export function terminalReport({ date, machine, load, runs, engines }) {
  const head = `${machine}, ${date}, ${runs} rounds, load ${load.toFixed(1)} at the start`
  return [head, ...engines.flatMap(engineReport)].filter(Boolean).join('\n\n')
}

const engineReport = ({ title, version, parts }, i) =>
  parts.flatMap((part) => partReport(`${title}, ${version}`, part, i === 0))

/** `withSizes`: they are shown once, since they are the same on all engines. */
function partReport(engine, part, withSizes) {
  const { name, base, complete, reports } = part
  const heading = `${engine}: ${name}${complete ? '' : ' (interrupted)'}`
  const sized = withSizes ? reports.filter(({ sizes }) => sizes?.nowasm) : []
  return [
    `${heading}\n${'='.repeat(heading.length)}`,
    ...(name.endsWith('-loading') ? [loading(part)] : ratios(part)),
    ...(reports.some(({ figures }) => figures[base]?.peak) && !name.endsWith('-loading') ? programs(part) : []),
    sized.length > 0 && sizeTable('Size in bytes, minified and gzipped', sized),
    listed(problems(reports)),
  ]
}

const loading = ({ base, reports }) =>
  `From the file to what can be instantiated, ms\n${table(plainRows(reports, base, 'first'))}`

const ratios = ({ base, reports }) => [
  reports.some(({ figures }) => figures[base]?.steady) &&
    ratioTable(`Steady state: times to ${base}`, reports, base, 'steady'),
  ratioTable(`First run (load and first batch): times to ${base}`, reports, base, 'first'),
  duels(reports).join('\n'),
]

/** What is shown of programs besides. */
function programs({ base, reports }) {
  const tiers = tierRows(reports)
  return [
    ratioTable(`Work of the first run: times to ${base}`, reports, base, 'work'),
    `Load, ms\n${table(plainRows(reports, base, 'load'))}`,
    libraryLine(reports, base),
    `Peak memory of the first run, MB\n${table(memoryRows(reports, base))}`,
    ['work', 'first'].flatMap((what) => duels(reports, what)).join('\n'),
    ...partTables(reports).map(({ title, reports: parts }) => ratioTable(title, parts, 'native', 'steady')),
    tiers && `Ticks of the first run by tier, %\n${table(tiers)}`,
  ]
}
