// Tail calls: functions count those that they make as plain calls; after a few of them they return, and the driver of the
// outermost tail-calling function makes the call (src/6-emit/function.ts).

import type { Raw } from './func.ts'
import { realm, type TailCall } from './realm.ts'

/** The pending tail call. */
export const tail: TailCall = tail_find()

function tail_find(): TailCall {
  if (!realm.tail) realm.tail = { f: null, a: null }
  return realm.tail
}

/**
 * Leaves a call for the driver.
 * @param f a body, see `tail_target`
 * @param args its registers and the count, 0; then null where one is an f64, for V8 quiets NaNs in arrays of nothing but numbers
 */
export function tail_call(f: Raw, args: readonly unknown[]): void {
  tail.f = f
  tail.a = args
}

/**
 * The driver: makes pending calls until none is left.
 * @param r what the body returned
 * @returns what the last call returned
 */
export function tail_run(r: unknown): unknown {
  let result = r
  while (tail.f !== null) {
    const f = tail.f
    const args = tail.a
    tail.f = null
    tail.a = null
    result = f.apply(null, args as never[])
  }
  return result
}

/** @returns what to tail-call for a raw function: its body, if it makes tail calls itself */
export function tail_target(raw: Raw): Raw {
  return raw.tail || raw
}

/** Names the body of a driver. */
export function tail_entry(raw: Raw, body: Raw): void {
  raw.tail = body
}
