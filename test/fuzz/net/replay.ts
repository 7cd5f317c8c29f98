// Runs one case again.

import { decode } from '../../../src/1-decode/decode.ts'
import { trySample } from '../shell/sample.ts'
import { Contest, type Difference } from './contest.ts'
import type { Case } from './failure.ts'
import { importsOf } from './host.ts'
import { nativeProgram } from './programs.ts'
import { compileOr } from './trial.ts'

/**
 * Some differences are only there once the engine has optimised the output: all calls are made again on new instances of
 * it, in as many rounds as the case says.
 *
 * @returns what differs, or undefined if nothing does; throws if the native engine refuses the module
 */
export function replay(found: Case): Difference | undefined {
  return found.shell === undefined ? replayHere(found) : trySample(found.shell, found).difference
}

function replayHere({ subject, configuration, calls, seed, rounds = 1 }: Case): Difference | undefined {
  let found: Difference | undefined
  const lose = (difference: Difference): void => {
    found = difference
  }
  const native = nativeProgram(subject.bytes)
  const program = compileOr(subject, configuration, lose)
  if (program === undefined) return found
  const imports = importsOf(decode(subject.bytes))
  for (let round = 0; round < rounds && found === undefined; round++) {
    const contest = new Contest(subject, imports, native, [{ program, lose }], seed)
    for (const call of calls) if (contest.open) contest.play(call)
  }
  return found
}
