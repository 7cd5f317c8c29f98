// docs/JS-API.md, from a run of the tables beside the engine's own API.

import { departures, IDL, memberName } from './members.ts'
import { type Api, type Case, outcome } from './native/describe.ts'
import { EXPLAINED } from './native/explained.ts'
import { noting } from './touches.ts'

export interface Compared {
  /** `table: case` */
  readonly name: string
  readonly native: string
  readonly here: string
  /** Why they differ, if they do and it is known. */
  readonly reason: string | undefined
  /** The members of the API that the case uses. */
  readonly members: ReadonlySet<string>
}

const reasonOf = (name: string): string | undefined =>
  Object.keys(EXPLAINED).find((reason) => EXPLAINED[reason]!.some((start) => name.startsWith(start)))

/** Puts a case to the engine's API and to ours, and then to ours again to see what it uses. */
export async function compare(name: string, run: Case, engine: Api, ours: Api): Promise<Compared> {
  const native = await outcome(run, engine)
  const here = await outcome(run, ours)
  const members = new Set<string>()
  const { api, restore } = noting(ours, members)
  try {
    await outcome(run, api)
  } finally {
    restore()
  }
  return { name, native, here, reason: native === here ? undefined : reasonOf(name), members }
}

const isSame = ({ native, here }: Compared): boolean => native === here
const isUnexplained = (one: Compared): boolean => !isSame(one) && one.reason === undefined

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`

const head = (cells: readonly string[]): string => row(cells) + row(cells.map(() => '---'))

/** The page. */
export function report(cases: readonly Compared[], engine: Api, ours: Api): string {
  const reasons = Object.keys(EXPLAINED)
  const notes = (of: readonly Compared[]): string =>
    reasons.flatMap((reason, i) => (of.some((one) => one.reason === reason) ? [i + 1] : [])).join(', ')
  return [
    INTRODUCTION,
    ...IDL.map((of) => section(`## ${of.name || 'The namespace'}`, head(MEMBER_HEAD), of.members.map(memberRow(of)))),
    section('## By table', head(TABLE_HEAD), tablesOf(cases).map(tableRow)),
    '## Explained differences\n\n',
    ...reasons.map((reason, i) => `${i + 1}. ${reason} (${cases.filter((one) => one.reason === reason).length}).\n`),
  ].join('')

  function memberRow(of: (typeof IDL)[number]) {
    return (member: (typeof IDL)[number]['members'][number]): string => {
      const name = memberName(of, member)
      const using = cases.filter(({ members }) => members.has(name))
      const own = departures(ours, of, member)
      const passes = own.length === 0 && using.length > 0 && !using.some(isUnexplained)
      const says = (problems: readonly string[]): string => (problems.length === 0 ? 'yes' : problems.join('; '))
      const differing = using.filter((one) => !isSame(one))
      const same = using.length - differing.length
      return row([
        `\`${name}\``,
        says(own),
        says(departures(engine, of, member)),
        using.length,
        same,
        notes(differing),
        passes ? 'pass' : '**fail**',
      ])
    }
  }

  function tableRow(table: string): string {
    const of = cases.filter(({ name }) => name.startsWith(`${table}: `))
    const unexplained = of.filter(isUnexplained).length
    return row([
      table,
      of.length,
      of.filter(isSame).length,
      of.length - of.filter(isSame).length - unexplained,
      unexplained,
    ])
  }
}

const MEMBER_HEAD = ['member', 'as specified', 'in V8', 'cases', 'same', 'explained', 'result']
const TABLE_HEAD = ['table', 'cases', 'same', 'explained', 'unexplained']

const tablesOf = (cases: readonly Compared[]): string[] => [
  ...new Set(cases.map(({ name }) => name.replace(/: .*/s, ''))),
]

const section = (title: string, head: string, rows: readonly string[]): string =>
  `${title}\n\n${head}${rows.join('')}\n`

const INTRODUCTION = `# The JavaScript API, member by member

This page is written by a test (\`test/webassembly/native.test.ts\`) on Node 26: our \`WebAssembly\` object and the engine's own in
the same run.

- *As specified* says whether the property is what the IDL of the specification and WebIDL make of it: where it is, its attributes,
  name and \`length\` of functions, getters and setters, class strings. *In V8* says the same of the engine's own.
- *Cases* are the tests that use the member, *same* those in which both did the same: values, order of conversions, classes of errors.
  All others are explained, by the reasons below: their numbers.

Not there: \`Suspending\`, \`promising\` and \`SuspendError\` (JSPI), and \`type()\` (type reflection, which V8 has no more than we).

`
