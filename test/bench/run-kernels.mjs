// The kernels' part of a run.
import { CONTESTANTS, EXTRA } from './contestants.mjs'
import { available, buildKernel, interpreterWork, KERNELS } from './kernels.mjs'
import { runRounds } from './rounds.mjs'
import { moduleSizes } from './sizes.mjs'
import { summary } from './statistics.mjs'

const JIT = { warmUp: { batches: 8, ms: 6000 }, timed: { batches: 5, ms: 3000 } }
const INTERPRETER = { warmUp: { batches: 1, ms: 0 }, timed: { batches: 3, ms: 3000 } }

/**
 * Builds and runs the kernels that `wanted` accepts.
 * @param {{ output: Function, engine: string, runs: number, interpreters: boolean, contestants?: string[], wanted: (name: string) => boolean,
 *   onStep: Function }} options
 * @returns {Promise<{ kernels: object[], interpreted: object[] }>} for each kernel its figures by contestant
 */
export async function run({ output, engine, runs, interpreters, contestants, wanted, onStep }) {
  const chosen = contestants
    ? [...CONTESTANTS, ...EXTRA].filter(({ key }) => key === 'native' || contestants.includes(key))
    : CONTESTANTS
  const kernels = available(KERNELS.filter(({ name }) => wanted(name)))
  const groups = []
  for (const kernel of kernels) groups.push(...(await prepare(output, kernel, chosen, interpreters)))
  await runRounds(groups, { engine, count: runs, limitMs: 120_000, onStep })
  const reports = groups.map(report)
  return {
    kernels: reports.filter(({ interpreted }) => !interpreted),
    interpreted: reports.filter(({ interpreted }) => interpreted),
  }
}

/** The groups of one kernel: on optimising engines, and with less work where everything is interpreted. */
async function prepare(output, kernel, chosen, interpreters) {
  onBuild(kernel.name)
  const bytes = buildKernel(kernel)
  const entries = async (interpreted) => {
    const own = chosen.filter((each) => each.key === 'native' || Boolean(each.interpreted) === interpreted)
    return own.length < 2 ? [] : Promise.all(own.map((each) => entry(output, kernel, bytes, each, interpreted)))
  }
  const jit = {
    kernel,
    name: kernel.name,
    entries: await entries(false),
    sizes: await moduleSizes(output, kernel.name, bytes),
  }
  const groups = [jit]
  if (interpreters) groups.push({ kernel, name: kernel.name, interpreted: true, entries: await entries(true) })
  return groups.filter((group) => group.entries.length > 0)
}

const onBuild = (name) => process.stderr.write(`building ${name} ...\n`)

async function entry(output, kernel, bytes, { key, output: kind, how, flags }, interpreted) {
  const { file, skipped } = await output(kind, kernel.name, bytes)
  const n = interpreted ? interpreterWork(kernel) : kernel.n
  const argument = { how, file, n, ...(interpreted ? INTERPRETER : JIT) }
  return { key, flags, child: 'child-kernel', argument, rounds: [], ...(skipped ? { problem: skipped } : {}) }
}

function report({ kernel, interpreted, entries, sizes }) {
  const { name, language, topic } = kernel
  return { name, language, topic, interpreted, sizes, figures: figures(entries) }
}

/** By contestant: what its rounds say and how it warmed up in the first of them, or why there is nothing. */
export function figures(entries) {
  const figure = ({ rounds, problem }) =>
    problem ? { problem } : { ...summary(rounds), warming: [...rounds[0].warming, ...rounds[0].steady] }
  return Object.fromEntries(entries.map((each) => [each.key, figure(each)]))
}
