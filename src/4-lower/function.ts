// One function: validated instructions in, register IR out. Plain instructions are lowered here by
// their type; the rules of the others are in rules.ts, blocks and branches in control.ts.

import type { Module } from '../0-wasm/module.ts'
import { type OpName, ops } from '../0-wasm/ops/index.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { READ, TRAP, WRITE } from '../3-ir/effects.ts'
import type { Call, CallIndirect, EntityRef, Expr, RuntimeCall } from '../3-ir/expr.ts'
import { operation, regRead, runtime } from '../3-ir/expressions.ts'
import { type BinaryOp, binary } from '../3-ir/fold.ts'
import type { Func, Reg, RegType, Stmt } from '../3-ir/ir.ts'
import type { IrOp } from '../3-ir/ops/index.ts'
import { evaluate, setReg } from '../3-ir/statements.ts'
import { readsReg } from '../3-ir/walk.ts'
import { Control } from './control.ts'
import { type Inlinable, Inliner } from './inline.ts'
import { int64Rule } from './int64.ts'
import { LIMITS, type Limits } from './limits.ts'
import { OperandStack, type Sink, type Value } from './operands.ts'
import { Registers, registersOf } from './registers.ts'
import { RULE_OF } from './rules.ts'
import { WideGain } from './wide.ts'
import { join, wideRule, wordsOf } from './wide64.ts'

/** The rules of i64 instructions by `Op.id`. */
const INT64_RULES = ops.map(({ name }) => int64Rule(name))
const WIDE_RULES = ops.map(({ name }) => wideRule(name))

/** Instructions whose expression names an operand more than once. */
const USES_TWICE: ReadonlySet<OpName> = new Set(['i32.rotl', 'i32.rotr', 'i32.ctz'])

export class FunctionLowering implements Sink {
  readonly module: Module
  readonly registers: Registers
  readonly stack: OperandStack = new OperandStack(this)
  readonly locals: readonly (readonly Reg[])[]
  /** The value of each local: trees may share nodes. */
  readonly reads: readonly Value[]
  readonly control: Control
  /** Byte offset of the instruction being lowered. */
  at = 0
  hasTailCalls = false
  hasLoops = false
  /** Indices of the locals that it sets. */
  readonly setLocals = new Set<number>()
  readonly inliner: Inliner
  /** Whether an i64 is one register (wide.ts). */
  readonly isWide: boolean
  /** Whether it should be. */
  readonly wideGain = new WideGain()
  readonly #index: number
  readonly #type: FuncType

  /**
   * @param index of the function; -1 for a constant expression, which is lowered like the body of a function
   * @param locals types of the parameters, then of the declared locals
   * @param inlinable the functions to put where they are called
   * @param isWide whether an i64 is one register (wide.ts)
   * @param limits on nesting and on what is put where it is called
   */
  constructor(
    module: Module,
    index: number,
    type: FuncType,
    locals: readonly ValType[],
    inlinable: Inlinable = () => undefined,
    isWide = false,
    limits: Limits = LIMITS,
  ) {
    this.isWide = isWide
    this.registers = new Registers(isWide)
    this.inliner = new Inliner(this, inlinable, limits)
    this.module = module
    this.#index = index
    this.#type = type
    this.locals = locals.map((type, i) => this.registers.local(i, type))
    this.reads = this.locals.map((regs) => regs.map(regRead))
    this.control = new Control(this, this.#type.results, limits)
  }

  temp(type: RegType): Reg {
    return this.registers.temp(type)
  }

  emit(stmt: Stmt): void {
    this.control.emit(stmt)
  }

  /** The function type at this index of the type section. */
  funcType(index: number): FuncType {
    return this.module.types[index]!.composite as FuncType
  }

  /** Lowers one instruction; those that cannot be reached leave nothing. */
  step(ins: Instruction): void {
    this.at = ins.offset
    this.wideGain.count(ins.op.id, this.control.loops)
    if (this.control.step(ins)) return
    const rule = RULE_OF[ins.op.id]
    if (rule !== undefined) rule(this, ins)
    else this.#plain(ins)
  }

  /** After the last instruction. */
  finish(): Func {
    const paramCount = this.#type.params.length
    return {
      index: this.#index,
      params: this.locals.slice(0, paramCount).flat(),
      locals: this.locals.slice(paramCount).flat(),
      results: this.#type.results.flatMap(this.registers.of),
      body: this.control.finish(),
      regCount: this.registers.count,
      hasTailCalls: this.hasTailCalls,
      ...(this.isWide ? { wide: 'is' } : {}),
      hasFloats: this.registers.hasFloats,
      hasDispatches: this.control.hasDispatches,
      hasProducts: this.stack.hasProducts,
    }
  }

  /** Sets registers to values at once: a value that reads a register set before it is saved first. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void {
    const save = (value: Expr, i: number): Expr => (isRead(value, regs, i) ? this.#save(value) : value)
    const saved = values.length === 1 ? values : values.map(save)
    for (let i = 0; i < regs.length; i++) {
      const value = saved[i]!
      if (value.kind !== 'reg' || value.reg !== regs[i]) this.emit(setReg(regs[i]!, value, this.at))
    }
  }

  #save(value: Expr): Expr {
    const reg = this.temp(value.type)
    this.emit(setReg(reg, value, this.at))
    return regRead(reg)
  }

  /** Pushes a call's results, having put the call where its effects belong. */
  pushCall(node: Call | CallIndirect, types: readonly ValType[]): void {
    const { stack } = this
    if (types.length === 0) {
      stack.before(node.effects)
      this.emit(evaluate(node, this.at))
    } else if (types.length === 1 && registersOf(types[0]!).length === 1 && !this.isWide) {
      stack.push([node])
    } else {
      const regs = stack.nameResults(node, types.flatMap(registersOf))
      let next = 0
      for (const type of types) {
        const count = registersOf(type).length
        const words = regs.slice(next, next + count)
        stack.push(this.isWide && type === 'i64' ? [join(words)] : words)
        next += count
      }
    }
  }

  /** Operands of a direct call, flattened to registers. */
  callOperands(type: FuncType): Expr[] {
    const { stack } = this
    const count = type.params.length
    if (!this.isWide || !type.params.includes('i64')) return stack.popMany(count).flat()
    stack.settle(count)
    return stack.popMany(count).flatMap(([e]) => (e!.type === 'i64' ? wordsOf(stack, e!) : [e!]))
  }

  /** Index and operands of an indirect call: the index is checked first, so operands with effects are evaluated before. */
  indirectOperands(type: FuncType): { index: Expr; args: Expr[] } {
    this.stack.settle(type.params.length + 1)
    const index = this.stack.popOne()
    const args = this.callOperands(type)
    return { index: this.stack.atom(index), args: args.map((e) => (e.effects === 0 ? e : this.stack.name(e))) }
  }

  #plain(ins: Instruction): void {
    const { op } = ins
    const { stack } = this
    const { params, results } = op.type!
    const wide = this.isWide ? WIDE_RULES[op.id] : undefined
    if (wide !== undefined) {
      stack.settle(params.length)
      stack.push([wide(stack, ...stack.popMany(params.length).map((value) => value[0]!))])
      return
    }
    const rule = INT64_RULES[op.id]
    if (rule !== undefined) {
      stack.settle(params.length)
      stack.push(rule(stack, ...stack.popMany(params.length)))
      return
    }
    const type = results[0] as RegType
    const usesTwice = USES_TWICE.has(op.name)
    if (usesTwice) stack.settle(params.length)
    const operands = stack.popOnes(params.length)
    const args = usesTwice ? operands.map((e) => stack.atom(e)) : operands
    if (type === 'i32' && args.length === 2 && op.effect === 'pure')
      stack.push([binary(op.name as BinaryOp, args[0]!, args[1]!)])
    else stack.push([operation(op.name as IrOp, args)])
  }

  /** A runtime call for its effect, on entities of the instance. */
  effect(name: RuntimeCall['name'], entities: readonly EntityRef[], operandCount: number): void {
    const args = this.stack.popMany(operandCount).flat()
    const value = runtime(name, entities, args, READ | TRAP | WRITE)
    this.stack.before(value.effects)
    this.emit(evaluate(value, this.at))
  }
}

/** Whether a value reads one of the first `count` registers. */
function isRead(value: Expr, regs: readonly Reg[], count: number): boolean {
  for (let i = 0; i < count; i++) if (readsReg(value, regs[i]!)) return true
  return false
}
