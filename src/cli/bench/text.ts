// What `nowasm bench` prints.

import { table } from '../table.ts'
import { type Figures, isCompared, type Outcome } from './outcome.ts'
import { digits, quantile } from './statistics.ts'

const HEADING = ['compile ms', 'load ms', 'first call ms', 'median ms', 'spread %', 'samples', 'gzip bytes']

/** The figures of all contestants, what they are in relation to the native engine, and how calls got faster. */
export function benchText(outcome: Outcome): string {
  const { contestants, failures, leftOut } = outcome
  const rows = [
    ['', ...HEADING],
    ...contestants.map((each) => [each.name, ...cells(each)]),
    ...ratios(outcome),
    ...failures.map(({ name, problem }) => [name, ...HEADING.map(() => '-'), problem]),
  ]
  const note = isCompared(outcome) ? '' : 'This engine has no WebAssembly to compare with.\n'
  const rest = leftOut.length > 0 ? `\n${leftOut.join('\n')}\n` : ''
  return `${table(rows)}${note}\n${warmUps(contestants)}${rest}`
}

const times = ({ compile, load, first, median }: Figures): number[] => [compile, load, first, median]

const cells = (each: Figures): string[] => [
  ...times(each).map(digits),
  digits(each.spread * 100),
  String(each.samples),
  String(each.gzip),
]

/** A line for each contestant but the native one. */
function ratios(outcome: Outcome): string[][] {
  if (!isCompared(outcome)) return []
  const [native, ...others] = outcome.contestants
  return others.map((each) => {
    const [own, base] = [times(each), times(native!)]
    return [
      `${each.name} / native`,
      ...own.map((time, i) => digits(time / base[i]!)),
      '',
      '',
      digits(each.gzip / native!.gzip),
    ]
  })
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
function warmUps(contestants: readonly Figures[]): string {
  const rows = contestants.map(({ name, first, times: all }) => {
    let from = 0
    const stages = STAGES.map(([, share]) => {
      const to = Math.max(from + 1, Math.round(all.length * share))
      const part = all.slice(from, to)
      from = Math.min(to, all.length)
      return part.length > 0 ? digits(quantile(part, 0.5)) : '-'
    })
    return [name, digits(first), ...stages]
  })
  const heading = ['warm-up, ms a call', 'first', ...STAGES.map(([title]) => `to ${title}`)]
  return table([heading, ...rows])
}
