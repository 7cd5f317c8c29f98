// What every lowering rule works on: the function being lowered. It has the operand stack, the frames around the instruction,
// and makes registers, labels and statements. Rules know it; it knows no rule.

import type { LocalTypes } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Expr } from '../3-ir/expr.ts'
import { NONE, TYPE_BIT } from '../3-ir/expr-nodes.ts'
import { regRead, zeroOf } from '../3-ir/expressions.ts'
import type { Func, Label, Reg, RegType, Stmt } from '../3-ir/ir.ts'
import type { Sink } from '../3-ir/operands.ts'
import { NOWHERE } from '../3-ir/positions.ts'
import { Fresh, isTuple, registerType, signatureOf } from '../3-ir/registers.ts'
import { block, branch, giveBack, loop, setReg } from '../3-ir/statements.ts'
import { MAIN } from '../3-ir/versions.ts'
import { readsReg } from '../3-ir/walk.ts'
import { afterDelegates } from './delegates.ts'
import { Flattening } from './flatten.ts'
import { type Frame, type FrameKind, type FrameStart, openFrame } from './frames.ts'
import { KnownReferences, type KnownTree } from './known-references.ts'
import type { Limits } from './limits.ts'
import { LocalRegisters } from './local-registers.ts'
import { ValueStack } from './value-stack.ts'

/** Which function is lowered. */
export interface Subject {
  readonly module: Module
  /** -1 for a constant expression, which is lowered like the body of a function. */
  readonly index: number
  readonly type: FuncType
  /** Types of the parameters, then of the declared locals. */
  readonly locals: LocalTypes
}

/** Lowers one instruction, whose operands are on the stack. */
export type Rule = (b: FunctionBuilder, ins: Instruction) => void

const NOTHING: FrameStart = {}

export class FunctionBuilder implements Sink {
  readonly module: Module
  readonly fresh = new Fresh()
  readonly stack: ValueStack = new ValueStack(this)
  readonly flattening: Flattening
  readonly locals: LocalRegisters
  /** Byte offset of the instruction being lowered. */
  at = 0
  /** Whether control comes to the next instruction; if not, nothing is emitted. */
  reachable = true
  /** Frames opened since it does not. */
  skipped = 0
  /** Loops around the next instruction. */
  loops = 0
  /** Bodies around the next instruction whose exceptions are caught. */
  tries = 0
  hasLoops = false
  hasTailCalls = false
  /** Whether it has taken over a function that has vectors. */
  hasVectors = false
  /**
   * Registers with references that are not null where the next instruction stands, as far as that was checked, and the type
   * that they were found to be of last. Where control comes from several places, only what is known at all of them stays:
   * nothing at labels, loops and handlers.
   */
  readonly notNull = new KnownReferences()
  /** Indices of the locals that it sets. */
  readonly setLocals = new Set<number>()
  /** Bytes of bytecode that it may still take over from functions it calls. */
  room: number
  readonly #subject: Subject
  readonly #frames: Frame[] = []
  #body: readonly Stmt[] = []
  #start: Label | undefined

  constructor(subject: Subject, limits: Limits) {
    const { module, type } = subject
    this.#subject = subject
    this.module = module
    this.flattening = new Flattening(limits)
    this.room = limits.growth
    this.locals = new LocalRegisters(subject.locals, type, this.fresh)
    this.open('func', { kind: 'func', params: [], results: type.results })
  }

  /** The function type at this index of the type section. */
  funcType(index: number): FuncType {
    return this.module.types[index]!.composite as FuncType
  }

  temp(type: RegType): Reg {
    return this.fresh.reg(type)
  }

  temps(types: readonly ValType[]): Reg[] {
    return types.map((type) => this.temp(registerType(type)))
  }

  /** Registers that take over values of these types, as they are handed over. */
  registersFor(types: readonly ValType[]): readonly Reg[] {
    if (types.length === 0) return NONE
    return isTuple(types) ? [this.temp('ref')] : this.temps(types)
  }

  emit(stmt: Stmt): void {
    if (!this.notNull.isEmpty) for (const reg of stmt.regs) this.notNull.remove(reg)
    this.frame.body.push(stmt)
  }

  /** The innermost frame. */
  get frame(): Frame {
    return this.#frames[this.#frames.length - 1]!
  }

  /** The frame that a label index means. */
  target(depth: number): Frame {
    return this.#frames[this.#frames.length - 1 - depth]!
  }

  /** The frame that a label index means right outside of a frame. */
  targetOutside({ depth }: Frame, label: number): Frame {
    return this.#frames[depth - 1 - label]!
  }

  /** The outermost frame: branches to it return. */
  get outermost(): Frame {
    return this.#frames[0]!
  }

  /** Opens a frame whose parameters are on the stack still. */
  open(kind: FrameKind, type: FuncType, rest: FrameStart = NOTHING): void {
    const height = this.stack.heightBelow(type.params.length)
    // What a loop sets is not known yet.
    if (kind === 'loop') this.notNull.clear()
    const body = kind === 'block' || kind === 'loop' ? this.frame.body : []
    this.#frames.push(openFrame(this.#frames.at(-1), kind, type, this.fresh.label(), height, this.at, body, rest))
  }

  /** Keeps what is known both here, if control comes here, and where `other` was saved. */
  meetNotNull(comesHere: boolean, other: KnownTree): void {
    if (comesHere) this.notNull.meet(other)
    else this.notNull.restore(other)
  }

  /** Leaves the innermost frame. */
  close(): Frame {
    const frame = this.#frames.pop()!
    // Control comes from several places.
    if (frame.branches > 0 || frame.kind === 'try' || frame.kind === 'try_table') this.notNull.clear()
    return frame
  }

  /** The registers that hold a frame's results, made when first needed. */
  resultsOf(frame: Frame): readonly Reg[] {
    frame.results ??= this.registersFor(frame.type.results)
    return frame.results
  }

  /** The registers that a branch to the frame sets. */
  targetRegs(frame: Frame): readonly Reg[] {
    return frame.kind === 'loop' ? frame.params : this.resultsOf(frame)
  }

  jump(frame: Frame): void {
    this.emit(this.branchTo(frame))
  }

  /** A statement that branches to the frame. */
  branchTo(frame: Frame): Stmt {
    frame.branches++
    return branch(frame.label, this.at)
  }

  return(values: readonly Expr[]): void {
    this.emit(giveBack(values, this.at))
  }

  /** Emits into a list of its own. */
  inside(emit: () => void): Stmt[] {
    const { frame } = this
    const outer = frame.body
    const body: Stmt[] = []
    frame.body = body
    emit()
    frame.body = outer
    return body
  }

  /** Sets registers to values at once: a value that reads a register set before it is saved first. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void {
    if (regs.length === 0) return
    if (regs.length === 1) return this.set(regs[0]!, values[0]!)
    const saved = values.map((value, i) => (isRead(value, regs, i) ? this.#save(value) : value))
    for (let i = 0; i < regs.length; i++) this.set(regs[i]!, saved[i]!)
  }

  set(reg: Reg, value: Expr): void {
    if (value.kind !== 'reg' || value.reg !== reg) this.emit(setReg(reg, value, this.at))
  }

  #save(value: Expr): Expr {
    const reg = this.temp(value.type)
    this.emit(setReg(reg, value, this.at))
    return regRead(reg)
  }

  get index(): number {
    return this.#subject.index
  }

  /** The label of the function's start. */
  get start(): Label {
    this.#start ??= this.fresh.label()
    this.hasLoops = true
    return this.#start
  }

  /** Ends the function, whose last frame is closed. */
  finish(frame: Frame): void {
    const inner = afterDelegates(frame, frame.body, false, frame.at)
    const own = frame.branches === 0 ? inner : [block(frame.label, inner, frame.at)]
    const entry = this.locals.fromTuple()
    const body = entry.length === 0 ? own : [...entry, ...own]
    this.#body = this.#start === undefined ? body : [this.#repeated(this.#start, body)]
    this.flattening.finish()
  }

  //   loop l: l2 = 0; ...; l0 = x; l1 = y; br l
  #repeated(start: Label, body: readonly Stmt[]): Stmt {
    const count = this.#subject.type.params.length
    const locals = [...this.setLocals].filter((index) => index >= count).map((index) => this.locals.register(index))
    const zeros = locals.map((reg) => setReg(reg, zeroOf(reg.type), NOWHERE))
    const made = loop(start, [...zeros, ...body], NOWHERE)
    return this.flattening.wants(made) ? this.flattening.flatten(made, this.fresh) : made
  }

  /** The function, once it has ended. */
  get func(): Func {
    const { index, type } = this.#subject
    const { params, locals } = this.locals.all
    const { results } = signatureOf(type)
    return {
      index,
      version: MAIN,
      alternatives: [],
      int64: 'value',
      params,
      locals,
      results,
      body: this.#body,
      regCount: this.fresh.regCount,
      labelCount: this.fresh.labelCount,
      hasTailCalls: this.hasTailCalls,
      hasVectors:
        this.hasVectors ||
        (this.stack.types & TYPE_BIT.v128) !== 0 ||
        params.some(isVector) ||
        locals.some(isVector) ||
        results.includes('v128'),
    }
  }
}

const isVector = ({ type }: Reg): boolean => type === 'v128'

/** Whether a value reads one of the first `count` registers. */
function isRead(value: Expr, regs: readonly Reg[], count: number): boolean {
  for (let i = 0; i < count; i++) if (readsReg(value, regs[i]!)) return true
  return false
}
