// The table that closes a run.

import { posix } from 'node:path'
import type { Judged } from './expected.ts'

interface Totals {
  passed: number
  expected: number
  unexpected: number
  skipped: number
  stale: number
}

const HEAD = ['folder', 'commands', 'passed', 'failed expected', 'failed unexpected', 'skipped']

export class Report {
  readonly #folders = new Map<string, Totals>()

  add(path: string, judged: Judged): void {
    const folder = posix.dirname(path)
    const totals = this.#folders.get(folder) ?? { passed: 0, expected: 0, unexpected: 0, skipped: 0, stale: 0 }
    this.#folders.set(folder, totals)
    totals.passed += judged.passed
    totals.expected += judged.expected
    totals.skipped += judged.skipped
    totals.unexpected += judged.unexpected.length
    totals.stale += judged.stale.length
  }

  get #all(): Totals {
    const all = { passed: 0, expected: 0, unexpected: 0, skipped: 0, stale: 0 }
    for (const totals of this.#folders.values()) {
      for (const key of Object.keys(all) as (keyof Totals)[]) all[key] += totals[key]
    }
    return all
  }

  /** Whether everything passed, or failed as announced. */
  get good(): boolean {
    return this.#all.unexpected === 0 && this.#all.stale === 0
  }

  /** Whether anything was replayed at all. */
  get empty(): boolean {
    return this.#folders.size === 0
  }

  /** A row for each folder, and one line of totals. */
  toString(): string {
    const rows = [...this.#folders].map(([folder, t]) =>
      [folder, t.passed + t.expected + t.unexpected + t.skipped, t.passed, t.expected, t.unexpected, t.skipped].map(
        String,
      ),
    )
    const widths = HEAD.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)))
    const lines = [HEAD, ...rows].map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    const { passed, expected, unexpected, skipped } = this.#all
    return `${lines.join('\n')}\n\n${passed} passed, ${expected + unexpected} failed, ${skipped} skipped`
  }
}
