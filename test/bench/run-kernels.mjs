// The kernels' part of a run.
import { CONTESTANTS, EXTRA } from './contestants.mjs'
import { available, buildKernel, interpreterWork, KERNELS } from './kernels.mjs'
import { runRounds } from './rounds.mjs'
import { moduleSizes } from './sizes.mjs'
import { summary } from './statistics.mjs'

/** How long is warmed up and measured: at most so many batches, and none that begins after so much time. */
const WORK = {
  jit: { warmUp: { batches: 8, ms: 6000 }, timed: { batches: 5, ms: 3000 } },
  quick: { warmUp: { batches: 6, ms: 3000 }, timed: { batches: 4, ms: 1500 } },
  interpreter: { warmUp: { batches: 1, ms: 0 }, timed: { batches: 3, ms: 3000 } },
}

/** The parts of the results that `run` makes, and what their ratios are to. */
export const PARTS = ['kernels', 'interpreted']
const BASES = { kernels: 'native', interpreted: 'wasm2js jitless' }

/**
 * Builds and runs the kernels that `wanted` accepts. `onParts` gets, again and again, the parts with their figures so far.
 * @param {{ output: Function, engine: import('./engines.mjs').Engine, runs: number, quick: boolean, interpreters: boolean,
 *   contestants?: string[], wanted: (name: string) => boolean, onStep: Function, onParts: Function }} options
 */
export async function run({ onParts, runs, ...options }) {
  const kernels = available(KERNELS.filter(({ name }) => options.wanted(name)))
  const groups = []
  for (const kernel of kernels) groups.push(...(await prepare(kernel, options)))
  const parts = (complete) => {
    const reports = groups.map(report)
    const part = (name) => ({
      name,
      base: options.engine.contestants?.[0].key ?? BASES[name],
      complete,
      reports: reports.filter((each) => each.part === name),
    })
    return PARTS.map(part).filter((each) => each.reports.length > 0)
  }
  const onGroup = () => onParts(parts(false))
  const { engine, onStep } = options
  await runRounds(groups, { engine, count: runs, limitMs: 120_000, onStep, onGroup })
  onParts(parts(true))
}

/** The groups of one kernel: on optimising engines, and with less work where everything is interpreted. */
async function prepare(kernel, { output, engine, contestants, interpreters, quick }) {
  process.stderr.write(`building ${kernel.name} ...\n`)
  const bytes = buildKernel(kernel)
  const chosen = chosenFrom(engine, contestants)
  const group = async (part, interpreted, work) => {
    const own = chosen.filter((each) => each.key === 'native' || Boolean(each.interpreted) === interpreted)
    const entries = own.length < 2 ? [] : await Promise.all(own.map((each) => entry(output, kernel, bytes, each, work)))
    return { kernel, name: kernel.name, part, entries }
  }
  const sizes = await moduleSizes(output, kernel.name, bytes)
  const groups = [{ ...(await group('kernels', false, { n: kernel.n, ...(quick ? WORK.quick : WORK.jit) })), sizes }]
  const less = { n: interpreterWork(kernel), ...WORK.interpreter }
  if (interpreters) groups.push(await group('interpreted', true, less))
  return groups.filter(({ entries }) => entries.length > 0)
}

/** The contestants that run: those named, beside the first, which the others are related to. */
function chosenFrom(engine, named) {
  const all = engine.contestants ?? (named ? [...CONTESTANTS, ...EXTRA] : CONTESTANTS)
  return all.filter(({ key }, i) => i === 0 || !named || named.includes(key))
}

async function entry(output, kernel, bytes, { key, output: kind, how, flags }, work) {
  const { file, skipped } = await output(kind, kernel.name, bytes)
  const argument = { how, file, ...work }
  return { key, flags, child: 'child-kernel', argument, rounds: [], ...(skipped ? { problem: skipped } : {}) }
}

function report({ kernel, part, entries, sizes }) {
  const { name, language, topic } = kernel
  return { name, language, topic, part, sizes, figures: figures(entries) }
}

/** By contestant: what its rounds say and how it warmed up in the first of them, or why there is nothing. */
export function figures(entries) {
  const figure = ({ rounds, problem, tiers }) => {
    if (problem) return { problem }
    const warming = [...rounds[0].warming, ...rounds[0].steady]
    const { once } = rounds[0] // why there is no steady state
    return { ...summary(rounds), warming, ...(once && { once }), ...(tiers && { tiers }) }
  }
  const known = entries.filter(({ rounds, problem }) => problem || rounds.length > 0)
  return Object.fromEntries(known.map((each) => [each.key, figure(each)]))
}
