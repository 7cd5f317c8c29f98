// The report of `nowasm bench --html`: one page that needs no other file.

import { type Figures, isCompared, type Outcome } from './outcome.ts'
import { htmlPage, legend } from './page.ts'
import { digits } from './statistics.ts'
import { bars, curves, escaped, scatter } from './svg.ts'
import { benchText } from './text.ts'

export function benchPage(outcome: Outcome): string {
  const { file, invoke, args, engine, machine, date, contestants } = outcome
  const [base, ...others] = contestants
  const call = `${invoke}(${args.join(', ')})`
  return htmlPage(`nowasm bench: ${call}`, [
    `<h1>${escaped(call)}</h1>`,
    `<p>${escaped(`${file} on ${engine}, ${machine}, ${date}`)}. All contestants ran in turns in one process. Steady state:
      the median of the later samples. Start-up: compilation, which nowasm and wasm2js do ahead of time for what is
      shipped, instantiation and the first call.</p>`,
    summary(outcome),
    ...(others.length > 0 ? ratioPlots(base!, others) : []),
    '<h3>Warm-up: time of a call in the course of the run; 1 is the steady state of each</h3>',
    `<div class="plots">${contestants.map(warmUp).join('')}</div>`,
    `<h3>All figures</h3><pre>${escaped(benchText(outcome))}</pre>`,
  ])
}

const startUp = ({ compile, load, first }: Figures): number => compile + load + first

/** What is shown of each contestant, with its name. */
const MEASURES: readonly (readonly [name: string, of: (each: Figures) => number])[] = [
  ['steady state', ({ median }) => median],
  ['first call', ({ first }) => first],
  ['start-up', startUp],
  ['size, gzipped', ({ gzip }) => gzip],
]

function ratioPlots(base: Figures, others: readonly Figures[]): string[] {
  const keys = others.map(({ name }) => name)
  const groups = MEASURES.map(([name, of]) => ({ name, values: others.map((each) => of(each) / of(base)) }))
  const points = others.map((each, series) => ({
    x: each.median / base.median,
    y: startUp(each) / startUp(base),
    name: each.name,
    series,
  }))
  const title = `In relation to ${base.name}`
  return [
    legend(keys),
    `<h3>${escaped(title)}</h3>`,
    bars(title, keys, groups),
    `<h3>Start-up against steady state, in relation to ${escaped(base.name)}</h3>`,
    scatter('start-up', 'steady state', 'start-up', points),
  ]
}

/** Points of a warm-up plot at most: it is small. */
const POINTS = 150

function warmUp({ name, first, times, median }: Figures): string {
  const all = [first, ...times]
  const step = Math.ceil(all.length / POINTS)
  return curves(name, [all.filter((_, i) => i % step === 0)], median)
}

function summary(outcome: Outcome): string {
  const heading = ['', ...MEASURES.map(([name]) => name)]
  const [base] = outcome.contestants
  const rows = outcome.contestants.map((each) => {
    const cells = MEASURES.map(([, of]) => cell(of(each), isCompared(outcome) ? of(each) / of(base!) : undefined))
    return `<tr><th>${escaped(each.name)}</th>${cells.join('')}</tr>`
  })
  const failed = outcome.failures.map(
    ({ name, problem }) => `<tr><th>${escaped(name)}</th><td colspan="4">${escaped(problem)}</td></tr>`,
  )
  return `<table><thead><tr>${heading.map((each) => `<th>${each}</th>`).join('')}</tr></thead>
    <tbody>${[...rows, ...failed].join('\n')}</tbody></table>
    <p>Milliseconds and bytes, with the ratio to native. Sizes are those of what would be shipped, as it is written.</p>`
}

const cell = (value: number, ratio: number | undefined): string =>
  `<td>${digits(value)}${ratio === undefined ? '' : ` (${digits(ratio)})`}</td>`
