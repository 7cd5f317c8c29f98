// The arms of a dispatch whose exceptions go to other arms: each notes to which.
//
//   0 throws 1: A; br 2 | 1: B        try { switch (s) { case 0: h = 1; A; s = 2; continue; case 1: h = -1; B } }
//                                     catch (y_) { if (h < 0) throw y_; x_ = y_; s = h; continue }

import type * as es from 'estree'
import { attempt, bin, continueTo, id, type Node, num, raise, set, switchOn, when } from './build.ts'
import { CAUGHT, type FunctionContext } from './context.ts'

/** An arm: the states in which control goes to it, and its statements. */
export interface ArmCase {
  readonly tests: readonly Node[]
  readonly body: es.Statement[]
}

/** What `catch` names around a dispatch. No variable for a register has this name. */
const THROWN = 'y_'

/**
 * One turn of the loop of a dispatch.
 *
 * @param handlers for each arm the state to go on in where it throws; -1: the exception leaves
 * @param depth how many dispatches are around: each has a variable of its own
 */
export function guardedArms(
  c: FunctionContext,
  state: string,
  arms: readonly ArmCase[],
  handlers: readonly number[],
  depth: number,
): es.Statement {
  const handler = c.scratch(`handler ${depth}`)
  c.keepsCaught = true
  const noting = arms.map(({ tests, body }, i) => ({ tests, body: [set(handler, num(handlers[i]!)), ...body] }))
  return attempt([switchOn(id(state), noting)], THROWN, [
    when(bin('<', id(handler), num(0)), [raise(id(THROWN))]),
    set(CAUGHT, id(THROWN)),
    set(state, id(handler)),
    continueTo(null),
  ])
}
