// Replaces what is known to be one number, whichever way control goes, and computes by less what is known to need less:
// the high words of zero-extended values above all.
//
//   i64.extend_i32_u, kept in a local, added, compared: the high word and its arithmetic disappear
//   if (x & 1) > 1 ...                                  the arm that never runs goes, and what only it led to

import type { Expr } from '../3-ir/expr.ts'
import type { Compound, Func, List, Stmt } from '../3-ir/ir.ts'
import { removeUnreachable } from '../3-ir/reachable.ts'
import { block, isCompound, withArgs } from '../3-ir/statements.ts'
import { mapBodies, replaceIn } from '../3-ir/walk.ts'
import { simplify } from './constants/simplify.ts'
import { findValues, type Values } from './facts/values.ts'

/** @param values on the function: they are true of what comes out, too */
export function propagateConstants(func: Func, values: Values = findValues(func)): Func {
  const propagation = new Propagation(values)
  const body = propagation.list(func.body)
  const done = body === func.body ? func : { ...func, body }
  return propagation.isDecided ? removeUnreachable(done) : done
}

class Propagation {
  /** Whether there was a choice of which it is known what runs. */
  isDecided = false
  readonly #values: Values
  readonly #known: number

  constructor(values: Values) {
    this.#values = values
    this.#known = values.knownReads
  }

  readonly list = (list: List): List => replaceIn(list, this.#stmt)

  readonly #stmt = (stmt: Stmt): Stmt | List => {
    const simplified = this.#simplified(stmt)
    if (!isCompound(simplified)) return simplified
    const inner = mapBodies(simplified, this.list)
    const made = decide(inner)
    this.isDecided ||= made !== inner
    return made
  }

  /** The statement with simpler operands of its own. */
  #simplified(stmt: Stmt): Stmt {
    let args: Expr[] | undefined
    for (let i = 0; i < stmt.args.length; i++) {
      const made = simplify(stmt.args[i]!, this.#values, this.#known)
      if (made !== stmt.args[i]) args ??= stmt.args.slice()
      if (args !== undefined) args[i] = made
    }
    return args === undefined ? stmt : withArgs(stmt, args)
  }
}

/** Of a choice whose outcome is known, only the arm that runs is left. */
function decide(stmt: Compound): Stmt | List {
  if (stmt.kind === 'switch' && stmt.index.kind === 'const') {
    const index = stmt.index.value >>> 0
    const { cases } = stmt
    return (cases.find(({ indices }) => indices.includes(index)) ?? cases[cases.length - 1]!).body
  }
  if (stmt.kind !== 'if' || stmt.cond.kind !== 'const') return stmt
  const arm = stmt.cond.value === 0 ? stmt.else : stmt.then
  return stmt.label === undefined ? arm : block(stmt.label, arm, stmt.at)
}
