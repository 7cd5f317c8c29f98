// `nowasm bench app.wasm --invoke NAME`: the native engine, ours, and what else is installed, in one process.

import { cpus } from 'node:os'
import { decode } from '../../1-decode/decode.ts'
import type { Engine } from '../../options.ts'
import type { Parsed } from '../arguments.ts'
import { DONE, inFile, ModuleError, UsageError } from '../errors.ts'
import { formatResults, prepareCall } from '../invoke.ts'
import { type Io, readInput } from '../io.ts'
import { checkPlaces } from '../place.ts'
import type { Request } from '../request.ts'
import { failure } from '../run.ts'
import { writeOutput } from '../write.ts'
import { type Contestant, enter, native, ours, type Side, type Task } from './contestants.ts'
import { type Failure, figures, type Outcome } from './outcome.ts'
import { findPeers } from './peers.ts'
import { benchText } from './text.ts'
import { inTurns, ResultError } from './turns.ts'

/** Prints the figures and writes the reports that are asked for. */
export async function benchCommand(request: Request, io: Io): Promise<number> {
  const { file, invoke, program, options } = request
  const seconds = Number(options['seconds'])
  if (!(seconds > 0)) throw new UsageError('seconds must be a number above 0')
  if (invoke === undefined) throw new UsageError('bench needs --invoke NAME')
  checkPlaces(
    [file],
    [options['json'], options['html']].filter((path) => typeof path === 'string'),
  )
  const bytes = readInput(file)
  const module = inFile(file, () => decode(bytes))
  const task: Task = { file, bytes, module, call: prepareCall(module, invoke, program), io }
  const outcome = await race(task, options, seconds * 1000, { invoke, args: program })
  io.out(benchText(outcome))
  await writeReports(outcome, options)
  return DONE
}

async function race(
  task: Task,
  options: Parsed,
  milliseconds: number,
  words: Pick<Outcome, 'invoke' | 'args'>,
): Promise<Outcome> {
  const engines: readonly Engine[] = options['engine'] ? [options['engine'] as Engine] : ['jit', 'interpreter']
  const peers = options['peers'] ? findPeers(process.cwd(), task.bytes) : { contestants: [], leftOut: [] }
  const contestants = [
    ...(typeof WebAssembly === 'object' ? [native(task.bytes)] : []),
    ...engines.map((engine) => ours(engine, task, options)),
    ...peers.contestants,
  ]
  const failures: Failure[] = []
  const failed = ({ name, essential }: Contestant | Side, error: Error) => {
    const problem = error instanceof ResultError ? error.message : failure(error)
    if (essential) throw error instanceof ModuleError ? error : new ModuleError(`${task.file}: ${name}: ${problem}`)
    failures.push({ name, problem })
  }
  const sides: Side[] = []
  for (const each of contestants) {
    await enter(each, task).then(
      (side) => sides.push(side),
      (error) => failed(each, error),
    )
  }
  const show = (result: unknown): string => formatResults(task.call.type, result).trim().replaceAll('\n', ' ')
  const laps = inTurns(sides, milliseconds, show, failed)
  const { file } = task
  return { file, ...words, ...surroundings(), contestants: laps.map(figures), failures, leftOut: peers.leftOut }
}

const surroundings = (): Pick<Outcome, 'engine' | 'machine' | 'date'> => ({
  engine: `Node ${process.version} (V8 ${process.versions.v8})`,
  machine: `${cpus().length} x ${cpus()[0]?.model.trim()}`,
  date: new Date().toISOString(),
})

async function writeReports(outcome: Outcome, options: Parsed): Promise<void> {
  const { json, html } = options
  if (typeof json === 'string') writeOutput(json, [`${JSON.stringify(outcome, null, 2)}\n`])
  if (typeof html === 'string') {
    const { benchPage } = await import('./html.ts')
    writeOutput(html, [benchPage(outcome)])
  }
}
