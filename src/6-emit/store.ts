// Stores to memory. Floats that may be NaNs with bits of their own take ways on which these survive.

import type * as es from 'estree'
import type { ElementStore, Expr } from '../3-ir/expr.ts'
import { isAtom, load } from '../3-ir/expressions.ts'
import type { Store } from '../3-ir/ir.ts'
import { located } from '../3-ir/positions.ts'
import type { FunctionContext } from './context.ts'
import { placeOf, value } from './expression.ts'

export function store(c: FunctionContext, stmt: Store): es.Statement[] {
  const { access } = c.module
  const { op, value: stored } = stmt
  const place = placeOf(c, stmt)
  if (op === 'f32.store' && stored.kind === 'load') {
    // What was just loaded moves as an integer, which has no NaN to lose.
    const bits = load('i32.load', stored.memory, stored.addr, stored.offset, stored.guard)
    return access.store(c, 'i32.store', place, value(c, located(bits, stored.at)), false)
  }
  if ((op === 'f32.store' || op === 'f64.store') && c.optimized.values.mayBeOwnNan(stored)) {
    return access.storeBits(c, op, place, value(c, stored), isSimple(stored))
  }
  return access.store(c, op as ElementStore, place, value(c, stored), isSimple(stored))
}

/** Nodes of a value without effects that is rather written twice than put into a variable. */
const MAX_TWICE = 5

const isSimple = (e: Expr): boolean => isAtom(e) || (e.effects === 0 && e.size <= MAX_TWICE)
