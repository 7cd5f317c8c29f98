// What the producer of a module says of its branches (branch-hinting proposal): which way control will mostly go. Hints change
// nothing but speed.

/**
 * By function, and by the offset of the `br_if` or `if` in bytes from the start of the module: whether its condition is
 * mostly true.
 */
export type BranchHints = ReadonlyMap<number, ReadonlyMap<number, boolean>>

export const NO_HINTS: BranchHints = new Map()
