// The features' part of a run: nowasm and the engine's own WebAssembly, of vectors also the build without them.
import { buildFeature, FEATURES } from './features.mjs'
import { runRounds } from './rounds.mjs'
import { figures } from './run-kernels.mjs'

/** More batches than kernels need: V8 goes through its middle tier twice, where arithmetic on floats takes ten times as long. */
const WORK = {
  full: { warmUp: { batches: 30, ms: 4000 }, timed: { batches: 10, ms: 2000 } },
  quick: { warmUp: { batches: 20, ms: 1500 }, timed: { batches: 8, ms: 600 } },
}

export const SCALAR = 'nowasm, scalar'

/** What ratios are to. */
const BASES = { simd: SCALAR }

export const PARTS = [...new Set(FEATURES.map(({ part }) => part))]

const native = (key, isScalar) => ({ key, kind: 'wasm', how: 'wasm', isScalar })
const nowasm = (key, isScalar) => ({ key, kind: 'nowasm', how: 'nowasm', isScalar })

/** Native first: it says what the result is. */
const contestants = (part) => [
  native('native', false),
  nowasm('nowasm', false),
  ...(part === 'simd' ? [native('native, scalar', true), nowasm(SCALAR, true)] : []),
]

/** What `run` of run-kernels.mjs is for kernels. */
export async function run({ onParts, runs, engine, output, quick, wanted, onStep }) {
  const groups = []
  for (const feature of FEATURES.filter(({ name, part }) => wanted(name) || wanted(part)))
    groups.push(await prepare(feature, output, quick ? WORK.quick : WORK.full))
  const parts = (complete) =>
    PARTS.map((name) => ({
      name,
      base: BASES[name] ?? 'native',
      complete,
      reports: groups.filter(({ feature }) => feature.part === name).map(report),
    })).filter(({ reports }) => reports.length > 0)
  await runRounds(groups, { engine, count: runs, limitMs: 60_000, onStep, onGroup: () => onParts(parts(false)) })
  onParts(parts(true))
}

async function prepare(feature, output, work) {
  const { name, part, n, child = 'child-kernel' } = feature
  const entries = contestants(part).map(async ({ key, kind, how, isScalar }) => {
    const own = part === 'simd' ? `${name}${isScalar ? '-scalar' : ''}` : part
    const { file, skipped } = await output(kind, `feature-${own}`, buildFeature(feature, isScalar))
    const argument = { how, file, name: part === 'simd' || part === 'threads' ? 'run' : name, n, ...work }
    return { key, flags: [], child, argument, rounds: [], ...(skipped ? { problem: skipped } : {}) }
  })
  return { feature, name, entries: await Promise.all(entries) }
}

const report = ({ feature: { name, n, ops }, entries }) => ({ name, n, ops, figures: figures(entries) })
