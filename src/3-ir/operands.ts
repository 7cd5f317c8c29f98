// The operand stack as pending expressions. A value stays an expression until an effect would change what it means;
// then it is forced into a register of its own, where it stands still.
//
//   local.get 0  i32.const 4  i32.add  local.set 1       l1 = l0 + 4 | 0;
//   i32.load (a)  call $f  i32.add                       t0 = load(a); t1 = f(); ... t0 + t1 | 0

import { isOrdered, LEAVE, THROW, WRITE } from './effects.ts'
import type { Expr } from './expr.ts'
import { isAtom, regRead } from './expressions.ts'
import type { CallSet, Reg, RegType, Stmt } from './ir.ts'
import { locate, NOWHERE } from './positions.ts'
import { setReg, setResults } from './statements.ts'
import { effectsOf, readsReg } from './walk.ts'

/** More pending values than this are forced: what is pending is searched on every effect. */
const MAX_PENDING = 32

/** All effects. */
const ANY = -1

/** A larger tree is forced when it is pushed: printers and parsers recurse over it. */
const MAX_TREE = 48

/** Where registers and statements of the function at work come from and go to. */
export interface Sink {
  temp(type: RegType): Reg
  emit(stmt: Stmt): void
  readonly at: number
}

export class OperandStack {
  readonly #sink: Sink
  readonly #values: Expr[] = []
  /** All values below this index are stable: constants and registers that are not set again while they are here. */
  #low = 0

  /** The types of all nodes that were pushed: bits of TYPE_BIT. */
  types = 0

  constructor(sink: Sink) {
    this.#sink = sink
  }

  get height(): number {
    return this.#values.length
  }

  /** Pushes a value that may still depend on registers, memory or order. */
  push(value: Expr): void {
    locate(value, this.#sink.at)
    this.types |= value.types
    const top = this.#values.push(value) - 1
    if (value.size > MAX_TREE) this.#force(top)
    if (top - this.#low > MAX_PENDING) this.forceAll()
  }

  /** Pushes values that sit in registers which nothing sets while the values are on the stack. */
  pushStable(values: readonly Expr[]): void {
    this.forceAll()
    for (const value of values) this.#values.push(value)
    this.#low = this.#values.length
  }

  /** Pops operands, deepest first, for one expression or statement that evaluates them in this order. */
  pop(count: number): Expr[] {
    const from = this.#values.length - count
    if (from < 0) throw new Error(`${count} operands of ${this.#values.length}`)
    const values = this.#values.slice(from)
    this.cut(from)
    return values
  }

  /** The same for one operand, without a list. */
  popOne(): Expr {
    const value = this.#values.pop()
    if (value === undefined) throw new Error('1 operand of 0')
    if (this.#low > this.#values.length) this.#low = this.#values.length
    return value
  }

  /**
   * Pops operands, deepest first, that may be evaluated apart from each other and more than once, with statements between:
   * calls among them are forced.
   */
  take(count: number): Expr[] {
    const from = this.#values.length - count
    for (let i = Math.max(from, 0); i < this.#values.length; i++) {
      if ((this.#values[i]!.effects & WRITE) === 0) continue
      this.#forceWith(ANY)
      break
    }
    return this.pop(count)
  }

  takeOne(): Expr {
    const top = this.#values[this.#values.length - 1]
    if (top !== undefined && (top.effects & WRITE) !== 0) this.#forceWith(ANY)
    return this.popOne()
  }

  /** Whether values that are pushed and then taken would be the same still, so that they need not be. */
  passes(values: readonly Expr[]): boolean {
    for (let i = 0; i < values.length; i++)
      if ((values[i]!.effects & WRITE) !== 0 || values[i]!.size > MAX_TREE) return false
    return this.#values.length - this.#low + values.length <= MAX_PENDING
  }

  /** The topmost `count` values, deepest first, still on the stack. */
  peek(count: number): readonly Expr[] {
    return this.#values.slice(this.#values.length - count)
  }

  /** Puts a value that is stable under the value at `index`, which is stable too. */
  protected insert(index: number, value: Expr): void {
    this.#values.splice(index, 0, value)
    if (index < this.#low) this.#low++
  }

  /** Cuts the stack down to `height` values. What is cut has no effects left, or is dead. */
  cut(height: number): void {
    // Engines do this in line, and call themselves where `length` is set.
    while (this.#values.length > height) this.#values.pop()
    if (this.#low > height) this.#low = height
  }

  /** Emits a statement, after those pending values that must come first. */
  emitAfter(stmt: Stmt): void {
    this.before(effectsOf(stmt))
    this.#sink.emit(stmt)
  }

  /** Forces the pending values that must come before what has these effects. */
  before(effects: number): void {
    if (effects === 0) return
    for (let i = this.#low; i < this.#values.length; i++)
      if (isOrdered(this.#values[i]!.effects, effects)) this.#force(i)
  }

  /** Call before control may leave: forces what may leave itself, or write. */
  beforeBranch(): void {
    this.#forceWith(LEAVE | WRITE)
  }

  /** Call before `reg` is set: forces what reads it. */
  beforeSet(reg: Reg): void {
    for (let i = this.#low; i < this.#values.length; i++) if (readsReg(this.#values[i]!, reg)) this.#force(i)
  }

  /** Forces what may throw. */
  forceThrows(): void {
    this.#forceWith(THROW)
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

  /** Forces what has any of these effects. */
  #forceWith(effects: number): void {
    for (let i = this.#low; i < this.#values.length; i++) if ((this.#values[i]!.effects & effects) !== 0) this.#force(i)
  }

  /** Forces a value, after those below it that must come first. */
  #force(index: number): void {
    const value = this.#values[index]!
    if (isStable(value)) return
    if (value.effects !== 0) {
      for (let i = this.#low; i < index; i++) if (isOrdered(this.#values[i]!.effects, value.effects)) this.#force(i)
    }
    this.#values[index] = this.#move(value)
  }

  #move(e: Expr, type: RegType = e.type): Expr {
    const reg = this.#sink.temp(type)
    this.#sink.emit(setReg(reg, e, e.at === NOWHERE ? this.#sink.at : e.at))
    return regRead(reg)
  }
}

/** Temporaries are set once while they are on the stack; Wasm locals are set whenever the program likes. */
const isStable = (e: Expr): boolean => e.kind === 'const' || (e.kind === 'reg' && e.reg.local === undefined)
