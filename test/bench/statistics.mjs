// Figures from samples.
import { quantile } from '../../dist/src/cli/bench/statistics.js'

const minimum = (values) => Math.min(...values)

const median = (values) => quantile(values, 0.5)

export const geomean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/**
 * What several rounds say. A round's own steady figure is its fastest batch, so that other work on the machine counts
 * little; between rounds the median counts, so that a process that was optimised badly is not hidden.
 * @param {{ load: number, first: number, warming: number[], steady: number[] }[]} rounds times in milliseconds; of
 *   programs also `work`, `library` and `peak` (MB)
 * @returns median over rounds of each figure, minima of `first` and `steady`, the spread of `steady`: (most - least) /
 *   median; of the steady state what the rounds say that have one
 */
export function summary(rounds) {
  const first = rounds.map((round) => round.first)
  const warm = rounds.filter(({ steady }) => steady.length > 0)
  const known = FIGURES.filter((name) => rounds[0][name] !== undefined)
  return {
    ...Object.fromEntries(known.map((name) => [name, median(rounds.map((round) => round[name]))])),
    firstMin: minimum(first),
    ...(warm.length > 0 && steadySummary(warm)),
  }
}

const FIGURES = ['first', 'load', 'work', 'library', 'peak']

function steadySummary(rounds) {
  const steady = rounds.map((round) => minimum(round.steady))
  return {
    steady: median(steady),
    steadyMin: minimum(steady),
    spread: (Math.max(...steady) - minimum(steady)) / median(steady),
    ...(rounds[0].parts && { parts: partMedians(rounds) }),
  }
}

/** Of programs whose work has named parts: the median time of each. */
function partMedians(rounds) {
  const names = Object.keys(rounds[0].parts)
  return Object.fromEntries(names.map((name) => [name, median(rounds.map(({ parts }) => parts[name]))]))
}
