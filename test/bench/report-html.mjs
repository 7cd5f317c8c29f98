// The report as one HTML page that needs no other file.
import { htmlPage, legend } from '../../dist/src/cli/bench/page.js'
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { bars, curves, escaped, scatter } from '../../dist/src/cli/bench/svg.js'
import { overall, points, ratio, rivals } from './report-table.mjs'
import { terminalReport } from './report-terminal.mjs'

/** @param results what main.mjs writes as JSON */
export function htmlReport(results) {
  const { date, machine, runs, engines } = results
  return htmlPage('nowasm: speed', [
    '<h1>nowasm beside native WebAssembly</h1>',
    `<p>${escaped(`${machine}; ${runs} rounds, ${date}`)}. Every figure is a ratio of times within this
      run, each program on each contestant in a process or worker of its own in every round; results are compared, and
      what computes another one has no figure. Steady state: the fastest of several batches after warm-up, median over
      rounds. First run: from the file to the end of the first batch.</p>`,
    ...engines.flatMap(({ title, version, parts }, i) =>
      parts.flatMap((part) => section(`${title}: ${part.name}`, version, part, i === 0)),
    ),
    `<h2>All figures</h2><pre>${escaped(terminalReport(results))}</pre>`,
  ])
}

/** `sized`: sizes are shown once, since they are the same on all engines. */
function section(title, version, { base, complete, reports }, sized) {
  // On another engine than the rest of the part, native is no rival there.
  const keys = rivals(reports, base).filter((key) => key !== 'native')
  const groups = (what) =>
    reports.map((report) => ({ name: report.name, values: keys.map((key) => ratio(report, key, base, what)) }))
  return [
    `<h2>${escaped(title)}</h2><p>${escaped(version)}${complete ? '' : ' (interrupted)'}</p>`,
    legend(keys),
    summaryTable(reports, keys, base),
    `<h3>Steady state, time in relation to ${escaped(base)}</h3>`,
    bars(`${title}, steady state`, keys, groups('steady')),
    `<h3>First run, time in relation to ${escaped(base)}</h3>`,
    bars(`${title}, first run`, keys, groups('first')),
    '<h3>Start-up against steady state</h3>',
    scatter(`${title}, start-up`, 'steady state', 'first run', points(reports, keys, base)),
    ...(base === 'native' ? warmUps(reports, keys) : []),
    ...(sized && base === 'native' ? sizes(reports) : []),
  ]
}

function summaryTable(reports, keys, base) {
  const rows = keys.map((key) => {
    const cells = ['steady', 'first'].flatMap((what) => {
      const sum = overall(reports, key, base, what)
      return sum ? [digits(sum.geomean), `${digits(sum.worst.value)} (${sum.worst.name})`, sum.count] : ['-', '-', 0]
    })
    return `<tr><th>${escaped(key)}</th>${cells.map((cell) => `<td>${escaped(String(cell))}</td>`).join('')}</tr>`
  })
  return `<table><thead><tr><th rowspan="2">to ${escaped(base)}</th><th colspan="3">steady state</th><th colspan="3">first
    run</th></tr><tr>${'<th>geomean</th><th>worst</th><th>programs</th>'.repeat(2)}</tr></thead>
    <tbody>${rows.join('')}</tbody></table>`
}

/** A small plot for each program: batch by batch, in times of native's steady state. */
function warmUps(reports, keys) {
  const plots = reports
    .filter(({ figures }) => figures.native?.steady)
    .map(({ name, figures }) => {
      const series = keys.map((key) => figures[key]?.warming ?? [])
      return curves(name, series, figures.native.steady)
    })
  return [
    `<h3>Warm-up: batches one after the other, after the first; 1 is the steady state of native</h3>`,
    `<div class="plots">${plots.join('')}</div>`,
  ]
}

function sizes(reports) {
  const keys = ['nowasm', 'wasm2js']
  const groups = reports
    .filter(({ sizes }) => sizes)
    .map(({ name, sizes: own }) => ({ name, values: keys.map((key) => own[key] && own[key] / own.wasm) }))
  return ['<h3>Size in relation to the .wasm, all gzipped, JavaScript minified</h3>', bars('Sizes', keys, groups)]
}
