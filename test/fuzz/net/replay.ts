// Runs one case again.

import { decode } from '../../../src/1-decode/decode.ts'
import { Contest, type Difference } from './contest.ts'
import type { Case } from './failure.ts'
import { nativeProgram } from './instance.ts'
import { compileOr } from './trial.ts'

/** @returns what differs, or undefined if nothing does; throws if the native engine refuses the module */
export function replay({ subject, configuration, calls, seed }: Case): Difference | undefined {
  let found: Difference | undefined
  const lose = (difference: Difference): void => {
    found = difference
  }
  const native = nativeProgram(subject.bytes)
  const program = compileOr(subject, configuration, lose)
  if (program === undefined) return found
  const contest = new Contest(subject, decode(subject.bytes), native, [{ program, lose }], seed)
  for (const call of calls) {
    if (!contest.open) break
    contest.play(call)
  }
  return found
}
