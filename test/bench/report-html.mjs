// The report as one HTML page that needs no other file.
import { bars, colour, curves, escaped, points, scatter } from './report-svg.mjs'
import { digits, overall, ratio, rivals } from './report-table.mjs'
import { terminalReport } from './report-terminal.mjs'

/** @param results what main.mjs writes as JSON */
export function htmlReport(results) {
  const { date, engine, machine, runs, kernels = [], interpreted = [], programs = [] } = results
  const body = [
    '<h1>nowasm beside native WebAssembly</h1>',
    `<p>${escaped(`${engine} on ${machine}; ${runs} rounds, ${date}`)}. Every figure is a ratio of times within this
      run, each program on each contestant in a process of its own in every round; results are compared, and what
      computes another one has no figure. Steady state: the fastest of several batches after warm-up, median over
      rounds. First run: from the file to the end of the first batch.</p>`,
    ...section('Kernels', kernels, 'native'),
    ...section('Real programs', programs, 'native'),
    ...section('Kernels where everything is interpreted (--jitless)', interpreted, 'wasm2js jitless', ['native']),
    `<h2>All figures</h2><pre>${escaped(terminalReport(results))}</pre>`,
  ]
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>nowasm: speed</title><style>${STYLE}</style>\n<main>${body.join('\n')}</main></html>\n`
}

function section(title, reports, base, without = []) {
  if (reports.length === 0) return []
  const keys = rivals(reports, base).filter((key) => !without.includes(key))
  const groups = (what) =>
    reports.map((report) => ({ name: report.name, values: keys.map((key) => ratio(report, key, base, what)) }))
  return [
    `<h2>${escaped(title)}</h2>`,
    legend(keys),
    summaryTable(reports, keys, base),
    `<h3>Steady state, time in relation to ${escaped(base)}</h3>`,
    bars(`${title}, steady state`, keys, groups('steady')),
    `<h3>First run, time in relation to ${escaped(base)}</h3>`,
    bars(`${title}, first run`, keys, groups('first')),
    '<h3>Start-up against steady state</h3>',
    scatter(`${title}, start-up`, 'steady state', 'first run', points(reports, keys, base)),
    ...(base === 'native' ? [...warmUps(reports, keys), ...sizes(reports)] : []),
  ]
}

const legend = (keys) =>
  `<p class="legend">${keys.map((key, i) => `<span><i style="background:${colour(i)}"></i>${escaped(key)}</span>`).join(' ')}</p>`

function summaryTable(reports, keys, base) {
  const rows = keys.map((key) => {
    const cells = ['steady', 'first'].flatMap((what) => {
      const sum = overall(reports, key, base, what)
      return sum ? [digits(sum.geomean), `${digits(sum.worst.value)} (${sum.worst.name})`, sum.count] : ['-', '-', 0]
    })
    return `<tr><th>${escaped(key)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
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

const STYLE = `
:root { color-scheme: light dark; --fg: #1b1f24; --bg: #fff; --soft: #d7dce2; --mute: #6b7480;
  --c0: #3566d6; --c1: #e08a1e; --c2: #2f9e6e; --c3: #b14fc5; --c4: #c8443a; --c5: #7a8794 }
@media (prefers-color-scheme: dark) { :root { --fg: #e3e7ec; --bg: #14171b; --soft: #343b44; --mute: #97a1ad;
  --c0: #6f97f5; --c1: #f0a94e; --c2: #56c596; --c3: #cf7fe0; --c4: #e8746b; --c5: #9aa6b2 } }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 800px; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h2 { margin-top: 3rem } h3 { margin: 2rem 0 .5rem; font-size: 1rem }
svg { display: block; width: 100%; height: auto }
svg text { fill: var(--fg); font-size: 11px } svg text.small { fill: var(--mute); font-size: 8.5px }
svg .grid { stroke: var(--soft) } svg .base { stroke: var(--mute) }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: .5rem }
.legend span { margin-right: 1rem } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } td { text-align: right }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--soft) } tbody th { text-align: left }
pre { overflow-x: auto; font-size: 12px }
`
