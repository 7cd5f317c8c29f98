// The race: contestants take turns in one process, so that what else the machine does hits all alike.

import type { Side } from './contestants.ts'

/** What was measured of one side. Times in milliseconds. */
export interface Laps {
  readonly side: Side
  /** Time of the first call. */
  readonly first: number
  /** Mean time of a call, of each sample in their order. */
  readonly times: number[]
  /** How many calls make one sample. */
  batch: number
  /** How many samples there were when the batch got its size. */
  warm: number
}

/** A sample should take this long at least, so that the clock's steps do not count. */
const SAMPLE = 2

/**
 * Calls one side after the other until the time is over. The first result of the first side is the right one; `show` writes
 * results. `failed` is told of a side that throws or gives another result and, if it returns, the rest go on.
 */
export function inTurns(
  sides: readonly Side[],
  milliseconds: number,
  show: (result: unknown) => string,
  failed: (side: Side, error: Error) => void,
): readonly Laps[] {
  let expected: string | undefined
  const start = (side: Side): Laps => {
    const before = performance.now()
    const result = side.call()
    const first = performance.now() - before
    expected ??= show(result)
    if (show(result) !== expected) throw new ResultError(`its result is ${show(result)}, not ${expected}`)
    return { side, first, times: [], batch: 1, warm: 0 }
  }
  const end = performance.now() + milliseconds
  let racing = each(sides, start, failed)
  do {
    racing = each(racing, sample, (laps, error) => failed(laps.side, error))
  } while (performance.now() < end)
  return racing
}

/** A contestant that computes something else. */
export class ResultError extends Error {}

/** What the action makes of the items for which it does not throw. */
function each<T, U>(items: readonly T[], action: (item: T) => U, failed: (item: T, error: Error) => void): U[] {
  const done: U[] = []
  for (const item of items) {
    try {
      done.push(action(item))
    } catch (error) {
      failed(item, error as Error)
    }
  }
  return done
}

/** A sample that is too short makes the batch longer and belongs to the warm-up. */
function sample(laps: Laps): Laps {
  const { batch, times } = laps
  const { call } = laps.side
  const before = performance.now()
  for (let i = 0; i < batch; i++) call()
  const time = performance.now() - before
  times.push(time / batch)
  if (time < SAMPLE) {
    laps.batch *= 2
    laps.warm = times.length
  }
  return laps
}
