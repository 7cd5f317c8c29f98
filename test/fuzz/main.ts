// npm run fuzz: random modules on the native engine and compiled, for some minutes. CONTRIBUTING.md says how to use it.

import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installTools } from './csmith/tools.ts'
import { readCase, showDifference } from './net/failure.ts'
import { GENERATORS } from './net/generators.ts'
import { runPool } from './net/pool.ts'
import { replay } from './net/replay.ts'
import { REDUCTION, Run } from './net/run.ts'
import { hasShell, SHELLS, type ShellName } from './shell/shells.ts'
import { installPackages, node26, ROOT } from './tools/install.ts'

const NAMES = Object.keys(GENERATORS)

const USAGE = `npm run fuzz -- --minutes N --seed S
  --generator NAME,...   only these: ${NAMES.join(', ')}
  --jobs J               processes (default: 2)
  --node PATH|26         the Node to run, whose WebAssembly is the measure; 26: Node 26 from npm
  --shells NAME,...      engines that run some outputs too, where they are: ${SHELLS.join(', ')}
  --out FOLDER           where failures go (default: test/fuzz/failures)
  --only INDEX           one module of the run
  --configurations N     for each module (default: 5)
  --calls N              of the functions of each module (default: 400)
  --reductions N         failures that are made small (default: 5)
  --install              first, what is missing: Bun from npm; csmith, clang and lld by apt-get
  --replay FILE          one failure again, given its .json`

const OPTIONS = {
  'minutes': { type: 'string', default: '1' },
  'seed': { type: 'string', default: '1' },
  'generator': { type: 'string', default: NAMES.join() },
  'jobs': { type: 'string', default: String(Math.min(2, availableParallelism())) },
  'node': { type: 'string', default: process.execPath },
  'shells': { type: 'string', default: SHELLS.join() },
  'out': { type: 'string', default: join(ROOT, 'test', 'fuzz', 'failures') },
  'only': { type: 'string' },
  'configurations': { type: 'string', default: '5' },
  'calls': { type: 'string', default: '400' },
  'reductions': { type: 'string', default: '5' },
  'install': { type: 'boolean', default: false },
  'replay': { type: 'string' },
  'help': { type: 'boolean' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

const MINUTE = 60_000

const isShell = (name: string): name is ShellName => (SHELLS as readonly string[]).includes(name)

/**
 * The generators that are wanted and can be had, with their weights.
 * @param isOwnEngine whether the modules run on the engine of this process
 */
function chooseGenerators(
  names: string,
  isOwnEngine: boolean,
  print: (line: string) => void,
): (readonly [string, number])[] {
  return names.split(',').flatMap((name) => {
    const entry = GENERATORS[name]
    if (entry === undefined) throw new Error(`no generator ${name}\n${USAGE}`)
    const missing = entry.missing?.() ?? (isOwnEngine ? entry.lacking?.() : undefined)
    if (missing !== undefined) print(`left out: ${name}, as ${missing} is missing (--install)`)
    return missing === undefined ? [[name, entry.weight] as const] : []
  })
}

async function run(values: Values): Promise<number> {
  installPackages(values.install)
  if (values.install) installTools()
  const node = values.node === '26' ? node26() : values.node
  const version = execFileSync(node, ['--version']).toString().trim()
  const print = (line: string): void => console.log(line)
  const only = values.only === undefined ? undefined : Number(values.only)
  const state = new Run({ minutes: Number(values.minutes), only, reductions: Number(values.reductions), print })
  const timer = setInterval(() => print(`${state.minutes.toFixed(1)} min: ${state.totals}`), MINUTE)
  const weights = chooseGenerators(values.generator, node === process.execPath, print)
  await runPool({
    jobs: Number(values.jobs),
    node,
    settings: {
      seed: Number(values.seed),
      weights,
      configurations: Number(values.configurations),
      calls: Number(values.calls),
      patience: 2000,
      shells: values.shells.split(',').filter((name): name is ShellName => isShell(name) && hasShell(name)),
      origin: `--seed ${values.seed} --generator ${weights.map(([name]) => name)}`,
      out: values.out,
    },
    limit: (task) => ('reduce' in task ? REDUCTION + MINUTE / 2 : MINUTE),
    next: () => state.next(),
    onReport: (report) => state.take(report),
  })
  clearInterval(timer)
  print(`node ${version}, seed ${values.seed}, ${state.minutes.toFixed(1)} min: ${state.totals}`)
  return state.totals.differences.length > 0 ? 1 : 0
}

function replayFile(path: string): number {
  const difference = replay(readCase(path))
  console.log(difference === undefined ? 'no difference' : showDifference(difference))
  return difference === undefined ? 0 : 1
}

const { values } = parseArgs({ options: OPTIONS })
if (values.help) console.log(USAGE)
else process.exitCode = values.replay === undefined ? await run(values) : replayFile(values.replay)
