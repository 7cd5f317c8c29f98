// A copy of a function's IR for another function: other registers and other labels.

import type { Expr } from '../3-ir/expr.ts'
import { regRead } from '../3-ir/expressions.ts'
import type { CallSet, Label, List, Reg, Return, Stmt } from '../3-ir/ir.ts'
import type { Fresh } from '../3-ir/registers.ts'
import { attempt, block, branch, choice, loop, setReg, setResults, switchOn, withArgs } from '../3-ir/statements.ts'
import { substitute } from '../3-ir/walk.ts'

/** Copies statements that no dispatch is among. */
export class Copier {
  readonly #fresh: Fresh
  /** What registers are read as. */
  readonly #substitutes = new Map<Reg, Expr>()
  readonly #labels = new Map<Label, Label>()

  /** @param fresh of the function that the copy is for */
  constructor(fresh: Fresh) {
    this.#fresh = fresh
  }

  /** From now on an expression stands where a register is read that is never set. */
  protected replace(reg: Reg, by: Expr): void {
    this.#substitutes.set(reg, by)
  }

  /** What stands for a statement that returns. */
  protected return(stmt: Return): Stmt[] {
    return [withArgs(stmt, stmt.values.map(this.expr))]
  }

  readonly list = (list: List): Stmt[] => {
    const made: Stmt[] = []
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      if (stmt.kind !== 'return') made.push(this.#stmt(stmt))
      else for (const each of this.return(stmt)) made.push(each)
    }
    return made
  }

  readonly #of = (reg: Reg): Expr => this.#substitutes.get(reg)!

  protected readonly expr = (e: Expr): Expr => substitute(e, this.#of)

  #stmt(stmt: Exclude<Stmt, Return>): Stmt {
    switch (stmt.kind) {
      case 'set':
        return setReg(this.register(stmt.reg), this.expr(stmt.value), stmt.at)
      case 'call': {
        const regs = stmt.regs.map(this.register)
        return setResults(regs, this.expr(stmt.value) as CallSet['value'], stmt.at, stmt.results)
      }
      case 'expr':
      case 'global.set':
      case 'store':
      case 'trap':
      case 'throw':
      case 'tail':
        return withArgs(stmt, stmt.args.map(this.expr))
      case 'br':
        return branch(this.#label(stmt.target), stmt.at)
      case 'block':
        return block(this.#label(stmt.label), this.list(stmt.body), stmt.at)
      case 'loop':
        return loop(this.#label(stmt.label), this.list(stmt.body), stmt.at, stmt.repeats)
      case 'if': {
        const label = stmt.label && this.#label(stmt.label)
        return choice(this.expr(stmt.cond), label, this.list(stmt.then), this.list(stmt.else), stmt.at)
      }
      case 'switch': {
        const cases = stmt.cases.map((each) => ({ indices: each.indices, body: this.list(each.body) }))
        return switchOn(this.expr(stmt.index), cases, stmt.at)
      }
      case 'try':
        return attempt(this.list(stmt.body), this.list(stmt.handler), stmt.at)
      case 'dispatch':
        throw new Error('a dispatch in a function that is copied')
      default:
        return stmt satisfies never
    }
  }

  #label(label: Label): Label {
    let made = this.#labels.get(label)
    if (made === undefined) {
      made = this.#fresh.label()
      this.#labels.set(label, made)
    }
    return made
  }

  /** The register that stands for one that is set. */
  readonly register = (reg: Reg): Reg => {
    const found = this.#substitutes.get(reg)
    if (found?.kind === 'reg') return found.reg
    const made = this.#fresh.reg(reg.type)
    this.#substitutes.set(reg, regRead(made))
    return made
  }
}
