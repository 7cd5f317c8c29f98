// Blocks, branches and reachability. A frame collects the statements of its body; at its `end` the body becomes a
// compound statement of the frame around it. Nothing here recurses over nesting.

import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { call, callIndirect, isAtom, regRead } from './build.ts'
import { flatten, MAX_HEIGHT } from './flatten.ts'
import type { FunctionLowering } from './function.ts'
import { type Compound, type Expr, type If, type Label, type Reg, type Stmt, WRITE } from './ir.ts'
import type { Value } from './operands.ts'

interface Frame {
  readonly kind: 'func' | 'block' | 'loop' | 'if'
  readonly label: Label
  /** Height of the operand stack below the frame's parameters. */
  readonly height: number
  readonly type: FuncType
  /** Parameter registers of a loop, for branches back to it. */
  readonly params: readonly (readonly Reg[])[]
  /** Result registers, made when first needed. */
  results: readonly (readonly Reg[])[] | undefined
  body: Body
  readonly at: number
  /** `if`: the condition, the parameters for the other arm, and the first arm once `else` is reached. */
  readonly cond: Expr | undefined
  readonly saved: readonly Value[]
  then: { readonly body: Body; readonly fallsThrough: boolean } | undefined
}

class Body {
  readonly stmts: Stmt[] = []
  height = 0

  push(stmt: Stmt): void {
    this.stmts.push(stmt)
    if ('height' in stmt && stmt.height > this.height) this.height = stmt.height
  }
}

const label = (id: number): Label => ({ id, uses: 0 })

export class Control {
  readonly #l: FunctionLowering
  readonly #frames: Frame[] = []
  #result: readonly Stmt[] = []
  #labels = 0
  #reachable = true
  /** Frames opened since the code became unreachable. */
  #skipped = 0

  constructor(lowering: FunctionLowering, results: readonly ValType[]) {
    this.#l = lowering
    this.#open('func', { kind: 'func', params: [], results }, { height: 0 })
  }

  emit(stmt: Stmt): void {
    this.#frame.body.push(stmt)
  }

  get #frame(): Frame {
    return this.#frames[this.#frames.length - 1]!
  }

  /** @returns whether the instruction is done: it was control, or it cannot be reached */
  step(ins: Instruction): boolean {
    if (!this.#reachable) return this.#skip(ins)
    switch (ins.op.name) {
      case 'block':
        this.#block(ins.blockType)
        break
      case 'loop':
        this.#loop(ins.blockType)
        break
      case 'if':
        this.#if(ins.blockType)
        break
      case 'else':
        this.#else()
        break
      case 'end':
        this.#end()
        break
      case 'br':
        this.#br(ins.index)
        break
      case 'br_if':
        this.#brIf(ins.index)
        break
      case 'br_table':
        this.#brTable(ins.labels)
        break
      case 'return':
        this.#br(this.#frames.length - 1)
        break
      case 'unreachable':
        this.#unreachable()
        break
      case 'return_call':
      case 'return_call_indirect':
        this.#tailCall(ins)
        break
      default:
        return false
    }
    return true
  }

  finish(): readonly Stmt[] {
    return this.#result
  }

  #skip(ins: Instruction): boolean {
    switch (ins.op.name) {
      case 'block':
      case 'loop':
      case 'if':
        this.#skipped++
        break
      case 'else':
        if (this.#skipped === 0) this.#else()
        break
      case 'end':
        if (this.#skipped === 0) this.#end()
        else this.#skipped--
    }
    return true
  }

  #open(kind: Frame['kind'], type: FuncType, rest: Partial<Frame> & { height: number }): void {
    this.#frames.push({
      kind,
      type,
      label: label(this.#labels++),
      params: [],
      results: undefined,
      body: new Body(),
      at: this.#l.at,
      cond: undefined,
      saved: [],
      then: undefined,
      ...rest,
    })
  }

  #block(type: FuncType): void {
    this.#l.stack.forceAll()
    this.#open('block', type, { height: this.#l.stack.height - type.params.length })
  }

  #loop(type: FuncType): void {
    const { stack, registers } = this.#l
    stack.forceAll()
    const params = type.params.map((param) => registers.temps(param))
    this.#l.assign(params.flat(), stack.popMany(params.length).flat())
    this.#open('loop', type, { height: stack.height, params })
    stack.pushStable(params.map((regs) => regs.map(regRead)))
  }

  #if(type: FuncType): void {
    const { stack } = this.#l
    const cond = stack.popOne()
    stack.forceAll()
    const saved = stack.peek(type.params.length)
    this.#open('if', type, { height: stack.height - saved.length, cond, saved })
  }

  #else(): void {
    const frame = this.#frame
    frame.then = { body: frame.body, fallsThrough: this.#fallOut(frame) }
    frame.body = new Body()
    this.#l.stack.cut(frame.height)
    this.#l.stack.pushStable(frame.saved)
    this.#reachable = true
  }

  /** Moves the results of a body that ends here into the frame's registers. */
  #fallOut(frame: Frame): boolean {
    if (!this.#reachable) return false
    this.#move(this.#results(frame), this.#l.stack.popMany(frame.type.results.length))
    return true
  }

  #results(frame: Frame): readonly (readonly Reg[])[] {
    frame.results ??= frame.type.results.map((type) => this.#l.registers.temps(type))
    return frame.results
  }

  #move(regs: readonly (readonly Reg[])[], values: readonly Value[]): void {
    this.#l.stack.before(values.flat().reduce((effects, e) => effects | e.effects, 0))
    this.#l.assign(regs.flat(), values.flat())
  }

  #end(): void {
    const frame = this.#frame
    if (frame.kind === 'func') return this.#endFunc(frame)
    if (frame.kind === 'if') return this.#endIf(frame)
    if (frame.kind === 'loop') return this.#endLoop(frame)
    if (frame.label.uses > 0) return this.#endBlock(frame)
    // Nothing branches to it: its statements and operands stand where they are.
    this.#frames.pop()
    this.#splice(frame.body)
  }

  #splice(body: Body): void {
    for (const stmt of body.stmts) this.emit(stmt)
  }

  #endBlock(frame: Frame): void {
    this.#fallOut(frame)
    this.#close(frame, {
      kind: 'block',
      label: frame.label,
      body: frame.body.stmts,
      height: frame.body.height + 1,
      at: frame.at,
    })
    this.#reachable = true
  }

  #endLoop(frame: Frame): void {
    if (frame.label.uses === 0) {
      this.#frames.pop()
      return this.#splice(frame.body)
    }
    if (this.#reachable) this.#l.stack.forceAll()
    this.#frames.pop()
    this.#push({
      kind: 'loop',
      label: frame.label,
      body: frame.body.stmts,
      height: frame.body.height + 1,
      at: frame.at,
    })
  }

  #endIf(frame: Frame): void {
    if (frame.then === undefined) this.#else()
    const fallsThrough = this.#fallOut(frame)
    const { body, fallsThrough: thenFallsThrough } = frame.then!
    const used = frame.label.uses > 0
    this.#close(frame, {
      kind: 'if',
      cond: frame.cond!,
      label: used ? frame.label : undefined,
      then: body.stmts,
      else: frame.body.stmts,
      height: Math.max(body.height, frame.body.height) + 1,
      at: frame.at,
    } satisfies If)
    this.#reachable = fallsThrough || thenFallsThrough || used
  }

  /** Ends a frame whose results are in its registers. */
  #close(frame: Frame, stmt: Compound): void {
    const { stack } = this.#l
    stack.cut(frame.height)
    this.#frames.pop()
    this.#push(stmt)
    stack.pushStable((frame.results ?? this.#results(frame)).map((regs) => regs.map(regRead)))
  }

  #push(stmt: Compound): void {
    if (stmt.height <= MAX_HEIGHT) return this.emit(stmt)
    this.emit(flatten(stmt, () => label(this.#labels++), this.#l.temp('i32')))
  }

  #endFunc(frame: Frame): void {
    if (this.#reachable) this.#return()
    const { stmts, height } = frame.body
    const { at } = frame
    this.#result =
      frame.label.uses === 0 ? stmts : [{ kind: 'block', label: frame.label, body: stmts, height: height + 1, at }]
  }

  #return(): void {
    const { stack } = this.#l
    const count = this.#frames[0]!.type.results.length
    if (count > 1) stack.settle(count)
    const values = stack.popMany(count).flat()
    stack.before(values.reduce((effects, e) => effects | e.effects, 0))
    stack.beforeBranch()
    this.emit({ kind: 'return', values, at: this.#l.at })
    this.#reachable = false
  }

  #target(depth: number): Frame {
    return this.#frames[this.#frames.length - 1 - depth]!
  }

  /** Registers that a branch to the frame sets. */
  #targetRegs(frame: Frame): readonly (readonly Reg[])[] {
    return frame.kind === 'loop' ? frame.params : this.#results(frame)
  }

  #br(depth: number): void {
    const frame = this.#target(depth)
    if (frame.kind === 'func') return this.#return()
    const regs = this.#targetRegs(frame)
    if (regs.length > 1) this.#l.stack.settle(regs.length)
    const values = this.#l.stack.popMany(regs.length)
    this.#l.stack.beforeBranch()
    this.#move(regs, values)
    this.#jump(frame)
    this.#reachable = false
  }

  #jump(frame: Frame): void {
    frame.label.uses++
    this.emit({ kind: 'br', label: frame.label, at: this.#l.at })
  }

  /** Statements that branch to the frame with values that stay on the stack too. */
  #branchWith(frame: Frame, values: readonly Value[]): Body {
    const outer = this.#frame.body
    const body = new Body()
    this.#frame.body = body
    if (frame.kind === 'func') {
      this.emit({ kind: 'return', values: values.flat(), at: this.#l.at })
    } else {
      this.#l.assign(this.#targetRegs(frame).flat(), values.flat())
      this.#jump(frame)
    }
    this.#frame.body = outer
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

  #brIf(depth: number): void {
    const frame = this.#target(depth)
    const { decision, values } = this.#popDecision(this.#arity(frame))
    const then = this.#branchWith(frame, values)
    this.emit({ kind: 'if', cond: decision, label: undefined, then: then.stmts, else: [], height: 1, at: this.#l.at })
    for (const value of values) this.#l.stack.push(value)
  }

  #brTable(labels: readonly number[]): void {
    const { decision: index, values } = this.#popDecision(this.#arity(this.#target(labels[labels.length - 1]!)))
    const cases = new Map<Frame, number[]>()
    const indices = (depth: number): number[] => {
      const frame = this.#target(depth)
      const list = cases.get(frame) ?? []
      cases.delete(frame)
      cases.set(frame, list)
      return list
    }
    for (const [i, depth] of labels.entries()) {
      if (i === labels.length - 1) indices(depth)
      else (cases.get(this.#target(depth)) ?? indices(depth)).push(i)
    }
    const bodies = [...cases].map(([frame, list]) => ({ indices: list, body: this.#branchWith(frame, values).stmts }))
    if (bodies.length === 1 && index.effects === 0) for (const stmt of bodies[0]!.body) this.emit(stmt)
    else this.emit({ kind: 'switch', index, cases: bodies, height: 1, at: this.#l.at })
    this.#reachable = false
  }

  #unreachable(): void {
    this.#l.stack.beforeBranch()
    this.emit({ kind: 'trap', message: 'unreachable', at: this.#l.at })
    this.#reachable = false
  }

  #tailCall(ins: Instruction): void {
    const l = this.#l
    l.hasTailCalls = true
    if (ins.op.name === 'return_call') {
      const args = l.callOperands(l.funcType(l.module.funcs[ins.index]!.type))
      l.stack.before(WRITE)
      this.emit({ kind: 'tail', call: call(ins.index, args, 'i32'), at: l.at })
    } else {
      const { index, args } = l.indirectOperands(l.funcType(ins.index))
      l.stack.before(WRITE)
      this.emit({ kind: 'tail', call: callIndirect(ins.index2, ins.index, index, args, 'i32'), at: l.at })
    }
    this.#reachable = false
  }
}
