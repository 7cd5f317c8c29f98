// What `nowasm bench` prints.

import type { Side } from './bench.ts'
import { table } from './table.ts'

/** The figures of all sides, what they are in relation to the native engine, and how calls got faster. */
export function benchReport(sides: readonly Side[]): string {
  const lines = sides.map((side) => ({ name: side.name, ...figures(side) }))
  const rows: string[][] = [
    ['', 'compile ms', 'load ms', 'first call ms', 'median ms', 'spread %', 'samples'],
    ...lines.map(({ name, times, spread, samples }) => [name, ...times.map(digits), digits(spread), String(samples)]),
  ]
  const [native, ...own] = lines
  const compared = native.name === 'native'
  for (const { name, times } of compared ? own : []) {
    rows.push([`${name} / native`, ...times.map((time, i) => digits(time / native.times[i])), '', ''])
  }
  const note = compared ? '' : 'This engine has no WebAssembly to compare with.\n'
  return `${table(rows)}${note}\n${warmUps(sides)}`
}

/** The steady state is the second half of the samples of full length. The spread leaves out a tenth at both ends. */
function figures({ compile, load, first, times, warm }: Side) {
  const full = times.slice(Math.min(warm, times.length - 1))
  const steady = full.slice(full.length >> 1)
  const median = quantile(steady, 0.5)
  const spread = ((quantile(steady, 0.9) - quantile(steady, 0.1)) / median) * 100
  return { times: [compile, load, first, median], spread, samples: full.length }
}

/** Where in the run the warm-up is shown: shares of its samples. */
const STAGES = [
  ['1 %', 0.01],
  ['5 %', 0.05],
  ['20 %', 0.2],
  ['50 %', 0.5],
  ['100 %', 1],
] as const

/** Time of a call in the course of the run: the first, and medians up to each stage from the one before. */
function warmUps(sides: readonly Side[]): string {
  const rows = sides.map(({ name, first, times }) => {
    let from = 0
    const stages = STAGES.map(([, share]) => {
      const to = Math.max(from + 1, Math.round(times.length * share))
      const part = times.slice(from, to)
      from = Math.min(to, times.length)
      return part.length > 0 ? digits(quantile(part, 0.5)) : '-'
    })
    return [name, digits(first), ...stages]
  })
  const heading = ['warm-up, ms a call', 'first', ...STAGES.map(([title]) => `to ${title}`)]
  return table([heading, ...rows])
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x.toPrecision(3))

/** The value below which the given share of the values lies, between neighbours by their distance. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low)
}
