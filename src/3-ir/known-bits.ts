// Which bits of an i32 expression may be set: what is outside is zero whatever the registers hold.

import type { Expr, Plain } from './expr.ts'
import { ACCESSES } from './ops/accesses.ts'
import { OPS } from './ops/index.ts'

/** Trees deeper than this are taken to have any bits. */
const MAX_DEPTH = 6

/** A mask of the bits that may be set. */
export function mayBeSet(e: Expr, depth = 0): number {
  if (depth > MAX_DEPTH) return -1
  switch (e.kind) {
    case 'const':
      return e.value
    case 'load':
      return ACCESSES[e.op].bits
    case 'select':
      return mayBeSet(e.then, depth + 1) | mayBeSet(e.else, depth + 1)
    case 'plain':
      return ofOperation(e, depth + 1)
    default:
      return -1
  }
}

function ofOperation({ op, args }: Plain, depth: number): number {
  switch (op) {
    case 'i32.and':
      return mayBeSet(args[0]!, depth) & mayBeSet(args[1]!, depth)
    case 'i32.or':
    case 'i32.xor':
      return mayBeSet(args[0]!, depth) | mayBeSet(args[1]!, depth)
    case 'i32.shl':
      return args[1]!.kind === 'const' ? mayBeSet(args[0]!, depth) << args[1]!.value : -1
    case 'i32.shr_u':
      return args[1]!.kind === 'const' ? mayBeSet(args[0]!, depth) >>> args[1]!.value : -1
    default:
      return OPS[op].bits
  }
}
