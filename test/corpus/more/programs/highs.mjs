// HiGHS, a solver of linear, integer and quadratic programs: C++ with many virtual calls, and 64-bit floats whose last bit counts.
import { createRequire } from 'node:module'
import { randomNumbers } from '../../inputs.mjs'

export async function run() {
  const highs = await createRequire(import.meta.url)('highs')()
  return PROBLEMS.map((problem) => {
    try {
      return highs.solve(problem, { presolve: 'on' })
    } catch (error) {
      return String(error.message)
    }
  })
}

/** A knapsack of so many things, each taken or not. */
function knapsack(count, seed) {
  const next = randomNumbers(seed)
  const sum = (most) => Array.from({ length: count }, (_, i) => `${1 + (next() % most)} x${i}`).join(' + ')
  const names = Array.from({ length: count }, (_, i) => `x${i}`).join(' ')
  return `Maximize\n obj: ${sum(90)}\nSubject To\n a: ${sum(40)} <= ${count * 7}\n b: ${sum(30)} <= ${count * 6}\nBinary\n ${names}\nEnd`
}

/** The cheapest way from sources to sinks. */
function transport(sources, sinks, seed) {
  const next = randomNumbers(seed)
  const cells = Array.from({ length: sources * sinks }, (_, i) => ({ s: Math.floor(i / sinks), t: i % sinks }))
  const cost = cells.map(({ s, t }) => `${(next() % 1000) / 8} f${s}_${t}`).join(' + ')
  const row = (key, of) => (_, i) => {
    const terms = cells.filter((cell) => cell[key] === i).map(({ s, t }) => `f${s}_${t}`)
    return ` ${key}${i}: ${terms.join(' + ')} ${of}`
  }
  const limits = Array.from({ length: sources }, row('s', '<= 40')).concat(
    Array.from({ length: sinks }, row('t', '>= 21.5')),
  )
  return `Minimize\n obj: ${cost}\nSubject To\n${limits.join('\n')}\nEnd`
}

const PROBLEMS = [
  knapsack(35, 5),
  transport(12, 20, 7),
  'Minimize\n obj: x + 2 y + [ 2 x ^2 + 2 x * y + 3 y ^2 ] / 2\nSubject To\n c: x + y >= 1.5\nEnd',
  'Maximize\n obj: x + y\nSubject To\n c: x - y <= 1\nEnd',
  'Minimize\n obj: x\nSubject To\n a: x >= 3\n b: x <= 2\nEnd',
  'Minimize\n obj: x +\nSubject To\n nonsense',
]
