// Whether a smaller case still fails as the one that was found did.

import { decode } from '../../../src/1-decode/decode.ts'
import { Contest } from '../net/contest.ts'
import type { Case } from '../net/failure.ts'
import { nativeProgram } from '../net/instance.ts'
import { replay } from '../net/replay.ts'
import { countFuel, FUEL } from '../rewrite/fuel.ts'
import type { Fails } from './reduce.ts'

/** Loop rounds and calls that all calls of a case may take. */
const ROUNDS = 3_000_000

/** Failures of the compiler must stay such, and of its output must too. */
const kindOf = (what: string): string => (/^(refused|the compiler throws)/.test(what) ? what : 'behaviour')

export function failsLike({ what }: Case): Fails {
  return (candidate) => {
    try {
      if (!endsNatively(candidate)) return false
      const difference = replay(candidate)
      return difference !== undefined && kindOf(difference.what) === kindOf(what)
    } catch {
      // The native engine refuses the module, or cannot start it.
      return false
    }
  }
}

/** Whether the calls end: without what counted its rounds, a loop may go on for ever. */
function endsNatively({ subject, calls, seed }: Case): boolean {
  const bytes = countFuel(subject.bytes)
  const counted = { ...subject, bytes }
  let exports: Record<string, unknown> = {}
  const native = nativeProgram(bytes)
  const program: typeof native = {
    ...native,
    instantiate: (imports) => {
      const instance = native.instantiate(imports)
      exports = instance.exports
      return instance
    },
  }
  const contest = new Contest(counted, decode(bytes), program, [], seed)
  const fuel = exports[FUEL] as { value: number }
  for (const call of calls) {
    fuel.value = ROUNDS
    contest.play(call)
    if (fuel.value === 0) return false
  }
  return true
}
