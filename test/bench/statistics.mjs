// Figures from samples.
import { quantile } from '../../dist/src/cli/bench/statistics.js'

const minimum = (values) => Math.min(...values)

const median = (values) => quantile(values, 0.5)

export const geomean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/**
 * What several rounds say. A round's own steady figure is its fastest batch, so that other work on the machine counts
 * little; between rounds the median counts, so that a process that was optimised badly is not hidden.
 * @param {{ load: number, first: number, warming: number[], steady: number[] }[]} rounds times in milliseconds
 * @returns median over rounds of `first` and `steady`, their minima, and the spread of `steady`: (most - least) / median
 */
export function summary(rounds) {
  const steady = rounds.map((round) => minimum(round.steady))
  const first = rounds.map((round) => round.first)
  return {
    first: median(first),
    firstMin: minimum(first),
    steady: median(steady),
    steadyMin: minimum(steady),
    spread: (Math.max(...steady) - minimum(steady)) / median(steady),
    load: median(rounds.map(({ load }) => load)),
    ...(rounds[0].parts && { parts: partMedians(rounds) }),
  }
}

/** Of programs whose work has named parts: the median time of each. */
function partMedians(rounds) {
  const names = Object.keys(rounds[0].parts)
  return Object.fromEntries(names.map((name) => [name, median(rounds.map(({ parts }) => parts[name]))]))
}
