// npm run fuzz: random modules on the native engine and compiled, for some minutes. CONTRIBUTING.md says how to use it.

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { GENERATORS } from './net/generators.ts'
import type { Lost } from './net/pool.ts'
import { runPool } from './net/pool.ts'
import type { Report, Task } from './net/protocol.ts'
import { Totals } from './net/report.ts'
import { installPackages, newNode, ROOT } from './tools/install.ts'

const USAGE = `npm run fuzz -- --minutes N --seed S [--generator NAME,...] [--jobs J] [--node PATH|new] [--out FOLDER] [--only INDEX]
generators: ${Object.keys(GENERATORS).join(', ')}`

const OPTIONS = {
  'minutes': { type: 'string', default: '1' },
  'seed': { type: 'string', default: '1' },
  'generator': { type: 'string' },
  'jobs': { type: 'string', default: String(Math.min(2, availableParallelism())) },
  'node': { type: 'string', default: process.execPath },
  'out': { type: 'string', default: join(ROOT, 'test', 'fuzz', 'failures') },
  'only': { type: 'string' },
  'configurations': { type: 'string', default: '5' },
  'calls': { type: 'string', default: '250' },
  'help': { type: 'boolean' },
} as const

const MINUTE = 60_000

class Run {
  readonly totals = new Totals()
  readonly #careful: number[] = []
  readonly #started = Date.now()
  readonly #until: number
  readonly #only: number | undefined
  #next = 0

  constructor(minutes: number, only: number | undefined) {
    this.#until = this.#started + minutes * MINUTE
    this.#only = only
    if (only !== undefined) this.#next = only
  }

  get minutes(): string {
    return ((Date.now() - this.#started) / MINUTE).toFixed(1)
  }

  next(): Task | undefined {
    const careful = this.#careful.pop()
    if (careful !== undefined) return { index: careful, careful: true }
    if (this.#only !== undefined) return this.#next > this.#only ? undefined : { index: this.#next++, careful: false }
    return Date.now() < this.#until ? { index: this.#next++, careful: false } : undefined
  }

  take(report: Report | Lost): void {
    if (report.kind === 'ready') for (const reason of report.missing) this.#warn(reason)
    if (report.kind === 'lost') this.#lost(report)
    if (report.kind !== 'module') return
    for (const { path, configuration, text } of report.found)
      console.log(`DIFFERENCE ${path}\n  ${configuration}: ${text}`)
    for (const reason of report.skipped.filter((text) => text.startsWith('error')))
      console.log(`${report.index} ${reason}`)
    this.totals.add(report)
  }

  readonly #warned = new Set<string>()

  #warn(reason: string): void {
    if (!this.#warned.has(reason)) console.error(`left out: ${reason}`)
    this.#warned.add(reason)
  }

  /** A module that hung or killed its process is tried again, one configuration at a time. */
  #lost({ task, why, status }: Lost): void {
    console.log(`${why}: ${status}`)
    if ('index' in task && !task.careful) this.#careful.push(task.index)
    else this.totals.skip(why)
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  installPackages()
  const names = values.generator?.split(',') ?? Object.keys(GENERATORS)
  const seed = Number(values.seed)
  const node = values.node === 'new' ? newNode()! : values.node
  const run = new Run(Number(values.minutes), values.only === undefined ? undefined : Number(values.only))
  const line = (): void => console.log(`${run.minutes} min: ${run.totals}`)
  const timer = setInterval(line, MINUTE)
  await runPool({
    jobs: Number(values.jobs),
    node,
    settings: {
      seed,
      weights: names.map((name) => [name, GENERATORS[name]!.weight]),
      configurations: Number(values.configurations),
      calls: Number(values.calls),
      patience: 2000,
      nans: values.node === 'new' ? 'signalling' : 'arithmetic',
      out: values.out,
    },
    limit: () => MINUTE,
    next: () => run.next(),
    onReport: (report) => run.take(report),
  })
  clearInterval(timer)
  console.log(`seed ${seed}, ${run.minutes} min: ${run.totals}`)
  return run.totals.found.length > 0 ? 1 : 0
}

process.exitCode = await main()
