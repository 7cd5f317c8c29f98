// What evaluating an expression or running a statement may do, as bits: by region of the state, and how control may leave.

export const READ_MEMORY = 1
export const WRITE_MEMORY = 2
export const READ_GLOBAL = 4
export const WRITE_GLOBAL = 8
export const READ_TABLE = 16
export const WRITE_TABLE = 32
/** It may trap: no handler of the module sees that. */
export const TRAP = 64
/** It may throw an exception, which a handler may catch. */
export const THROW = 128
/** What is in structures and arrays and may be changed there. */
export const READ_HEAP = 256
export const WRITE_HEAP = 512

/** Reads some state. */
export const READ = READ_MEMORY | READ_GLOBAL | READ_TABLE | READ_HEAP
/** Changes some state. */
export const WRITE = WRITE_MEMORY | WRITE_GLOBAL | WRITE_TABLE | WRITE_HEAP
/** Control may leave: what comes later does not happen then. */
export const LEAVE = TRAP | THROW
/** What may happen in a function of which nothing is known. */
export const ANYTHING = READ | WRITE | LEAVE

/** A region is read at bit `n` and written at bit `n + 1`. */
const writesOf = (effects: number): number => (effects & WRITE) >>> 1

/**
 * Whether two things must happen in the order in which they stand. Reads of a region are kept apart from writes of the same
 * region, and writes from what may leave; two traps may change places, since either ends the instance's call, but a trap
 * and an exception may not.
 */
export function isOrdered(one: number, other: number): boolean {
  if ((writesOf(one) & (other | (other >>> 1)) & READ) !== 0 || (writesOf(other) & one & READ) !== 0) return true
  if ((one & WRITE) !== 0 && (other & LEAVE) !== 0) return true
  if ((other & WRITE) !== 0 && (one & LEAVE) !== 0) return true
  return ((one & THROW) !== 0 && (other & LEAVE) !== 0) || ((other & THROW) !== 0 && (one & LEAVE) !== 0)
}
