// One run of the net: what is to be done next, and what came of what was done.

import type { Lost } from './pool.ts'
import type { Found, ModuleReport, Report, Task } from './protocol.ts'
import { Totals } from './report.ts'

export interface RunOptions {
  readonly minutes: number
  /** The only module that is to be tried. */
  readonly only: number | undefined
  /** How many failures are reduced at most. */
  readonly reductions: number
  /** Prints a line. */
  readonly print: (line: string) => void
}

const MINUTE = 60_000
/** Milliseconds for one reduction. */
export const REDUCTION = MINUTE

export class Run {
  readonly totals = new Totals()
  readonly #options: RunOptions
  readonly #started = Date.now()
  /** Modules that hung or killed their process, and failures to reduce. */
  readonly #queue: Task[] = []
  readonly #seen = new Set<string>()
  #reductions = 0
  #next: number

  constructor(options: RunOptions) {
    this.#options = options
    this.#next = options.only ?? 0
  }

  /** Since the start. */
  get minutes(): number {
    return (Date.now() - this.#started) / MINUTE
  }

  next(): Task | undefined {
    const { only, minutes } = this.#options
    const waiting = this.#queue.shift()
    if (waiting !== undefined) return waiting
    const goesOn = only === undefined ? this.minutes < minutes : this.#next === only
    return goesOn ? { index: this.#next++, careful: false } : undefined
  }

  take(report: Report | Lost): void {
    switch (report.kind) {
      case 'ready':
        return
      case 'module':
        return this.#module(report)
      case 'lost':
        return this.#lost(report)
      case 'not reduced':
        return this.#options.print(`not reduced: ${report.why}`)
      case 'reduced':
        return this.#options.print(
          `REDUCED from ${report.before} to ${report.after} bytes\n  npm run fuzz -- --replay ${report.path}`,
        )
    }
  }

  #module(report: ModuleReport): void {
    const { print } = this.#options
    for (const { path, configurations, text } of report.found) {
      print(`DIFFERENCE ${path}\n  ${text}\n  in ${configurations.join('; ')}`)
    }
    for (const reason of report.skipped) if (reason.startsWith('error')) print(`module ${report.index}: ${reason}`)
    this.totals.add(report)
    this.#reduce(report.found)
  }

  /** One failure of a module, of those that are unlike earlier ones. */
  #reduce(found: readonly Found[]): void {
    const fresh = found.find(({ signature }) => !this.#seen.has(signature))
    for (const { signature } of found) this.#seen.add(signature)
    if (fresh === undefined || this.#reductions >= this.#options.reductions) return
    this.#reductions++
    this.#queue.push({ reduce: fresh.path, within: REDUCTION })
  }

  /** A module that hung or killed its process is tried again, one configuration at a time. */
  #lost({ task, why, status }: Lost): void {
    this.#options.print(`${why}: ${status}`)
    if (!('index' in task)) return
    if (!task.careful) this.#queue.push({ ...task, careful: true })
    else if (/natively|generation/.test(status)) this.totals.skip(`${why} natively`)
    else this.totals.addLost(`${why}: ${status}`)
  }
}
