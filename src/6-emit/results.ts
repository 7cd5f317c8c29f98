// Results of a function behind the first: the callee leaves them in cells of the runtime, and the caller takes them from
// there at once. Only the emitter knows of cells.
//
//   t0, t1 = f1(l0)        a = f1(b); c = ri[0]

import type * as es from 'estree'
import type { Expr } from '../3-ir/expr.ts'
import type { CallSet, RegType } from '../3-ir/ir.ts'
import { assign, at, num, stmt } from './build.ts'
import type { FunctionContext } from './context.ts'
import { number, passed, value } from './expression.ts'

/** The runtime's cells, by the type of the register. */
export const CELLS = { i32: 'ri', f32: 'rf', f64: 'rf', ref: 'rr', i64: 'ri', i64cell: 'ri', v128: 'ri' } as const

/** The cell of result register number `index`, from 1. */
const cellOf = (c: FunctionContext, index: number, type: RegType) => at(c.runtimeVariable(CELLS[type]), num(index - 1))

/** Gives result number `index` to the caller. Engines quiet signalling NaNs that they store into arrays of doubles. */
export function setCell(c: FunctionContext, index: number, e: Expr): es.Statement {
  if (e.type === 'f64' && c.optimized.values.mayBeOwnNan(e))
    return stmt(c.runtime('rf_put', num(index - 1), value(c, e)))
  return stmt(assign(cellOf(c, index, e.type), value(c, e)))
}

/** Calls, and puts the results into their registers. */
export function setResults(c: FunctionContext, { value: called, regs, results }: CallSet): es.Statement[] {
  const rest = regs.flatMap((reg, i) =>
    results[i] === 0 ? [] : [stmt(assign(c.place(reg), cellOf(c, results[i]!, reg.type)))],
  )
  const [first] = regs
  if (results[0] !== 0) return [stmt(passed(c, called)), ...rest]
  return [stmt(assign(c.place(first!), (c.needsNanBits(first!) ? value : number)(c, called))), ...rest]
}
