// Addresses, indices, sizes and counts of memories and tables that have 64-bit ones. Below this file all of these are i32:
// no memory is larger than 4 GiB less a page, and no table than 10 million elements, so that 2^32 - 1 is out of bounds of all
// of them, and more than any can grow by. What does not fit 32 bits becomes that, and traps where it would have trapped.
//
//   i64.load offset=8 (p)      i64.load(i32.sat_i64_u(p) + 8)      D.i((ph ? -1 : pl) + 8)
//   memory.size                i64.extend_i32_u(memory_size(m0))

import type { AddressType } from '../0-wasm/types.ts'
import type { Expr } from '../3-ir/expr.ts'
import { i32, i64, operation } from '../3-ir/expressions.ts'
import { add } from '../3-ir/fold.ts'

/** An operand that is an address, an index or a count, as i32. */
export function narrow(e: Expr): Expr {
  if (e.type !== 'i64') return e
  if (e.kind === 'const') return i32(e.hi === 0 ? e.lo : -1)
  if (e.kind === 'op' && e.op === 'i64.extend_i32_u') return e.args[0]!
  return operation('i32.sat_i64_u', [e])
}

/** Offsets of 2^32 and more are out of bounds of every memory too, whatever the address is. */
export const narrowOffset = (offset: number): number => Math.min(offset, 0xffffffff)

/** A size, which the runtime gives as an i32. */
export const widen = (size: Expr, type: AddressType): Expr =>
  type === 'i32' ? size : operation('i64.extend_i32_u', [size])

/** What growing gives: a size, or -1. */
export const widenGrown = (size: Expr, type: AddressType): Expr =>
  type === 'i32' ? size : operation('i64.sub', [operation('i64.extend_i32_u', [add(size, i32(1))]), i64(1, 0)])
