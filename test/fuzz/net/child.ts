// A process that tries modules: it is told their numbers, and may crash or hang.

import { openSync, writeSync } from 'node:fs'
import { reduceFiles } from '../reduce/files.ts'
import { configurationName } from './configurations.ts'
import { caseOf, showDifference, writeCase } from './failure.ts'
import type { ModuleGenerator } from './generator.ts'
import { GENERATORS } from './generators.ts'
import { plan } from './plan.ts'
import { type ChildSettings, type Found, type ModuleReport, type Report, SETTINGS, type Task } from './protocol.ts'
import { addTally, type Failure, noTally, tryModule } from './trial.ts'

const settings = JSON.parse(process.env[SETTINGS]!) as ChildSettings
const status = openSync(settings.status, 'w')
const generators = new Map<string, ModuleGenerator>()

const send = (report: Report): void => void process.send!(report)

/** Says what comes next, in a file: what a process that hangs has sent may not arrive. */
function say(text: string): void {
  writeSync(status, `${text}${' '.repeat(Math.max(0, 200 - text.length))}\n`, 0)
}

/** Of so many modules one also runs in other engines. */
const SAMPLED = 25

/** Writes one of a module's failures: that of the shortest configuration. */
function write(failures: readonly Failure[], name: string, seed: number, index: number): Found {
  const names = failures.map(({ configuration }) => configurationName(configuration))
  const shortest = names.reduce((best, each, i) => (each.length < names[best]!.length ? i : best), 0)
  const failure = failures[shortest]!
  return {
    path: writeCase(settings.out, name, caseOf(failure, seed, `${settings.origin} --only ${index}`)),
    configurations: names,
    text: showDifference(failure.difference),
    signature: `${name.split('-')[0]} ${names[shortest]} ${failure.difference.what.replace(/\d+/g, 'n')}`,
  }
}

async function tryIndex(index: number, careful: boolean): Promise<ModuleReport> {
  const { generator, seed } = plan(settings.seed, index, settings.weights)
  say(`${index} ${generator} generation`)
  const found: Found[] = []
  const skipped: string[] = []
  const tally = noTally()
  let modules = 0
  // What may not end is not tried where it is not counted.
  const shells = index % SAMPLED === 0 && generator !== 'csmith' ? settings.shells : []
  for (const made of await generators.get(generator)!.make(seed)) {
    const report = (phase: string): void => say(`${index} ${generator} ${made.part} ${phase}`)
    const trial = tryModule(made, seed, { ...settings, shells, careful, report })
    if (trial.skipped === undefined) modules++
    else skipped.push(trial.skipped)
    addTally(tally, trial.tally)
    if (trial.failures.length > 0)
      found.push(write(trial.failures, `${generator}-${settings.seed}-${index}${made.part}`, seed, index))
  }
  return { kind: 'module', index, generator, modules, tally, skipped, found }
}

async function perform(task: Task): Promise<Report> {
  if ('index' in task) {
    try {
      return await tryIndex(task.index, task.careful)
    } catch (error) {
      const { generator } = plan(settings.seed, task.index, settings.weights)
      const skipped = [`error: ${error instanceof Error ? error.stack : error}`]
      const tally = noTally()
      return { kind: 'module', index: task.index, generator, modules: 0, tally, skipped, found: [] }
    }
  }
  say(`reducing ${task.reduce}`)
  try {
    return await reduceFiles(task.reduce, task.within)
  } catch (error) {
    return { kind: 'not reduced', why: `${error}` }
  }
}

process.on('message', (task: Task) => void perform(task).then(send))
process.on('disconnect', () => process.exit())
for (const [name] of settings.weights) generators.set(name, await GENERATORS[name]!.open())
send({ kind: 'ready' })
