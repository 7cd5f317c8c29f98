// The half of legalization that makes expressions anew: each i64 among their values is held as a representation says. They
// are evaluated on an operand stack, as lowering does, so that what the rules emit between them keeps its order.

import { READ_HEAP } from '../../3-ir/effects.ts'
import type { Expr, GcOperation } from '../../3-ir/expr.ts'
import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import { call, callIndirect, gc, globalGet, select, withOperands } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth } from '../../3-ir/fold.ts'
import type { CallSet, Func, Reg, RegType, Stmt } from '../../3-ir/ir.ts'
import { OperandStack } from '../../3-ir/operands.ts'
import { locate, locateAll, located, NOWHERE } from '../../3-ir/positions.ts'
import { Fresh, wordTypes } from '../../3-ir/registers.ts'
import { setReg } from '../../3-ir/statements.ts'
import { readsReg } from '../../3-ir/walk.ts'
import type { Representation, Workplace } from './representation.ts'

export const INT64 = TYPE_BIT.i64

/** @template Held what an i64 is held as */
export class ExpressionLegalizer<Held> implements Workplace {
  /** Byte offset of the instruction at work. */
  at = NOWHERE
  readonly fresh: Fresh
  readonly stack: OperandStack = new OperandStack(this)
  protected readonly held: Representation<Held>
  /** The statements of the list at work. */
  protected out: Stmt[] = []

  constructor(func: Func, representation: (at: Workplace) => Representation<Held>) {
    this.fresh = new Fresh(func)
    this.held = representation(this)
  }

  temp(type: RegType): Reg {
    return this.fresh.reg(type)
  }

  emit(stmt: Stmt): void {
    this.out.push(stmt)
  }

  /** An expression that is no i64. */
  protected one(e: Expr): Expr {
    return this.value(e) as Expr
  }

  /** The value of a tree: an i64 as it is held, others as they are. What is made for it has its position. */
  protected value(e: Expr): Held | Expr {
    if ((e.types & INT64) === 0 && this.held.stays(e)) return e
    const outer = this.at
    if (e.at !== NOWHERE) this.at = e.at
    const value = this.#made(e)
    if (e.type === 'i64') locateAll(this.held.entries(value as Held), this.at)
    else locate(value as Expr, this.at)
    this.at = outer
    return value
  }

  #made(e: Expr): Held | Expr {
    switch (e.kind) {
      case 'reg':
        return e.type === 'i64' ? this.held.read(e.reg) : e
      case 'const':
        return e.type === 'i64' ? this.held.constant(e.lo, e.hi) : e
      case 'load': {
        const [addr] = this.take(e.args) as [Expr]
        return e.type === 'i64' ? this.held.load(e, addr) : withOperands(e, [addr])
      }
      case 'op':
        return this.held.operation(e, this.take(e.args))
      case 'select':
        return this.#select(e.args, e.type)
      case 'call':
      case 'call_indirect':
        return this.#call(e)
      case 'global.get':
        return e.type === 'i64' ? this.#globalGet(e) : e
      case 'gc':
        return e.type === 'i64' ? this.#field(e) : withOperands(e, this.flat(e.args))
      case 'runtime':
      case 'ref.func':
        return withOperands(e, this.flat(e.args))
      default:
        return e satisfies never
    }
  }

  #select(args: readonly Expr[], type: RegType): Held | Expr {
    const [cond, then, otherwise] = this.take(args) as [Expr, Held | Expr, Held | Expr]
    if (type === 'i64') return this.held.select(cond, then as Held, otherwise as Held)
    if (type !== 'i32') return select(cond, then as Expr, otherwise as Expr)
    return (isTruth(cond) ? chooseMasked : choose)(cond, then as Expr, otherwise as Expr)
  }

  #call(e: Expr): Held | Expr {
    const node = this.callNode(e) as CallSet['value']
    if (e.type !== 'i64') return this.held.called(node)
    const [lo, hi] = this.stack.nameResults(node, ['i32', 'i32'])
    return this.held.fromWords(lo!, hi!)
  }

  /** A call whose arguments are words. */
  protected callNode(e: Expr): Expr {
    const type = wordTypes(e.type)[0]!
    const args = this.flat(e.args)
    if (e.kind === 'call') return located(call(e.func, args, type, e.version), e.at)
    if (e.kind !== 'call_indirect') return withOperands(e, args)
    return located(callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), type), e.at)
  }

  #globalGet(e: Extract<Expr, { kind: 'global.get' }>): Held {
    const isMutable = e.effects !== 0
    return this.held.fromWords(globalGet(e.global, 0, 'i32', isMutable), globalGet(e.global, 1, 'i32', isMutable))
  }

  /** Both words of a field or an element, which nothing changes between. */
  #field(e: GcOperation): Held {
    const args = (this.take(e.args) as Expr[]).map((arg) => this.stack.atom(arg))
    const mutable = (e.own & READ_HEAP) !== 0
    const [lo, hi] = [0, 1].map((part) => located(gc(e.op, e.heap, e.detail, args, 'i32', { part, mutable }), e.at))
    return this.held.fromWords(lo!, hi!)
  }

  /** Operands as words, for one node that evaluates them in this order. */
  protected flat(args: readonly Expr[]): Expr[] {
    const height = this.stack.height
    for (const arg of args) {
      const value = this.value(arg)
      if (arg.type !== 'i64') this.stack.push(value as Expr)
      else {
        const { lo, hi } = this.held.toWords(value as Held)
        this.stack.push(lo)
        this.stack.push(hi)
      }
    }
    return this.stack.pop(this.stack.height - height)
  }

  /** Operands that may be evaluated apart from each other, with statements between. */
  protected take(args: readonly Expr[]): (Held | Expr)[] {
    const height = this.stack.height
    const values: (Held | Expr)[] = []
    for (let i = 0; i < args.length; i++) {
      const value = this.value(args[i]!)
      values.push(value)
      if (args[i]!.type !== 'i64') this.stack.push(value as Expr)
      else for (const entry of this.held.entries(value as Held)) this.stack.push(entry)
    }
    const taken = this.stack.take(this.stack.height - height)
    let next = 0
    for (let i = 0; i < args.length; i++) {
      if (args[i]!.type !== 'i64') {
        values[i] = taken[next++]!
        continue
      }
      values[i] = this.held.withEntries(values[i] as Held, taken, next)
      next += this.held.entriesOfOne
    }
    return values
  }

  protected entries(e: Expr, value: Held | Expr): readonly Expr[] {
    return e.type === 'i64' ? this.held.entries(value as Held) : [value as Expr]
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
