// Failures get small, and stay failures.

import { expect, test } from 'vitest'
import type { Configuration } from '../net/configurations.ts'
import type { Case } from '../net/failure.ts'
import { Running } from '../net/instance.ts'
import { nativeProgram } from '../net/programs.ts'
import { buildModule } from '../own/shell.ts'
import { switches } from '../own/switches.ts'
import { words } from '../own/words.ts'
import { observe, type Subject } from '../rewrite/observe.ts'
import { failsLike } from './fails.ts'
import { reduceCase } from './reduce.ts'

const CONFIGURATION: Configuration = { options: { engine: 'jit', optimize: 2 }, limits: {} }

function caseOf(subject: Subject, callee: number): Case {
  const call = (index: number) => ({
    callee: index,
    args: subject.callees[index]!.params.map((type) => (type === 'i64' ? 9n : 9)),
  })
  const calls = [0, 1, 2, callee].map(call)
  return { subject, configuration: CONFIGURATION, calls, seed: 1, what: '', native: '', ours: '', origin: '' }
}

/** Whether the last call still gives a result with a property, natively. */
const gives =
  (has: (value: unknown) => boolean) =>
  (candidate: Case): boolean => {
    const running = new Running(
      nativeProgram(candidate.subject.bytes),
      candidate.subject,
      [{ module: 'host', name: 'note', kind: 'func', results: [] }],
      1,
    )
    for (const { callee, args } of candidate.calls) running.call(candidate.subject.callees[callee]!, args)
    return running.ending === 'returned' && has(running.value)
  }

test.each([
  ['words', words, 2n ** 40n],
  ['switches', switches, 100],
] as const)('a module of %s that gives a large number gets small', async (_, style, least) => {
  const subject = observe(buildModule(5, style), { nans: 'arithmetic' })
  const fails = gives((value) => Number(value) > least)
  const found = subject.callees.map((_, callee) => caseOf(subject, callee)).find(fails)!
  const sizes: number[] = []
  const onSmaller = (smaller: Case): void => void sizes.push(smaller.subject.bytes.length)
  const small = await reduceCase(found, { fails, passes: [], until: Date.now() + 50_000, onSmaller })
  expect(fails(small)).toBe(true)
  expect(WebAssembly.validate(small.subject.bytes)).toBe(true)
  expect(small.calls).toHaveLength(1)
  expect(sizes.length).toBeGreaterThan(3)
  // Without Binaryen's passes all functions stay, but there is nothing in them.
  const functions = subject.callees.length + 1
  expect(small.subject.bytes.length).toBeLessThan(400 + 8 * functions)
  expect(small.subject.bytes.length).toBeLessThan(subject.bytes.length / 2)
})

test('what is no failure is none', () => {
  const subject = observe(buildModule(5, words), { nans: 'arithmetic' })
  expect(failsLike(caseOf(subject, 2))(caseOf(subject, 2))).toBe(false)
})
