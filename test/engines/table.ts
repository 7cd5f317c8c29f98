// The table of the README: what runs where.

import type { Row } from './run.ts'
import type { Tally } from './tally.ts'

export interface NotRun {
  readonly title: string
  readonly reason: string
}

const HEAD = ['engine', 'output', 'suite: passed', 'failed', 'skipped', 'compiled there', 'programs', 'why not all']

const number = (count: number): string => count.toLocaleString('en-US')

const failures = ({ failed, lacking }: Tally): number =>
  failed.length + Object.values(lacking).reduce((sum, count) => sum + count, 0)

const REASONS: Record<string, string> = {
  'NaN bits': 'about NaN bits: the engine has one NaN',
  BigInt: 'where JavaScript gets an i64: the engine has no BigInt',
}

/** Why something is not green, for both ways through the suite. */
function reasons({ suite, there, wrong }: Row): string {
  const known = Object.entries(suite.lacking).map(([reason, count]) => `${number(count)} ${REASONS[reason]}`)
  const unknown = suite.failed.length > 0 ? [`${suite.failed[0]}${suite.failed.length > 1 ? ', ...' : ''}`] : []
  return [...known, ...unknown, ...(there?.failed.slice(0, 1) ?? []), ...wrong].join('; ')
}

function cells(row: Row): string[] {
  const { engine, version, suite, there, right, wrong } = row
  const output = `${engine.variant.engine}, ${engine.variant.target}`
  const interpreted = engine.lacks?.includes('eval') ? ', interpreted' : ''
  const lowered = engine.compilerTarget === undefined ? '' : ', lowered'
  const compiled =
    there === undefined
      ? (engine.cannotCompile ?? '')
      : `${number(there.passed)} passed, ${number(failures(there))} failed${interpreted}${lowered}`
  return [
    version === engine.title ? version : `${engine.title}: ${version}`,
    output,
    number(suite.passed),
    number(failures(suite)),
    number(suite.skipped),
    compiled,
    `${right} of ${right + wrong.length}`,
    reasons(row),
  ]
}

const line = (texts: readonly string[]): string => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`

/** As Markdown. */
export const tableOf = (rows: readonly (Row | NotRun)[]): string =>
  [
    line(HEAD),
    line(HEAD.map((_, i) => (i > 1 && i < 5 ? '--:' : '---'))).replaceAll(' ', ''),
    ...rows.map((row) =>
      line('reason' in row ? [row.title, ...HEAD.slice(2).map(() => ''), `not run: ${row.reason}`] : cells(row)),
    ),
  ].join('\n')
