// All of a run for the terminal.
import { duels, listed, partTables, problems, ratioTable, sizeTable } from './report-table.mjs'

/** @param results what main.mjs writes as JSON */
export function terminalReport({ date, machine, load, runs, engines }) {
  const head = `${machine}, ${date}, ${runs} rounds, load ${load.toFixed(1)} at the start`
  return [head, ...engines.flatMap(engineReport)].filter(Boolean).join('\n\n')
}

const engineReport = ({ title, version, parts }, i) =>
  parts.flatMap((part) => partReport(`${title}, ${version}`, part, i === 0))

/** `withSizes`: they are shown once, since they are the same on all engines. */
function partReport(engine, { name, base, complete, reports }, withSizes) {
  const heading = `${engine}: ${name}${complete ? '' : ' (interrupted)'}`
  const sized = withSizes ? reports.filter(({ sizes }) => sizes?.nowasm) : []
  return [
    `${heading}\n${'='.repeat(heading.length)}`,
    ratioTable(`Steady state: times to ${base}`, reports, base, 'steady'),
    ratioTable(`First run (load and first batch): times to ${base}`, reports, base, 'first'),
    duels(reports).join('\n'),
    ...partTables(reports).map(({ title, reports: parts }) => ratioTable(title, parts, 'native', 'steady')),
    sized.length > 0 && sizeTable('Size in bytes, minified and gzipped', sized),
    listed(problems(reports)),
  ]
}
