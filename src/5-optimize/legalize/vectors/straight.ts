// What vectors in registers are, as long as control runs straight through: facts that may be about what other registers hold at
// the time, so that they end where one of these is set, and where control comes from elsewhere.

import type { Expr } from '../../../3-ir/expr.ts'
import type { Compound, List, Reg, Stmt } from '../../../3-ir/ir.ts'
import { mapBodies, mapExpressions, replaceIn } from '../../../3-ir/walk.ts'

export abstract class StraightRewriter<Fact> {
  /** By register id. */
  #held = new Map<number, Fact>()

  /** What becomes of an operand of a statement. */
  protected abstract rewritten(e: Expr): Expr

  /** What is known of a register once it is set to an expression, of which it may be told before; undefined: nothing. */
  protected abstract factOf(reg: Reg, value: Expr): Fact | undefined

  /** Whether a fact is about what the register holds. */
  protected abstract isAbout(fact: Fact, reg: Reg): boolean

  protected heldIn(reg: Reg): Fact | undefined {
    return this.#held.get(reg.id)
  }

  list(list: List): List {
    this.#held = new Map()
    const made = replaceIn(list, (stmt) => this.#stmt(stmt))
    this.#held = new Map()
    return made
  }

  #stmt(given: Stmt): Stmt {
    const stmt = mapExpressions(given, (e) => this.rewritten(e))
    if (stmt.bodies.length > 0) return mapBodies(stmt as Compound, (list) => this.list(list))
    const fact = given.kind === 'set' && given.reg.type === 'v128' ? this.factOf(given.reg, given.value) : undefined
    for (const reg of given.regs) this.#forget(reg)
    if (fact !== undefined && !this.isAbout(fact, given.regs[0]!)) this.#held.set(given.regs[0]!.id, fact)
    return stmt
  }

  #forget(reg: Reg): void {
    this.#held.delete(reg.id)
    for (const [id, fact] of this.#held) if (this.isAbout(fact, reg)) this.#held.delete(id)
  }
}
