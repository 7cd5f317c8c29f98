// The operand stack as pending expressions. A value stays an expression until an effect would change what it means;
// then it is forced into a register of its own, where it stands still.
//
//   local.get 0  i32.const 4  i32.add  local.set 1       l1 = l0 + 4 | 0;
//   i32.load (a)  call $f  i32.add                       t0 = load(a); t1 = f(); ... t0 + t1 | 0

import { isOrdered, LEAVE, WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { isAtom, regRead } from '../3-ir/expressions.ts'
import type { CallSet, Reg, RegType, Stmt } from '../3-ir/ir.ts'
import { setReg, setResults } from '../3-ir/statements.ts'
import { readsReg } from '../3-ir/walk.ts'
import type { Sum } from './sum64.ts'

/** A Wasm value: one expression for each of its registers. */
export type Value = readonly Expr[]

/** More pending values than this are forced: what is pending is searched on every effect. */
const MAX_PENDING = 32

/** A larger tree is forced when it is pushed: printers and parsers recurse over it. */
const MAX_TREE = 48

/** Registers and statements of the function being lowered. */
export interface Sink {
  temp(type: RegType): Reg
  emit(stmt: Stmt): void
  readonly at: number
}

export class OperandStack {
  /** Sums of products among the pending values, by their high word's expression. */
  readonly sums = new WeakMap<Expr, Sum>()
  /** Whether any product of i64 was pushed. */
  hasProducts = false
  readonly #sink: Sink
  readonly #values: Value[] = []
  /** All values below this index are stable: constants and registers that are not set again while they are here. */
  #low = 0

  constructor(sink: Sink) {
    this.#sink = sink
  }

  get height(): number {
    return this.#values.length
  }

  /** Pushes a value that may still depend on registers, memory or order. */
  push(value: Value): void {
    const stack = this.#values
    stack.push(value)
    const top = stack.length - 1
    if (
      value.length > 1 ? value.some((e) => (e.effects & WRITE) !== 0 || e.size > MAX_TREE) : value[0]!.size > MAX_TREE
    ) {
      this.#force(top)
    }
    if (top - this.#low > MAX_PENDING) this.forceAll()
  }

  /** Pushes values that sit in registers which nothing sets while the values are on the stack. */
  pushStable(values: readonly Value[]): void {
    this.forceAll()
    this.#values.push(...values)
    this.#low = this.#values.length
  }

  pop(): Value {
    const value = this.#values.pop()!
    if (this.#low > this.#values.length) this.#low = this.#values.length
    return value
  }

  /** Pops a value of one register. */
  popOne(): Expr {
    return this.pop()[0]!
  }

  /** The topmost `count` values, deepest first, still on the stack. */
  peek(count: number): readonly Value[] {
    return count === 0 ? [] : this.#values.slice(-count)
  }

  popMany(count: number): Value[] {
    const values = this.#values.slice(this.#values.length - count)
    this.cut(this.#values.length - count)
    return values
  }

  /** Pops values of one register each, deepest first. */
  popOnes(count: number): Expr[] {
    const from = this.#values.length - count
    const words: Expr[] = []
    for (let i = 0; i < count; i++) words.push(this.#values[from + i]![0]!)
    this.cut(from)
    return words
  }

  /** Cuts the stack down to `height` values. What is cut has no effects left, or is dead. */
  cut(height: number): void {
    this.#values.length = Math.min(this.#values.length, height)
    if (this.#low > height) this.#low = height
  }

  /** Call before popping `count` operands for a rule that emits statements between them: forces calls among them. */
  settle(count: number): void {
    const from = Math.max(this.#values.length - count, 0)
    for (let i = from; i < this.#values.length; i++) {
      if (effectsOf(this.#values[i]!) & WRITE) return this.#forceWhere((effects) => effects !== 0)
    }
  }

  /** Call before emitting a statement with these effects: forces what must come first. */
  before(effects: number): void {
    if (effects !== 0) this.#forceWhere((pending) => isOrdered(pending, effects))
  }

  /** Call before control may leave: forces what may leave itself, or write. */
  beforeBranch(): void {
    this.#forceWhere((pending) => (pending & (LEAVE | WRITE)) !== 0)
  }

  /** Call before `reg` is set: forces what reads it. */
  beforeSet(reg: Reg): void {
    for (let i = this.#low; i < this.#values.length; i++) {
      if (this.#values[i]!.some((e) => readsReg(e, reg))) this.#force(i)
    }
  }

  /** Call where control flow joins or splits: afterwards everything is stable. */
  forceAll(): void {
    for (let i = this.#low; i < this.#values.length; i++) this.#force(i)
    this.#low = this.#values.length
  }

  /** Puts an expression into a fresh register; constants stay. */
  name(e: Expr): Expr {
    if (e.kind === 'const') return e
    return this.nameIn(e.type, e)
  }

  /** The same with a register of this type. */
  nameIn(type: RegType, e: Expr): Expr {
    this.before(e.effects)
    return this.#move(e, type)
  }

  /** An expression that can be used more than once: the expression itself if it is a constant or a register. */
  atom(e: Expr): Expr {
    return isAtom(e) ? e : this.name(e)
  }

  /** Puts the results of a call into registers. */
  nameResults(call: CallSet['value'], types: readonly RegType[]): Expr[] {
    this.before(call.effects)
    const regs = types.map((type) => this.#sink.temp(type))
    this.#sink.emit(regs.length === 1 ? setReg(regs[0]!, call, this.#sink.at) : setResults(regs, call, this.#sink.at))
    return regs.map(regRead)
  }

  #forceWhere(conflict: (effects: number) => boolean): void {
    for (let i = this.#low; i < this.#values.length; i++) {
      if (conflict(effectsOf(this.#values[i]!))) this.#force(i)
    }
  }

  /** Forces a value, after those below it that must come first. */
  #force(index: number): void {
    const value = this.#values[index]!
    if (value.every(isStable)) return
    const effects = effectsOf(value)
    if (effects !== 0) {
      for (let i = this.#low; i < index; i++) {
        if (isOrdered(effectsOf(this.#values[i]!), effects)) this.#force(i)
      }
    }
    this.#values[index] = value.map((e) => (isStable(e) ? e : this.#move(e)))
  }

  #move(e: Expr, type: RegType = e.type): Expr {
    const reg = this.#sink.temp(type)
    this.#sink.emit(setReg(reg, e, this.#sink.at))
    return regRead(reg)
  }
}

/** Temporaries are set once while they are on the stack; Wasm locals are set whenever the program likes. */
const isStable = (e: Expr): boolean => e.kind === 'const' || (e.kind === 'reg' && e.reg.local === undefined)

function effectsOf(value: Value): number {
  let effects = 0
  for (const e of value) effects |= e.effects
  return effects
}
