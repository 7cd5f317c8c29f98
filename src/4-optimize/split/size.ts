// How many bytes of V8 bytecode a function will have. The weights fit 443 functions of SQLite, QuickJS and Lua, each
// within a quarter of its real size, 11 % off in the root mean square.

import { operands } from '../../3-lower/build.ts'
import type { Expr, Stmt } from '../../3-lower/ir.ts'
import { isCompound } from '../../3-lower/statements.ts'
import { bodiesOf, sumOver } from '../rewrite.ts'
import type { List } from './tree.ts'

/** Bytecodes of large functions have wide operands: register and feedback slot numbers over 255. */
const WIDE = 1.33

const ARGUMENT = 4.4 * WIDE
const CALL = 4 * WIDE
const COMPUTATION: Record<string, number> = { const: 4.3 * WIDE, unsigned: 14.6 * WIDE, other: 8.7 * WIDE }

const STATEMENT: Partial<Record<Stmt['kind'], number>> = {
  'set': 4.4 * WIDE,
  'expr': 5.8 * WIDE,
  'store': 30.5 * WIDE,
  'br': 3.8 * WIDE,
  'if': 2 * WIDE,
  'loop': 14.5 * WIDE,
  'trap': 8 * WIDE,
  'tail': 30 * WIDE,
  'return': 2 * WIDE,
  'switch': 8 * WIDE,
  'dispatch': 24 * WIDE,
}

/** Operations that are one bytecode or two: the others are calls. */
export const INFIX = new Set([
  ...'add sub and or xor shl shr_s shr_u eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'
    .split(' ')
    .map((op) => `i32.${op}`),
  ...'add sub mul div eq ne lt gt le ge'.split(' ').map((op) => `f64.${op}`),
])

/** Bytes of a computation, its operands not counted. */
function ownSize(e: Expr): number {
  switch (e.kind) {
    case 'plain':
      if (!INFIX.has(e.op)) return 12 * WIDE + e.args.length * ARGUMENT
      if (e.args[1]?.kind === 'const') return COMPUTATION['const']!
      return COMPUTATION[e.op.endsWith('_u') ? 'unsigned' : 'other']!
    case 'load':
      return 26.7 * WIDE
    case 'call':
      return CALL + e.args.length * ARGUMENT
    case 'runtime':
      return CALL + (e.args.length + e.entities.length) * ARGUMENT
    case 'call_indirect':
      return 49 * WIDE + e.args.length * ARGUMENT
    case 'select':
    case 'cell':
      return 6 * WIDE
    default:
      return 0
  }
}

function sizeOfExpr(e: Expr): number {
  let size = ownSize(e)
  if (e.kind === 'load') return size + sizeOfExpr(e.addr)
  const args = operands(e)
  for (let i = 0; i < args.length; i++) size += sizeOfExpr(args[i]!)
  return size
}

/** What is left of a region in the function, about. */
export const CALL_SIZE = 64

/** Bytes of a call and of what hands registers over. */
export const callSize = (params: number, outs: number, exits: number): number =>
  CALL + params * ARGUMENT + outs * 8 * WIDE + exits * 8 * WIDE

/** Sizes of the statements of one function, and which of them make tail calls. */
export class Sizes {
  readonly #sizes = new Map<Stmt, number>()
  readonly #tails = new Set<Stmt>()

  ofList(list: List): number {
    return this.ofRange(list, 0, list.length)
  }

  /** Of statements `from` to before `to`. */
  ofRange(list: List, from: number, to: number): number {
    let size = 0
    for (let i = from; i < to; i++) size += this.of(list[i]!)
    return size
  }

  of(stmt: Stmt): number {
    const compound = isCompound(stmt)
    const known = compound ? this.#sizes.get(stmt) : undefined
    if (known !== undefined) return known
    let size = (STATEMENT[stmt.kind] ?? 0) + sumOver(stmt, sizeOfExpr)
    if (compound)
      for (const list of bodiesOf(stmt)) {
        size += this.ofList(list)
        if (list.some((each) => this.hasTail(each))) this.#tails.add(stmt)
      }
    if (stmt.kind === 'tail') this.#tails.add(stmt)
    if (compound) this.#sizes.set(stmt, size)
    return size
  }

  /** Whether a tail call is in it; ask for its size first. */
  hasTail(stmt: Stmt): boolean {
    return this.#tails.has(stmt)
  }
}
