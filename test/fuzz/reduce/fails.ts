// Whether a smaller case still fails as the one that was found did.

import type { Case } from '../net/failure.ts'
import { Guard } from '../net/guard.ts'
import { replay } from '../net/replay.ts'
import type { Fails } from './reduce.ts'

/** Loop rounds and calls that each call of a case may take. */
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
  // What fails before it is called may not even start.
  if (calls.length === 0) return true
  const guard = new Guard(subject, seed, ROUNDS)
  return calls.every(({ callee, args }) => guard.ends(subject.callees[callee]!, args))
}
