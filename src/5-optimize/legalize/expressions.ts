// The half of legalization that makes expressions anew: each i64, or each v128, among their values is held as a
// representation says. They are evaluated on an operand stack, as lowering does, so that what the rules emit between them keeps its order.

import { READ_HEAP } from '../../3-ir/effects.ts'
import type { Expr, GcOperation } from '../../3-ir/expr.ts'
import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import { call, callIndirect, gc, globalGet, isAtom, select, withOperands } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth } from '../../3-ir/fold.ts'
import type { CallSet, Func, Reg, RegType, Stmt } from '../../3-ir/ir.ts'
import { OperandStack } from '../../3-ir/operands.ts'
import { locate, locateAll, located, NOWHERE } from '../../3-ir/positions.ts'
import { Fresh, wordTypes } from '../../3-ir/registers.ts'
import { setReg } from '../../3-ir/statements.ts'
import { readsReg } from '../../3-ir/walk.ts'
import type { Representation, Workplace } from './representation.ts'

/** @template Held what a value of the type is held as */
export class ExpressionLegalizer<Held> implements Workplace {
  /** Byte offset of the instruction at work. */
  at = NOWHERE
  readonly fresh: Fresh
  readonly stack: OperandStack = new OperandStack(this)
  protected readonly held: Representation<Held>
  /** The bit of the type. */
  protected readonly bit: number
  /**
   * The statements so far of the list at work, behind those of the lists around it; how many they are. What stands behind them
   * is left from lists that are done: an array that is cut and grows again is copied each time.
   */
  protected readonly out: Stmt[] = []
  protected count = 0

  constructor(func: Func, representation: (at: Workplace) => Representation<Held>) {
    this.fresh = new Fresh(func)
    this.held = representation(this)
    this.bit = TYPE_BIT[this.held.type]
  }

  temp(type: RegType): Reg {
    return this.fresh.reg(type)
  }

  emit(stmt: Stmt): void {
    this.out[this.count++] = stmt
  }

  protected isHeld({ type }: Expr | Reg): boolean {
    return type === this.held.type
  }

  /** The registers that functions hand a value over in. */
  protected words(type: RegType): readonly RegType[] {
    return type === this.held.type ? wordTypes(type) : [type]
  }

  /** An expression of another type. */
  protected one(e: Expr): Expr {
    return this.value(e) as Expr
  }

  /** The value of a tree: one of the type as it is held, others as they are. What is made for it has its position. */
  protected value(e: Expr): Held | Expr {
    if ((e.types & this.bit) === 0 && this.held.stays(e)) return e
    const outer = this.at
    if (e.at !== NOWHERE) this.at = e.at
    const value = this.#made(e)
    if (this.isHeld(e)) locateAll(this.held.entries(value as Held), this.at)
    else locate(value as Expr, this.at)
    this.at = outer
    return value
  }

  #made(e: Expr): Held | Expr {
    switch (e.kind) {
      case 'reg':
        return this.isHeld(e) ? this.held.read(e.reg) : e
      case 'const':
        return this.isHeld(e) ? this.held.constant(e) : e
      case 'load': {
        const [addr] = this.take(e.args) as [Expr]
        return this.isHeld(e) ? this.held.load(e, addr) : withOperands(e, [addr])
      }
      case 'op':
        return this.held.operation(e, this.take(e.args))
      case 'select':
        return this.#select(e.args, e.type)
      case 'call':
      case 'call_indirect':
        return this.#call(e)
      case 'global.get':
        return this.isHeld(e) ? this.#globalGet(e) : e
      case 'gc':
        return this.isHeld(e) ? this.#field(e) : withOperands(e, this.flat(e.args))
      case 'runtime':
      case 'ref.func':
      case 'tuple':
        return withOperands(e, this.flat(e.args))
      default:
        return e satisfies never
    }
  }

  #select(args: readonly Expr[], type: RegType): Held | Expr {
    const [cond, then, otherwise] = this.take(args) as [Expr, Held | Expr, Held | Expr]
    if (type === this.held.type) return this.held.select(cond, then as Held, otherwise as Held)
    if (type !== 'i32') return select(cond, then as Expr, otherwise as Expr)
    return (isTruth(cond) ? chooseMasked : choose)(cond, then as Expr, otherwise as Expr)
  }

  #call(e: Expr): Held | Expr {
    const node = this.callNode(e) as CallSet['value']
    if (!this.isHeld(e)) return this.held.called(node)
    return this.held.fromWords(this.stack.nameResults(node, wordTypes(e.type)))
  }

  /** A call whose arguments are words. */
  protected callNode(e: Expr): Expr {
    const type = this.words(e.type)[0]!
    const args = this.flat(e.args)
    if (e.kind === 'call') return located(call(e.func, args, type, e.version), e.at)
    if (e.kind !== 'call_indirect') return withOperands(e, args)
    return located(callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), type), e.at)
  }

  #globalGet(e: Extract<Expr, { kind: 'global.get' }>): Held {
    const isMutable = e.effects !== 0
    return this.held.fromWords(wordTypes(e.type).map((type, part) => globalGet(e.global, part, type, isMutable)))
  }

  /** The words of a field or an element, which nothing changes between. */
  #field(e: GcOperation): Held {
    const args = (this.take(e.args) as Expr[]).map((arg) => this.stack.atom(arg))
    const mutable = (e.own & READ_HEAP) !== 0
    const word = (type: RegType, part: number): Expr =>
      located(gc(e.op, e.heap, e.detail, args, type, { part, mutable }), e.at)
    return this.held.fromWords(wordTypes(e.type).map(word))
  }

  /** Operands as words, for one node that evaluates them in this order. */
  protected flat(args: readonly Expr[]): Expr[] {
    const height = this.stack.height
    for (let i = 0; i < args.length; i++) {
      const value = this.value(args[i]!)
      const words = this.isHeld(args[i]!) ? this.held.toWords(value as Held) : [value as Expr]
      for (let j = 0; j < words.length; j++) this.stack.push(words[j]!)
    }
    return this.stack.pop(this.stack.height - height)
  }

  /** Operands that may be evaluated apart from each other, with statements between. */
  protected take(args: readonly Expr[]): (Held | Expr)[] {
    const height = this.stack.height
    const values: (Held | Expr)[] = args.slice()
    const isDirect = areAtomsFrom(args, 1)
    for (let i = 0; i < args.length; i++) {
      values[i] = this.value(args[i]!)
      if (!isDirect) this.#push(args[i]!, values[i]!)
    }
    if (isDirect) {
      if (this.#pass(args, values)) return values
      for (let i = 0; i < args.length; i++) this.#push(args[i]!, values[i]!)
    }
    const taken = this.stack.take(this.stack.height - height)
    let next = 0
    for (let i = 0; i < args.length; i++) {
      if (!this.isHeld(args[i]!)) {
        values[i] = taken[next++]!
        continue
      }
      const value = values[i] as Held
      values[i] = this.held.withEntries(value, taken, next)
      next += this.held.entries(value).length
    }
    return values
  }

  #push(e: Expr, value: Held | Expr): void {
    const entries = this.entries(e, value)
    for (let i = 0; i < entries.length; i++) this.stack.push(entries[i]!)
  }

  /** Whether values need not go over the stack, where none of them is evaluated while others are there. */
  #pass(args: readonly Expr[], values: readonly (Held | Expr)[]): boolean {
    for (let i = 0; i < args.length; i++) if (!this.stack.passes(this.entries(args[i]!, values[i]!))) return false
    return true
  }

  protected entries(e: Expr, value: Held | Expr): readonly Expr[] {
    return this.isHeld(e) ? this.held.entries(value as Held) : [value as Expr]
  }

  /** Sets registers at once: a value that reads a register set before it is saved first. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void {
    if (regs.length === 1) return this.#assign(regs[0]!, values[0]!)
    let saved: Expr[] | undefined
    for (let i = 1; i < values.length; i++) {
      if (!isRead(values[i]!, regs, i)) continue
      saved ??= values.slice()
      saved[i] = this.stack.name(values[i]!)
    }
    for (let i = 0; i < regs.length; i++) this.#assign(regs[i]!, (saved ?? values)[i]!)
  }

  #assign(reg: Reg, value: Expr): void {
    if (value.kind !== 'reg' || value.reg !== reg) this.emit(setReg(reg, value, this.at))
  }
}

/** Whether a value reads one of the first `count` registers. */
function isRead(value: Expr, regs: readonly Reg[], count: number): boolean {
  for (let i = 0; i < count; i++) if (readsReg(value, regs[i]!)) return true
  return false
}

/** Whether operands from one on are registers and constants, whose evaluation leaves no statements. */
function areAtomsFrom(args: readonly Expr[], from: number): boolean {
  for (let i = from; i < args.length; i++) if (!isAtom(args[i]!)) return false
  return true
}
