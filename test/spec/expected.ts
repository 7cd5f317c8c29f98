// expected-failures.txt: what fails today, with a reason a line.
//
//     core/table.json:9 limits: ...            the command at that line, and those that need the module it should make
//     core/simd/simd_i8x16_arith.json:* unsupported: simd      every command of the file that fails so
//
// A reason `unsupported: FEATURE` must be what the engine says, which may name other features too; any other is for the
// reader.
// A line that no failure needs is itself a failure: the file only shrinks.

import type { Outcome } from './script.ts'

interface Entry {
  readonly path: string
  /** Undefined: every line of the file. */
  readonly line: number | undefined
  readonly reason: string
}

export interface Judged {
  readonly passed: number
  readonly expected: number
  readonly skipped: number
  /** Failures that nothing announces. */
  readonly unexpected: readonly Outcome[]
  /** Entries that no failure needs. */
  readonly stale: readonly string[]
}

const LINE = /^(\S+):(\*|\d+) (\S.*)$/

function parse(text: string): Entry[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [, path, at, reason] = LINE.exec(line) ?? []
    if (path === undefined || at === undefined || reason === undefined) throw new Error(`not an expectation: ${line}`)
    return { path, line: at === '*' ? undefined : Number(at), reason }
  })
}

const REFUSAL = /unsupported: ([a-z0-9-]+(?:, [a-z0-9-]+)*)/

/** The features that are named in a refusal. */
const featuresIn = (text: string): readonly string[] => REFUSAL.exec(text)?.[1]?.split(', ') ?? []

/** Whether the entry announces the failure of the command at `line` with `message`. */
const announces = (entry: Entry, line: number, message: string): boolean =>
  (entry.line === undefined || entry.line === line) &&
  (!entry.reason.startsWith('unsupported:') ||
    featuresIn(entry.reason).every((feature) => featuresIn(message).includes(feature)))

export class Expectations {
  readonly #entries = new Map<string, Entry[]>()

  constructor(text: string) {
    for (const entry of parse(text)) this.#entries.set(entry.path, [...(this.#entries.get(entry.path) ?? []), entry])
  }

  /** Judges the outcomes of all commands of one script. */
  judge(path: string, outcomes: readonly Outcome[]): Judged {
    const entries = this.#entries.get(path) ?? []
    const used = new Set<Entry>()
    const causes = new Map(outcomes.filter(isCause).map((outcome) => [outcome.line, outcome]))
    const unexpected = outcomes.filter((outcome) => {
      if (outcome.result !== 'failed') return false
      const cause = outcome.root === undefined ? outcome : (causes.get(outcome.root) ?? outcome)
      const entry = entries.find((candidate) => announces(candidate, cause.line, cause.message ?? ''))
      if (entry) used.add(entry)
      return !entry
    })
    const count = (result: Outcome['result']): number => outcomes.filter((outcome) => outcome.result === result).length
    const stale = entries.filter((entry) => !used.has(entry))
    return {
      passed: count('passed'),
      skipped: count('skipped'),
      expected: count('failed') - unexpected.length,
      unexpected,
      stale: stale.map(({ line, reason }) => `${path}:${line ?? '*'} ${reason}`),
    }
  }
}

/** A module command that failed by itself: others may fail because of it. */
const isCause = ({ result, root, type }: Outcome): boolean =>
  result === 'failed' && root === undefined && type.startsWith('module')
