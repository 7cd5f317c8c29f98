// Chooses how JavaScript holds i64 values: everything of a function that has to do with one is made anew, statement by
// statement, by the rules of a representation. Expressions are evaluated on an operand stack, as lowering does, so that what
// the rules emit between them keeps its order.
//
//   set l0 = i64.add(l0, i64.load(l1))      t2 = load(l1); t3 = load(l1+4); t4 = l0lo + t2; l0hi = ...; l0lo = t4

import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr } from '../../3-ir/expr.ts'
import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import { call, callIndirect, globalGet, regRead, select, withOperands } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth } from '../../3-ir/fold.ts'
import type {
  CallSet,
  Compound,
  Func,
  GlobalSet,
  List,
  Reg,
  RegType,
  Return,
  SetReg,
  Stmt,
  Store,
} from '../../3-ir/ir.ts'
import { OperandStack } from '../../3-ir/operands.ts'
import { Fresh, wordTypes } from '../../3-ir/registers.ts'
import { evaluate, giveBack, setGlobal, setReg, setResults, tailCall, withArgs } from '../../3-ir/statements.ts'
import { mapBodies, readsReg } from '../../3-ir/walk.ts'
import type { Representation, Workplace } from './representation.ts'

/** @template Held what an i64 is held as */
export class Legalizer<Held> implements Workplace {
  at = 0
  readonly fresh: Fresh
  readonly stack: OperandStack = new OperandStack(this)
  readonly #held: Representation<Held>
  #out: Stmt[] = []

  constructor(func: Func, representation: (at: Workplace) => Representation<Held>) {
    this.fresh = new Fresh(func)
    this.#held = representation(this)
  }

  temp(type: RegType): Reg {
    return this.fresh.reg(type)
  }

  emit(stmt: Stmt): void {
    this.#out.push(stmt)
  }

  /** The function with its i64 values held so. */
  run(func: Func, int64: Func['int64']): Func {
    const params = func.params.flatMap((reg) => this.#registersFor(reg))
    const body = this.#list(func.body)
    return {
      ...func,
      int64,
      params,
      locals: func.locals.flatMap((reg) => this.#registersFor(reg)),
      results: func.results.flatMap(wordTypes),
      body,
      ...this.fresh.counts,
    }
  }

  #registersFor(reg: Reg): readonly Reg[] {
    return reg.type === 'i64' ? this.#held.registersOf(reg) : [reg]
  }

  #list(list: List): List {
    const outer = this.#out
    const made: Stmt[] = []
    this.#out = made
    for (let i = 0; i < list.length; i++) this.#stmt(list[i]!)
    this.#out = outer
    return made.length === list.length && made.every((stmt, i) => stmt === list[i]) ? list : made
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
      case 'tail':
        return this.emit(tailCall(this.#callNode(stmt.call) as typeof stmt.call, stmt.at))
      case 'if':
      case 'switch': {
        const decision = this.#one(stmt.args[0]!)
        return this.emit(this.#inside(withArgs(stmt, [decision])))
      }
      case 'trap':
      case 'br':
      case 'block':
      case 'loop':
      case 'dispatch':
        throw new Error(`a ${stmt.kind} has no operands`)
      default:
        return stmt satisfies never
    }
  }

  /** Whether a statement itself neither computes nor moves an i64. */
  #staysAsItIs({ args, regs }: Stmt): boolean {
    for (let i = 0; i < args.length; i++)
      if ((args[i]!.types & INT64) !== 0 || !this.#held.stays(args[i]!)) return false
    for (let i = 0; i < regs.length; i++) if (regs[i]!.type === 'i64') return false
    return true
  }

  #inside(stmt: Compound): Stmt {
    return mapBodies(stmt, (body) => this.#list(body))
  }

  #set({ reg, value, at }: SetReg): void {
    if (reg.type === 'i64') this.#held.set(reg, this.#value(value) as Held)
    else this.emit(setReg(reg, this.#one(value), at))
  }

  /** The results of a call, all of them: results that are words are counted one by one. */
  #results({ value, regs, at }: CallSet): void {
    const node = this.#callNode(value) as CallSet['value']
    const taken = regs.map((reg) => wordTypes(reg.type).map((type) => (reg.type === 'i64' ? this.temp(type) : reg)))
    this.emit(setResults(taken.flat(), node, at))
    regs.forEach((reg, i) => {
      if (reg.type === 'i64') this.#held.set(reg, this.#held.fromWords(regRead(taken[i]![0]!), regRead(taken[i]![1]!)))
    })
  }

  #evaluate(e: Expr): void {
    if (isCall(e)) return this.emit(evaluate(this.#callNode(e), this.at))
    const value = this.#value(e)
    for (const entry of e.type === 'i64' ? this.#held.entries(value as Held) : [value as Expr]) {
      if ((entry.effects & (LEAVE | WRITE)) !== 0) this.emit(evaluate(entry, this.at))
    }
  }

  #store(stmt: Store): void {
    const [addr, value] = this.#take([stmt.addr, stmt.value]) as [Expr, Held | Expr]
    if (stmt.value.type === 'i64') this.#held.store(stmt, addr, value as Held)
    else this.emit(withArgs(stmt, [addr, value as Expr]))
  }

  #setGlobal(stmt: GlobalSet): void {
    if (stmt.value.type !== 'i64') return this.emit(withArgs(stmt, [this.#one(stmt.value)]))
    const { lo, hi } = this.#held.toWords(this.#value(stmt.value) as Held)
    const words = [lo, hi].map((e) => this.stack.atom(e))
    words.forEach((e, part) => this.emit(setGlobal(stmt.global, part, e, stmt.at)))
  }

  #return(stmt: Return): void {
    const values = this.#take(stmt.values).flatMap((value, i) => {
      if (stmt.values[i]!.type !== 'i64') return [value as Expr]
      const { lo, hi } = this.#held.toWords(value as Held)
      return [lo, hi]
    })
    const { stack } = this
    // The emitter fills the cells before it evaluates the first result: what has effects keeps its order by itself. Of the
    // words of one value either may come first.
    const inOrder = stmt.values.length === 1 ? values : values.map((e) => (e.effects === 0 ? e : stack.name(e)))
    this.emit(giveBack(inOrder, stmt.at))
  }

  /** An expression that is no i64. */
  #one(e: Expr): Expr {
    return this.#value(e) as Expr
  }

  /** The value of a tree: an i64 as it is held, others as they are. */
  #value(e: Expr): Held | Expr {
    if ((e.types & INT64) === 0 && this.#held.stays(e)) return e
    switch (e.kind) {
      case 'reg':
        return e.type === 'i64' ? this.#held.read(e.reg) : e
      case 'const':
        return e.type === 'i64' ? this.#held.constant(e.lo, e.hi) : e
      case 'load': {
        const [addr] = this.#take(e.args) as [Expr]
        return e.type === 'i64' ? this.#held.load(e, addr) : withOperands(e, [addr])
      }
      case 'plain':
        return this.#held.plain(e, this.#take(e.args))
      case 'select':
        return this.#select(e.args, e.type)
      case 'call':
      case 'call_indirect':
        return this.#call(e)
      case 'global.get':
        return e.type === 'i64' ? this.#globalGet(e) : e
      case 'runtime':
      case 'ref.func':
        return withOperands(e, this.#flat(e.args))
      default:
        return e satisfies never
    }
  }

  #select(args: readonly Expr[], type: RegType): Held | Expr {
    const [cond, then, otherwise] = this.#take(args) as [Expr, Held | Expr, Held | Expr]
    if (type === 'i64') return this.#held.select(cond, then as Held, otherwise as Held)
    if (type !== 'i32') return select(cond, then as Expr, otherwise as Expr)
    return (isTruth(cond) ? chooseMasked : choose)(cond, then as Expr, otherwise as Expr)
  }

  #call(e: Expr): Held | Expr {
    const node = this.#callNode(e) as CallSet['value']
    if (e.type !== 'i64') return this.#held.called(node)
    const [lo, hi] = this.stack.nameResults(node, ['i32', 'i32'])
    return this.#held.fromWords(lo!, hi!)
  }

  /** A call whose arguments are words. */
  #callNode(e: Expr): Expr {
    const type = wordTypes(e.type)[0]!
    const args = this.#flat(e.args)
    if (e.kind === 'call') return call(e.func, args, type, e.version)
    if (e.kind !== 'call_indirect') return withOperands(e, args)
    return callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), type)
  }

  #globalGet(e: Extract<Expr, { kind: 'global.get' }>): Held {
    const isMutable = e.effects !== 0
    return this.#held.fromWords(globalGet(e.global, 0, 'i32', isMutable), globalGet(e.global, 1, 'i32', isMutable))
  }

  /** Operands as words, for one node that evaluates them in this order. */
  #flat(args: readonly Expr[]): Expr[] {
    const height = this.stack.height
    for (const arg of args) {
      const value = this.#value(arg)
      if (arg.type !== 'i64') this.stack.push(value as Expr)
      else {
        const { lo, hi } = this.#held.toWords(value as Held)
        this.stack.push(lo)
        this.stack.push(hi)
      }
    }
    return this.stack.pop(this.stack.height - height)
  }

  /** Operands that may be evaluated apart from each other, with statements between. */
  #take(args: readonly Expr[]): (Held | Expr)[] {
    const height = this.stack.height
    const values: (Held | Expr)[] = []
    for (let i = 0; i < args.length; i++) {
      const value = this.#value(args[i]!)
      values.push(value)
      if (args[i]!.type !== 'i64') this.stack.push(value as Expr)
      else for (const entry of this.#held.entries(value as Held)) this.stack.push(entry)
    }
    const taken = this.stack.take(this.stack.height - height)
    let next = 0
    for (let i = 0; i < args.length; i++) {
      if (args[i]!.type !== 'i64') {
        values[i] = taken[next++]!
        continue
      }
      values[i] = this.#held.withEntries(values[i] as Held, taken, next)
      next += this.#held.entriesOfOne
    }
    return values
  }

  /** Sets registers at once: a value that reads a register set before it is saved first. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void {
    if (regs.length === 1) return this.#assign(regs[0]!, values[0]!)
    const isRead = (value: Expr, i: number): boolean => regs.slice(0, i).some((reg) => readsReg(value, reg))
    const saved = values.map((value, i) => (isRead(value, i) ? this.stack.name(value) : value))
    for (let i = 0; i < regs.length; i++) this.#assign(regs[i]!, saved[i]!)
  }

  #assign(reg: Reg, value: Expr): void {
    if (value.kind !== 'reg' || value.reg !== reg) this.emit(setReg(reg, value, this.at))
  }
}

const INT64 = TYPE_BIT.i64

const isCall = (e: Expr): boolean => e.kind === 'call' || e.kind === 'call_indirect'
