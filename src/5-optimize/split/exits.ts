// The ways out of a region, and what becomes of them in a part.

import type { Label, List, Reg, Return, Stmt } from '../../3-ir/ir.ts'
import { isCompound, setReg } from '../../3-ir/statements.ts'
import { mapBodies, replaceIn } from '../../3-ir/walk.ts'

/** A way out of a region: a number for it, and what the caller does there. */
export interface Exit {
  readonly code: number
  readonly go: List
}

/** A region and what is known about it. */
export interface Outline {
  readonly body: List
  readonly params: readonly Reg[]
  /** Registers that the caller gets back. */
  readonly outs: readonly Reg[]
  /** What a branch to a label outside means. */
  readonly branches: ReadonlyMap<Label, Exit>
  /** What a return means; undefined: that the caller returns the same, being at its end. */
  readonly returns: Exit | undefined
  /** What coming out at the end means; undefined if it never does. */
  readonly falls: Exit | undefined
  /** Registers that the exit code of a return carries the results in. */
  readonly results: readonly Reg[]
  readonly at: number
}

/** The region's statements, with `leave` for every branch that goes out of it and every return. */
export function mapExits({ body, branches, returns, results }: Outline, leave: (exit: Exit) => readonly Stmt[]): List {
  const list = (stmts: List): List => replaceIn(stmts, stmt)
  const stmt = (each: Stmt): Stmt | List => {
    if (each.kind === 'br') {
      const exit = branches.get(each.target)
      return exit === undefined ? each : leave(exit)
    }
    if (each.kind === 'return' && returns !== undefined)
      return [...setResults(each.values, results, each.at), ...leave(returns)]
    return isCompound(each) ? mapBodies(each, list) : each
  }
  return list(body)
}

/** Later values first, as a return evaluates them. */
function setResults(values: Return['values'], regs: Outline['results'], at: number): Stmt[] {
  return values.map((value, i): Stmt => setReg(regs[i]!, value, at)).reverse()
}
