// One module of a generator: compiled in some configurations and compared with the native engine.

import { decode } from '../../../src/1-decode/decode.ts'
import { validate } from '../../../src/2-validate/index.ts'
import { CompileError } from '../../../src/index.ts'
import { Random } from '../random.ts'
import type { Settled } from '../rewrite/nans.ts'
import { observe, type Subject } from '../rewrite/observe.ts'
import { trySample } from '../shell/sample.ts'
import type { ShellName } from '../shell/shells.ts'
import { randomArgument } from './arguments.ts'
import { type Configuration, chooseConfigurations, configurationName } from './configurations.ts'
import { Contest, type Contestant, type Difference, type Tally } from './contest.ts'
import type { Made } from './generator.ts'
import { Guard } from './guard.ts'
import { importsOf } from './host.ts'
import { NotStarted, type Program, Running } from './instance.ts'
import { compiledProgram, nativeProgram } from './programs.ts'

/** A configuration in which a module was not what it is natively. `calls` is empty if it was not even compiled. */
export interface Failure {
  readonly configuration: Configuration
  readonly subject: Subject
  readonly difference: Pick<Difference, 'what' | 'native' | 'ours' | 'calls'>
  /** The engine that differs, if it is another than that of the net. */
  readonly shell?: ShellName
}

export interface Trial {
  readonly failures: readonly Failure[]
  readonly tally: Tally
  /** Why the module was not run at all. */
  readonly skipped?: string
}

export interface Effort {
  readonly configurations: number
  /** Calls of exported functions, of all together. */
  readonly calls: number
  /** Milliseconds after which no more calls are made. */
  readonly patience: number
  /** Engines in which one of these configurations runs too. */
  readonly shells: readonly ShellName[]
  /** One configuration after the other, not side by side: so that it is seen which of them hangs. */
  readonly careful: boolean
  /** Told what is being done, for somebody who may have to say where it hung. */
  readonly report: (phase: string) => void
}

export const noTally = (): Tally => ({ executions: 0, stacks: 0, traps: 0, endless: 0 })

export function addTally(sum: Tally, more: Tally): void {
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += more[key]
}

/** Loop rounds and calls of one call, where calls may not end. */
const ROUNDS = 1_000_000

/** Configurations of a large module. */
const LARGE_COUNT = 2

/** Modules of so many bytes are not interpreted. */
const INTERPRETED_SIZE = 20_000

/** @param seed for configurations, arguments and what host functions give */
export function tryModule(made: Made, seed: number, effort: Effort): Trial {
  const random = new Random(seed ^ 0x7e57)
  const found = prepare(made, 'arithmetic', seed)
  if (typeof found === 'string') return { failures: [], tally: noTally(), skipped: found }
  const { subject, native } = found
  const failures: Failure[] = []
  const { configurations: count } = effort
  const configurations = made.isLarge
    ? chooseConfigurations(random, Math.min(count, LARGE_COUNT))
    : chooseConfigurations(random, count, made.bytes.length < INTERPRETED_SIZE)
  const argumentSeed = random.bits()
  const tally = noTally()
  for (const together of effort.careful ? [[], ...configurations.map((each) => [each])] : [configurations]) {
    const contestants = together.flatMap((configuration) => {
      effort.report(`compiling ${configurationName(configuration)}`)
      const lose: Contestant['lose'] = (difference) => failures.push({ configuration, subject, difference })
      const program = compileOr(subject, configuration, lose)
      return program === undefined ? [] : [{ program, lose }]
    })
    const guard = made.mayHang === true && found.starts ? new Guard(subject, seed, ROUNDS) : undefined
    effort.report(`calling ${together.length === 0 ? 'natively' : together.map(configurationName).join(', ')}`)
    const contest = new Contest(subject, importsOf(decode(subject.bytes)), native, contestants, seed, guard)
    play(contest, subject, new Random(argumentSeed), effort, made.span)
    addTally(tally, contest.tally)
  }
  for (const shell of usesVectors(made.bytes) ? [] : effort.shells) {
    effort.report(`in ${shell}`)
    const again = prepare(made, 'all', seed)
    if (typeof again === 'string' || !again.starts) continue
    const sampled = sampleIn(shell, again.subject, random, seed)
    tally.executions += sampled.executions
    if (sampled.failure !== undefined) failures.push(sampled.failure)
  }
  return { failures, tally }
}

/** Calls that are made in another engine. */
const SAMPLED_CALLS = 60

function sampleIn(
  shell: ShellName,
  subject: Subject,
  random: Random,
  seed: number,
): { executions: number; failure?: Failure } {
  const [base] = chooseConfigurations(random, 1)
  const target = base!.options.target ?? 'es2020'
  const { options, limits } = base!
  const configuration = { options: { ...options, target }, limits }
  const calls = Array.from({ length: SAMPLED_CALLS }, (_, i) => {
    const callee = i % subject.callees.length
    return { callee, args: subject.callees[callee]!.params.map((type) => randomArgument(random, type)) }
  })
  const { executions, difference } = trySample(shell, { subject, configuration, calls, seed })
  return difference === undefined
    ? { executions }
    : { executions, failure: { configuration, subject, difference, shell } }
}

/** A message without names and numbers: what is the same for failures that are alike. */
const general = (message: string): string =>
  message
    .replace(/`[^`]*`/g, '`...`')
    .replace(/\d+/g, 'n')
    .slice(0, 120)

/** Compiles; the compiler may not refuse a valid module, not throw anything else, and not break its own rules. */
export function compileOr(
  subject: Subject,
  configuration: Configuration,
  lose: Contestant['lose'],
): Program | undefined {
  try {
    return compiledProgram(subject.bytes, configuration)
  } catch (error) {
    const what = `${error instanceof CompileError ? 'refused' : 'the compiler throws'}: ${general(`${error}`)}`
    const ours = error instanceof Error ? (error.stack ?? error.message) : String(error)
    lose({
      call: { callee: -1, args: [] },
      calls: [],
      what,
      native: 'valid',
      ours: ours.split('\n').slice(0, 4).join('\n'),
    })
    return undefined
  }
}

/** Whether a module uses vectors: in their lanes NaNs are not settled for engines that have only one. */
function usesVectors(bytes: Uint8Array): boolean {
  const module = decode(bytes)
  validate(module)
  return module.features.used.includes('simd')
}

/** Generators make modules with features that they were not to use, now and then: which these are. */
function lacking(bytes: Uint8Array): string | undefined {
  try {
    validate(decode(bytes))
  } catch (error) {
    if (error instanceof CompileError && error.kind === 'unsupported') return error.message.replace(/[;(].*/, '').trim()
  }
  return undefined
}

interface Prepared {
  readonly subject: Subject
  readonly native: Program
  /** Whether it can be instantiated natively. */
  readonly starts: boolean
}

/** A module that can be compared, or why there is none. One that starts natively, if that is possible. */
function prepare(made: Made, nans: Settled, seed: number): Prepared | string {
  let last: Prepared | undefined
  for (const limit of made.shrink ? (['size', 'growth'] as const) : [undefined]) {
    const subject = lacking(made.bytes) ?? observe(made.bytes, { nans, limit })
    if (typeof subject === 'string') return subject
    const native = nativeProgram(subject.bytes)
    if (subject.callees.length === 0) return 'nothing to call'
    try {
      new Running(native, subject, importsOf(decode(subject.bytes)), seed)
      return { subject, native, starts: true }
    } catch (error) {
      const { cause } = error as NotStarted
      if (!(error instanceof NotStarted) || cause instanceof WebAssembly.LinkError) throw error
      // How much memory there is differs.
      last = cause instanceof RangeError ? undefined : { subject, native, starts: false }
      // A smaller memory may have no room for the data.
      if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) break
    }
  }
  return last ?? 'does not start natively'
}

/** Calls every function in turn, in random order, until the effort is made. */
function play(
  contest: Contest,
  subject: Subject,
  random: Random,
  { calls, patience, careful }: Effort,
  span = Infinity,
): void {
  const until = performance.now() + patience
  const open = subject.callees.map((_, index) => index)
  for (let i = 0; i < calls && open.length > 0 && (careful || contest.open); i++) {
    if (i > 0 && i % span === 0) contest.restart()
    const callee = i < 2 * open.length ? open[i % open.length]! : random.pick(open)
    const args = subject.callees[callee]!.params.map((type) => randomArgument(random, type))
    if (!contest.play({ callee, args })) open.splice(open.indexOf(callee), 1)
    if (performance.now() > until) break
  }
}
