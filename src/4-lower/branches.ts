// Branches: what leaves a frame, and the values it takes along.

import type { Instruction } from '../1-decode/instruction.ts'
import { WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { call, callIndirect, isAtom } from '../3-ir/expressions.ts'
import { choice, giveBack, switchOn, tailCall, trap } from '../3-ir/statements.ts'
import { Body, type Frame, type Frames } from './frames.ts'
import type { FunctionLowering } from './function.ts'
import type { Value } from './operands.ts'

export class Branches {
  readonly #l: FunctionLowering
  readonly #frames: Frames

  constructor(lowering: FunctionLowering, frames: Frames) {
    this.#l = lowering
    this.#frames = frames
  }

  /** @returns whether control has left for good, or may go on behind the branch; undefined if it is no branch */
  step(ins: Instruction): 'left' | 'may go on' | undefined {
    switch (ins.op.name) {
      case 'br_if':
        this.#brIf(ins.index)
        return 'may go on'
      case 'br':
        this.#br(ins.index)
        break
      case 'br_table':
        this.#brTable(ins.labels)
        break
      case 'return':
        this.return()
        break
      case 'unreachable':
        this.#unreachable()
        break
      case 'return_call':
      case 'return_call_indirect':
        this.#tailCall(ins)
        break
      default:
        return undefined
    }
    return 'left'
  }

  return(): void {
    const { stack } = this.#l
    const count = this.#frames.target(this.#frames.depth - 1).type.results.length
    if (count > 1) stack.settle(count)
    const results = stack.popMany(count).flat()
    // The emitter fills the cells before it evaluates the first result: what has effects keeps its order by itself.
    const values = count === 1 ? results : results.map((e) => (e.effects === 0 ? e : stack.name(e)))
    stack.before(values.reduce((effects, e) => effects | e.effects, 0))
    stack.beforeBranch()
    this.#frames.emit(giveBack(values, this.#l.at))
  }

  #br(depth: number): void {
    const frame = this.#frames.target(depth)
    if (frame.kind === 'func') return this.return()
    const regs = this.#frames.targetRegs(frame)
    if (regs.length > 1) this.#l.stack.settle(regs.length)
    const values = this.#l.stack.popMany(regs.length)
    this.#l.stack.beforeBranch()
    this.#frames.move(regs, values)
    this.#frames.jump(frame)
  }

  #brIf(depth: number): void {
    const frame = this.#frames.target(depth)
    const { decision, values } = this.#popDecision(this.#arity(frame))
    const then = this.#branchWith(frame, values)
    this.#frames.emit(choice(decision, undefined, then.stmts, [], this.#l.at))
    for (const value of values) this.#l.stack.push(value)
  }

  #brTable(labels: readonly number[]): void {
    const { decision: index, values } = this.#popDecision(this.#arity(this.#frames.target(labels[labels.length - 1]!)))
    const cases = new Map<Frame, number[]>()
    const indices = (depth: number): number[] => {
      const frame = this.#frames.target(depth)
      const list = cases.get(frame) ?? []
      cases.delete(frame)
      cases.set(frame, list)
      return list
    }
    for (const [i, depth] of labels.entries()) {
      if (i === labels.length - 1) indices(depth)
      else (cases.get(this.#frames.target(depth)) ?? indices(depth)).push(i)
    }
    const bodies = [...cases].map(([frame, list]) => ({ indices: list, body: this.#branchWith(frame, values).stmts }))
    if (bodies.length === 1 && index.effects === 0) for (const stmt of bodies[0]!.body) this.#frames.emit(stmt)
    else this.#frames.emit(switchOn(index, bodies, this.#l.at))
  }

  #unreachable(): void {
    this.#l.stack.beforeBranch()
    this.#frames.emit(trap('unreachable', this.#l.at))
  }

  #tailCall(ins: Instruction): void {
    const l = this.#l
    l.hasTailCalls = true
    if (ins.op.name === 'return_call') {
      const args = l.callOperands(l.funcType(l.module.funcs[ins.index]!.type))
      l.stack.before(WRITE)
      this.#frames.emit(tailCall(call(ins.index, args, 'i32'), l.at))
    } else {
      const { index, args } = l.indirectOperands(l.funcType(ins.index))
      l.stack.before(WRITE)
      this.#frames.emit(tailCall(callIndirect(ins.index2, ins.index, index, args, 'i32'), l.at))
    }
  }

  /** Statements that branch to the frame with values that stay on the stack too. */
  #branchWith(frame: Frame, values: readonly Value[]): Body {
    const outer = this.#frames.current.body
    const body = new Body()
    this.#frames.current.body = body
    if (frame.kind === 'func') {
      this.#frames.emit(giveBack(values.flat(), this.#l.at))
    } else {
      this.#l.assign(this.#frames.targetRegs(frame).flat(), values.flat())
      this.#frames.jump(frame)
    }
    this.#frames.current.body = outer
    return body
  }

  #arity(frame: Frame): number {
    return frame.kind === 'loop' ? frame.type.params.length : frame.type.results.length
  }

  /** Pops the operand that decides a branch, and makes the `count` values below it safe to use twice. */
  #popDecision(count: number): { decision: Expr; values: readonly Value[] } {
    const { stack } = this.#l
    if (count > 0) stack.settle(count + 1)
    const operand = stack.popOne()
    const decision = count > 0 && operand.effects !== 0 ? stack.name(operand) : operand
    const values = stack.popMany(count).map((value) => value.map((e) => (isAtom(e) ? e : stack.name(e))))
    stack.before(decision.effects)
    stack.beforeBranch()
    return { decision, values }
  }
}
