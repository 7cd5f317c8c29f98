// The comparison finds every kind of difference, planted here by a second module that plays the compiled one.

import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/1-decode/decode.ts'
import { wat } from '../../wat.ts'
import { observe, type Subject } from '../rewrite/observe.ts'
import { type Call, Contest, type Difference } from './contest.ts'
import { Guard } from './guard.ts'
import { importsOf } from './host.ts'
import { compiledProgram, nativeProgram } from './programs.ts'
import { tryModule } from './trial.ts'

const subjectOf = (body: string): Subject =>
  observe(
    wat(`(module (import "host" "note" (func $note (param f64))) (memory 1 4) (table 2 9 funcref)
      (global $g (mut i64) (i64.const 7))
      (func (export "f") (param i32) (result i64) ${body}))`),
    { nans: 'arithmetic' },
  )

const calls = (...args: number[]): Call[] => args.map((arg) => ({ callee: 0, args: [arg] }))

function differ(right: Subject, wrong: Subject, made: readonly Call[]): Difference | undefined {
  let found: Difference | undefined
  const lose = (difference: Difference): void => {
    found = difference
  }
  const imports = importsOf(decode(right.bytes))
  const contest = new Contest(
    right,
    imports,
    nativeProgram(right.bytes),
    [{ program: nativeProgram(wrong.bytes), lose }],
    1,
  )
  for (const call of made) contest.play(call)
  if (made.length > 0) expect(contest.open).toBe(found === undefined)
  return found
}

const RIGHT = '(i64.extend_i32_s (local.get 0))'

/** What each does beside, when it is called with 3. */
const PLANTED: Record<string, string> = {
  'result':
    '(if (result i64) (i32.eq (local.get 0) (i32.const 3)) (then (i64.const 4)) (else (i64.extend_i32_s (local.get 0))))',
  'ending': `(if (i32.eq (local.get 0) (i32.const 3)) (then (unreachable))) ${RIGHT}`,
  'globals, tables or host calls': `(if (i32.eq (local.get 0) (i32.const 3)) (then (global.set $g (i64.const 0x700000007)))) ${RIGHT}`,
  'memory 0 at 1234': `(if (i32.eq (local.get 0) (i32.const 3)) (then (i32.store8 (i32.const 1234) (i32.const 1)))) ${RIGHT}`,
}

const MORE: readonly string[] = [
  `(if (i32.eq (local.get 0) (i32.const 3)) (then (call $note (f64.const -0)))) ${RIGHT}`,
  `(if (i32.eq (local.get 0) (i32.const 3)) (then (drop (memory.grow (i32.const 1))))) ${RIGHT}`,
  `(if (i32.eq (local.get 0) (i32.const 3)) (then (drop (table.grow (ref.null func) (i32.const 1))))) ${RIGHT}`,
]

describe('a difference in', () => {
  test.each(Object.entries(PLANTED))('%s is found', (what, body) => {
    const found = differ(subjectOf(RIGHT), subjectOf(body), calls(1, 2, 3, 4))
    expect(found).toMatchObject({ what, call: { args: [3] } })
    expect(found!.calls).toHaveLength(3)
  })

  test.each(MORE)('%s is found', (body) => {
    expect(differ(subjectOf(RIGHT), subjectOf(body), calls(1, 2, 3))).toMatchObject({ call: { args: [3] } })
  })

  test('what host functions are told is found', () => {
    const told = (value: string): Subject => subjectOf(`(call $note (f64.const ${value})) ${RIGHT}`)
    expect(differ(told('0'), told('0'), calls(1))).toBeUndefined()
    expect(differ(told('0'), told('-0'), calls(1))).toBeDefined()
    expect(differ(told('nan'), told('nan:0x4000000000001'), calls(1))).toBeUndefined()
  })
})

test('what is the same does not differ', () => {
  for (const body of [RIGHT, ...Object.values(PLANTED), ...MORE]) {
    expect(differ(subjectOf(body), subjectOf(body), calls(1, 2, 3, 3))).toBeUndefined()
  }
})

test('the compiled output does not differ from the native engine, traps and growth included', () => {
  for (const body of [RIGHT, ...Object.values(PLANTED), ...MORE]) {
    const subject = subjectOf(body)
    const program = compiledProgram(subject.bytes, { options: { engine: 'jit', optimize: 2 }, limits: {} })
    const lost: Difference[] = []
    const native = nativeProgram(subject.bytes)
    const imports = importsOf(decode(subject.bytes))
    const contest = new Contest(subject, imports, native, [{ program, lose: (found) => lost.push(found) }], 1)
    for (const call of calls(1, 3, 3, 2)) contest.play(call)
    expect(lost).toEqual([])
    expect(contest.tally.executions).toBe(4)
  }
})

test('where all begin anew, so does what they have kept', () => {
  const counting = (most: number): Subject =>
    subjectOf(`(global.set $g (i64.add (global.get $g) (i64.const 1)))
      (if (i64.gt_s (global.get $g) (i64.const ${7 + most})) (then (unreachable))) ${RIGHT}`)
  const lost: Difference[] = []
  const lose = (difference: Difference): void => void lost.push(difference)
  const [right, wrong] = [counting(100), counting(3)]
  const seat = { program: nativeProgram(wrong.bytes), lose }
  const contest = new Contest(right, importsOf(decode(right.bytes)), nativeProgram(right.bytes), [seat], 1)
  for (const call of calls(1, 2, 3)) contest.play(call)
  contest.restart()
  for (const call of calls(1, 2, 3)) contest.play(call)
  expect(lost).toEqual([])
  contest.play(calls(4)[0]!)
  expect(lost.map(({ what, calls: made }) => [what, made.length])).toEqual([['ending', 4]])
})

test('where the stack is full nothing is compared, and all begin anew', () => {
  const subject = subjectOf(`(drop (call 1 (local.get 0))) ${RIGHT}`)
  const program = nativeProgram(subject.bytes)
  const lost: Difference[] = []
  const contest = new Contest(
    subject,
    importsOf(decode(subject.bytes)),
    program,
    [{ program, lose: (d) => lost.push(d) }],
    1,
  )
  contest.play(calls(1)[0]!)
  expect(contest.tally).toMatchObject({ executions: 0, stacks: 1 })
  expect(contest.open).toBe(true)
})

describe('what does not start natively', () => {
  const starting = (body: string): Subject =>
    observe(
      wat(`(module (import "host" "note" (func $note (param f64))) (import "host" "throw" (func $throw))
        (func $start ${body}) (start $start))`),
      { nans: 'arithmetic' },
    )
  // The host's function throws now and then.
  const THROWS = '(loop $l (call $throw) (br $l))'

  test.each(['unreachable', `(call $note (f64.const 1)) ${THROWS}`])('may not start elsewhere: %s', (body) => {
    expect(differ(starting(body), starting(body), [])).toBeUndefined()
    expect(differ(starting(body), starting('nop'), [])).toMatchObject({ what: 'instantiation', ours: 'works' })
    expect(differ(starting('nop'), starting(body), [])).toMatchObject({ what: 'instantiation', native: 'works' })
  })

  test('ends in the same way, and does the same before', () => {
    expect(differ(starting('unreachable'), starting(THROWS), [])).toMatchObject({ what: 'instantiation' })
    const one = `(call $note (f64.const 1)) ${THROWS}`
    expect(differ(starting(one), starting(THROWS), [])).toMatchObject({ what: 'host calls of instantiation' })
  })

  test('is compared by the net', () => {
    const effort = { configurations: 3, calls: 10, patience: 1000, shells: [], careful: false, report: () => {} }
    for (const body of ['unreachable', THROWS]) {
      const bytes = wat(`(module (import "host" "throw" (func $throw))
        (func $start ${body}) (start $start) (func (export "f") (result i32) (i32.const 1)))`)
      const { failures, tally, skipped } = tryModule({ part: '', bytes, shrink: true }, 1, effort)
      expect({ failures, executions: tally.executions, skipped }).toEqual({ failures: [], executions: 3 })
    }
  })
})

test('calls that do not end are not made', () => {
  const subject = subjectOf(`(loop $l (br_if $l (i32.eq (local.get 0) (i32.const 3)))) ${RIGHT}`)
  const program = nativeProgram(subject.bytes)
  const guard = new Guard(subject, 1, 1000)
  const contest = new Contest(
    subject,
    importsOf(decode(subject.bytes)),
    program,
    [{ program, lose: () => {} }],
    1,
    guard,
  )
  expect(calls(1, 3, 2).map((call) => contest.play(call))).toEqual([true, false, true])
  expect(contest.tally).toMatchObject({ executions: 2, endless: 1 })
})
