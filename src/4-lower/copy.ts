// A copy of a function's IR for another function: other registers, other labels, and results in registers.

import type { Expr } from '../3-ir/expr.ts'
import { isAtom, regRead, zeroOf } from '../3-ir/expressions.ts'
import type { CallSet, Func, Label, Reg, Return, Stmt } from '../3-ir/ir.ts'
import { attempt, block, branch, choice, setReg, setResults, switchOn, withArgs } from '../3-ir/statements.ts'
import { substitute } from '../3-ir/walk.ts'
import type { FunctionBuilder } from './builder.ts'

/** Puts copies of a function's statements into the function being lowered. */
export class StatementCopier {
  readonly #b: FunctionBuilder
  readonly #substitutes = new Map<Reg, Expr>()
  readonly #labels = new Map<Label, Label>()
  readonly #results: readonly Reg[]
  readonly #out: Label
  /** Whether anything branches to the end. */
  #leaves = false

  constructor(b: FunctionBuilder, { results }: Func) {
    this.#b = b
    this.#results = results.map((type) => b.temp(type))
    this.#out = b.fresh.label()
  }

  /** @param isSet whether the function sets the parameter: then it needs a register of its own */
  bind(param: Reg, arg: Expr, isSet: boolean): void {
    if (!isSet && isAtom(arg)) this.#substitutes.set(param, arg)
    else this.#b.emit(setReg(this.#register(param), arg, this.#b.at))
  }

  clear(locals: readonly Reg[]): void {
    for (const reg of locals) this.#b.emit(setReg(this.#register(reg), zeroOf(reg.type), this.#b.at))
  }

  /** @returns what holds the results afterwards */
  emit({ body, hasVectors }: Func): readonly Expr[] {
    this.#b.hasVectors ||= hasVectors
    const last = body[body.length - 1]
    const stmts = last?.kind === 'return' ? this.#list(body.slice(0, -1)) : this.#list(body)
    if (last?.kind === 'return') for (const stmt of this.#setResults(last.values, last.at)) stmts.push(stmt)
    if (this.#leaves) this.#b.emit(block(this.#out, stmts, this.#b.at))
    else for (const stmt of stmts) this.#b.emit(stmt)
    return this.#results.map(regRead)
  }

  #list(stmts: readonly Stmt[]): Stmt[] {
    const made: Stmt[] = []
    for (let i = 0; i < stmts.length; i++) {
      const stmt = stmts[i]!
      if (stmt.kind === 'return') this.#return(stmt, made)
      else made.push(this.#stmt(stmt))
    }
    return made
  }

  readonly #of = (reg: Reg): Expr => this.#substitutes.get(reg)!

  readonly #expr = (e: Expr): Expr => substitute(e, this.#of)

  #return({ values, at }: Return, made: Stmt[]): void {
    this.#leaves = true
    for (const stmt of this.#setResults(values, at)) made.push(stmt)
    made.push(branch(this.#out, at))
  }

  #stmt(stmt: Exclude<Stmt, Return>): Stmt {
    switch (stmt.kind) {
      case 'set':
        return setReg(this.#register(stmt.reg), this.#expr(stmt.value), stmt.at)
      case 'call': {
        const regs = stmt.regs.map((reg) => this.#register(reg))
        return setResults(regs, this.#expr(stmt.value) as CallSet['value'], stmt.at, stmt.results)
      }
      case 'expr':
      case 'global.set':
      case 'store':
      case 'trap':
      case 'throw':
        return withArgs(stmt, stmt.args.map(this.#expr))
      case 'br':
        return branch(this.#label(stmt.target), stmt.at)
      case 'block':
        return block(this.#label(stmt.label), this.#list(stmt.body), stmt.at)
      case 'if': {
        const label = stmt.label && this.#label(stmt.label)
        return choice(this.#expr(stmt.cond), label, this.#list(stmt.then), this.#list(stmt.else), stmt.at)
      }
      case 'switch': {
        const cases = stmt.cases.map((each) => ({ indices: each.indices, body: this.#list(each.body) }))
        return switchOn(this.#expr(stmt.index), cases, stmt.at)
      }
      case 'try':
        return attempt(this.#list(stmt.body), this.#list(stmt.handler), stmt.at)
      case 'loop':
      case 'dispatch':
      case 'tail':
        throw new Error(`a ${stmt.kind} in a function that is inlined`)
      default:
        return stmt satisfies never
    }
  }

  #setResults(values: readonly Expr[], at: number): Stmt[] {
    return values.map((value, i) => setReg(this.#results[i]!, this.#expr(value), at))
  }

  #label(label: Label): Label {
    let made = this.#labels.get(label)
    if (made === undefined) {
      made = this.#b.fresh.label()
      this.#labels.set(label, made)
    }
    return made
  }

  #register(reg: Reg): Reg {
    const found = this.#substitutes.get(reg)
    if (found?.kind === 'reg') return found.reg
    const made = this.#b.temp(reg.type)
    this.#substitutes.set(reg, regRead(made))
    return made
  }
}
