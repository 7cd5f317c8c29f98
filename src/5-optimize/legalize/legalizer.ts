// Chooses how JavaScript holds the values of a type: everything of a function that has to do with one is made anew, statement
// by statement, by the rules of a representation. Expressions are in expressions.ts.
//
//   set l0 = i64.add(l0, i64.load(l1))      t2 = load(l1); t3 = load(l1+4); t4 = l0lo + t2; l0hi = ...; l0lo = t4

import { LEAVE, THROW, WRITE } from '../../3-ir/effects.ts'
import type { Expr } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import type { CallSet, Compound, Func, GlobalSet, List, Reg, Return, SetReg, Stmt, Store } from '../../3-ir/ir.ts'
import { wordTypes } from '../../3-ir/registers.ts'
import {
  evaluate,
  giveBack,
  hasHandlers,
  setGlobal,
  setReg,
  setResults,
  tailCall,
  withArgs,
} from '../../3-ir/statements.ts'
import { mapBodies, someCompound } from '../../3-ir/walk.ts'
import { ExpressionLegalizer } from './expressions.ts'

/** @template Held what a value of the type is held as */
export class Legalizer<Held> extends ExpressionLegalizer<Held> {
  #hasHandlers = false

  /** The function with its values held so. */
  run(func: Func): Func {
    this.#hasHandlers = someCompound(func.body, hasHandlers)
    const params = func.params.flatMap((reg) => this.#parameters(reg))
    const first = this.out.slice(0, this.count)
    const body = this.#list(func.body)
    return {
      ...func,
      params,
      locals: this.#registersForAll(func.locals),
      results: func.results.flatMap((type) => this.words(type)),
      body: first.length === 0 ? body : [...first, ...body],
      regCount: this.fresh.regCount,
      labelCount: this.fresh.labelCount,
    }
  }

  /**
   * Functions get values in words, as all do:
   *
   *   (func (param i64) ...) on BigInts    x = join(lo, hi); ...
   */
  #parameters(reg: Reg): readonly Reg[] {
    const regs = this.#registersFor(reg)
    const types = this.words(reg.type)
    if (types.every((type, i) => type === regs[i]?.type)) return regs
    const words = types.map((type) => this.temp(type))
    this.held.set(reg, this.held.fromWords(words.map(regRead)))
    return words
  }

  #registersForAll(regs: readonly Reg[]): readonly Reg[] {
    const all: Reg[] = []
    for (let i = 0; i < regs.length; i++) {
      if (!this.isHeld(regs[i]!)) all.push(regs[i]!)
      else for (const each of this.held.registersOf(regs[i]!)) all.push(each)
    }
    return all
  }

  #registersFor(reg: Reg): readonly Reg[] {
    return this.isHeld(reg) ? this.held.registersOf(reg) : [reg]
  }

  /** What is emitted for a list stands behind what is there of those around it, so that no list is made where all stays. */
  #list(list: List): List {
    const start = this.count
    for (let i = 0; i < list.length; i++) this.#stmt(list[i]!)
    const made = this.#isSame(start, list) ? list : this.out.slice(start, this.count)
    this.count = start
    return made
  }

  /** Whether the statements from one on are those of a list. */
  #isSame(start: number, list: List): boolean {
    if (this.count - start !== list.length) return false
    for (let i = 0; i < list.length; i++) if (this.out[start + i] !== list[i]) return false
    return true
  }

  #stmt(stmt: Stmt): void {
    this.at = stmt.at
    const bodies = stmt.bodies
    if (this.#staysAsItIs(stmt)) return this.emit(bodies.length === 0 ? stmt : this.#inside(stmt as Compound))
    switch (stmt.kind) {
      case 'set':
        return this.#set(stmt)
      case 'call':
        return this.#results(stmt)
      case 'expr':
        return this.#evaluate(stmt.value)
      case 'store':
        return this.#store(stmt)
      case 'global.set':
        return this.#setGlobal(stmt)
      case 'return':
        return this.#return(stmt)
      case 'throw':
        return this.emit(withArgs(stmt, [this.one(stmt.value)]))
      case 'tail':
        return this.emit(tailCall(this.callNode(stmt.call) as typeof stmt.call, stmt.at))
      case 'if':
      case 'switch': {
        const decision = this.one(stmt.args[0]!)
        return this.emit(this.#inside(withArgs(stmt, [decision])))
      }
      case 'trap':
      case 'br':
      case 'block':
      case 'loop':
      case 'try':
      case 'dispatch':
        throw new Error(`a ${stmt.kind} has no operands`)
      default:
        return stmt satisfies never
    }
  }

  /** Whether a statement itself neither computes nor moves a value of the type. */
  #staysAsItIs({ args, regs }: Stmt): boolean {
    for (let i = 0; i < args.length; i++)
      if ((args[i]!.types & this.bit) !== 0 || !this.held.stays(args[i]!)) return false
    for (let i = 0; i < regs.length; i++) if (this.isHeld(regs[i]!)) return false
    return true
  }

  #inside(stmt: Compound): Stmt {
    return mapBodies(stmt, this.#body)
  }

  readonly #body = (list: List): List => this.#list(list)

  #set({ reg, value, at }: SetReg): void {
    if (this.isHeld(reg)) this.held.set(reg, this.#atOnce(this.value(value) as Held))
    else this.emit(setReg(reg, this.one(value), at))
  }

  /** Words that are set one after the other: where there are handlers, nothing may throw between. */
  #atOnce(value: Held): Held {
    if (!this.#hasHandlers) return value
    const entries = this.held.entries(value)
    if (entries.every(({ effects }, i) => i === 0 || (effects & THROW) === 0)) return value
    const named = entries.map((e) => (e.effects === 0 ? e : this.stack.name(e)))
    return this.held.withEntries(value, named, 0)
  }

  /** The results of a call, all of them: results that are words are counted one by one. */
  #results({ value, regs, at }: CallSet): void {
    const node = this.callNode(value) as CallSet['value']
    const taken = regs.map((reg) => (this.isHeld(reg) ? wordTypes(reg.type).map((type) => this.temp(type)) : [reg]))
    this.emit(setResults(taken.flat(), node, at))
    regs.forEach((reg, i) => {
      if (this.isHeld(reg)) this.held.set(reg, this.held.fromWords(taken[i]!.map(regRead)))
    })
  }

  #evaluate(e: Expr): void {
    if (isCall(e)) return this.emit(evaluate(this.callNode(e), this.at))
    for (const entry of this.entries(e, this.value(e))) {
      if ((entry.effects & (LEAVE | WRITE)) !== 0) this.emit(evaluate(entry, this.at))
    }
  }

  #store(stmt: Store): void {
    const [addr, value] = this.take([stmt.addr, stmt.value]) as [Expr, Held | Expr]
    if (this.isHeld(stmt.value)) this.held.store(stmt, addr, value as Held)
    else this.emit(withArgs(stmt, [addr, value as Expr]))
  }

  #setGlobal(stmt: GlobalSet): void {
    if (!this.isHeld(stmt.value)) return this.emit(withArgs(stmt, [this.one(stmt.value)]))
    const words = this.held.toWords(this.value(stmt.value) as Held).map((e) => this.stack.atom(e))
    words.forEach((e, part) => this.emit(setGlobal(stmt.global, part, e, stmt.at)))
  }

  #return(stmt: Return): void {
    const values = this.take(stmt.values).flatMap((value, i) => {
      return this.isHeld(stmt.values[i]!) ? this.held.toWords(value as Held) : [value as Expr]
    })
    const { stack } = this
    // The emitter fills the cells before it evaluates the first result: what has effects keeps its order by itself. Of the
    // words of one value either may come first.
    const inOrder = stmt.values.length === 1 ? values : values.map((e) => (e.effects === 0 ? e : stack.name(e)))
    this.emit(giveBack(inOrder, stmt.at))
  }
}

const isCall = (e: Expr): boolean => e.kind === 'call' || e.kind === 'call_indirect'
