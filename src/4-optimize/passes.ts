// The passes over a function's IR, in order, and what they find out for the emitter.

import type { Func } from '../3-lower/ir.ts'
import { type Allocation, allocate } from './allocate.ts'
import { findNanBits } from './nan-bits.ts'

export interface Optimized {
  readonly func: Func
  readonly allocation: Allocation
  /** By register id: 1 if the bits of a NaN in it matter. */
  readonly nanBits: Uint8Array
}

/** @param level 0 to 3, as `-O` */
export function optimize(func: Func, level: number): Optimized {
  return {
    func,
    nanBits: level === 0 ? new Uint8Array(func.regCount).fill(1) : findNanBits(func),
    allocation: allocate(func),
  }
}
