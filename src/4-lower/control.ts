// Blocks, branches and reachability. A frame collects the statements of its body; at its `end` the body becomes a
// compound statement of the frame around it. Nothing here recurses over nesting.

import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { regRead } from '../3-ir/expressions.ts'
import type { Compound, Label, Stmt } from '../3-ir/ir.ts'
import { block, choice, loop } from '../3-ir/statements.ts'
import { Branches } from './branches.ts'
import { Flattening } from './flatten.ts'
import { Body, type Frame, Frames } from './frames.ts'
import type { FunctionLowering } from './function.ts'
import type { Limits } from './limits.ts'

export class Control {
  readonly #l: FunctionLowering
  readonly #frames: Frames
  readonly #branches: Branches
  readonly #flattening: Flattening
  #result: readonly Stmt[] = []
  #reachable = true
  #loops = 0
  /** Frames opened since the code became unreachable. */
  #skipped = 0

  constructor(lowering: FunctionLowering, results: readonly ValType[], limits: Limits) {
    this.#flattening = new Flattening(limits)
    this.#l = lowering
    this.#frames = new Frames(lowering)
    this.#branches = new Branches(lowering, this.#frames)
    this.#frames.open('func', { kind: 'func', params: [], results }, { height: 0 })
  }

  emit(stmt: Stmt): void {
    this.#frames.emit(stmt)
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
      default: {
        const outcome = this.#branches.step(ins)
        if (outcome === 'left') this.#reachable = false
        return outcome !== undefined
      }
    }
    return true
  }

  /** How many loops are around the next instruction. */
  get loops(): number {
    return this.#loops
  }

  newLabel(): Label {
    return this.#frames.newLabel()
  }

  get hasDispatches(): boolean {
    return this.#flattening.any
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

  #block(type: FuncType): void {
    this.#l.stack.forceAll()
    this.#frames.open('block', type, { height: this.#l.stack.height - type.params.length })
  }

  #loop(type: FuncType): void {
    this.#l.hasLoops = true
    this.#loops++
    const { stack, registers } = this.#l
    stack.forceAll()
    const params = type.params.map((param) => registers.temps(param))
    this.#l.assign(params.flat(), stack.popMany(params.length).flat())
    this.#frames.open('loop', type, { height: stack.height, params })
    stack.pushStable(params.map((regs) => regs.map(regRead)))
  }

  #if(type: FuncType): void {
    const { stack } = this.#l
    const cond = stack.popOne()
    stack.forceAll()
    const saved = stack.peek(type.params.length)
    this.#frames.open('if', type, { height: stack.height - saved.length, cond, saved })
  }

  #else(): void {
    const frame = this.#frames.current
    frame.then = { body: frame.body, fallsThrough: this.#fallOut(frame) }
    frame.body = new Body()
    this.#l.stack.cut(frame.height)
    this.#l.stack.pushStable(frame.saved)
    this.#reachable = true
  }

  /** Moves the results of a body that ends here into the frame's registers. */
  #fallOut(frame: Frame): boolean {
    if (!this.#reachable) return false
    this.#frames.move(this.#frames.results(frame), this.#l.stack.popMany(frame.type.results.length))
    return true
  }

  #end(): void {
    const frame = this.#frames.current
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
    this.#close(frame, block(frame.label, frame.body.stmts, frame.at))
    this.#reachable = true
  }

  #endLoop(frame: Frame): void {
    this.#loops--
    if (frame.label.uses === 0) {
      this.#frames.pop()
      return this.#splice(frame.body)
    }
    if (this.#reachable) this.#l.stack.forceAll()
    this.#frames.pop()
    this.#push(loop(frame.label, frame.body.stmts, frame.at))
  }

  #endIf(frame: Frame): void {
    if (frame.then === undefined) this.#else()
    const fallsThrough = this.#fallOut(frame)
    const { body, fallsThrough: thenFallsThrough } = frame.then!
    const used = frame.label.uses > 0
    const label = used ? frame.label : undefined
    this.#close(frame, choice(frame.cond!, label, body.stmts, frame.body.stmts, frame.at))
    this.#reachable = fallsThrough || thenFallsThrough || used
  }

  /** Ends a frame whose results are in its registers. */
  #close(frame: Frame, stmt: Compound): void {
    const { stack } = this.#l
    stack.cut(frame.height)
    this.#frames.pop()
    this.#push(stmt)
    stack.pushStable((frame.results ?? this.#frames.results(frame)).map((regs) => regs.map(regRead)))
  }

  #push(stmt: Compound): void {
    if (!this.#flattening.wants(stmt)) return this.emit(stmt)
    this.emit(this.#flattening.flatten(stmt, () => this.#frames.newLabel(), this.#l.temp('i32')))
  }

  #endFunc(frame: Frame): void {
    if (this.#reachable) this.#branches.return()
    this.#flattening.finish()
    const { stmts } = frame.body
    this.#result = frame.label.uses === 0 ? stmts : [block(frame.label, stmts, frame.at)]
  }
}
