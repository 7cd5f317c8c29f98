// Waiting on a memory for another thread, and waking those that wait.

import { atomic_index } from './atomics.ts'
import { i64_out } from './boundary.ts'
import { type SharedMemory, shared_wait } from './shared-memory.ts'
import { trap } from './traps.ts'

/** `memory.atomic.wait32`; the last two operands are the words of the timeout in nanoseconds, below zero for none. */
export function atomic_wait32(m: SharedMemory, p: number, o: number, x: number, low: number, high: number): number {
  const index = atomic_index(m, p, o, 2)
  return shared_wait(m, function () {
    return Atomics.wait(m.words, index, x, wait_milliseconds(low, high))
  })
}

export function atomic_wait64(
  m: SharedMemory,
  p: number,
  o: number,
  x: number,
  xh: number,
  low: number,
  high: number,
): number {
  const index = atomic_index(m, p, o, 3)
  return shared_wait(m, function () {
    return Atomics.wait(m.longs, index, i64_out(x, xh), wait_milliseconds(low, high))
  })
}

function wait_milliseconds(low: number, high: number): number {
  return high < 0 ? Infinity : (high * 4294967296 + (low >>> 0)) / 1e6
}

/** @returns how many threads were woken, of at most `count` */
export function atomic_notify(m: SharedMemory, p: number, o: number, count: number): number {
  return Atomics.notify(m.words, atomic_index(m, p, o, 2), count >>> 0)
}

/** Waiting on a memory that is not shared. */
export function wait_unshared(): number {
  throw trap('Atomics.wait cannot be called on a memory that is not shared')
}

/**
 * Waiting in a program of one thread: nobody can notify, so the time is over at once, and what would wait forever traps.
 * @param high the high word of the timeout
 */
export function wait_alone(is_expected: number, high: number): number {
  if (!is_expected) return 1
  if (high < 0) throw trap('a program of one thread waits for another one, forever')
  return 2
}
