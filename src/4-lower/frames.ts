// The frames around an instruction (spec, "Structure / Instructions / Control Instructions"), innermost last: each collects
// the statements of its body, and knows the registers that hand values over where control leaves it.

import type { FuncType } from '../0-wasm/types.ts'
import type { Expr } from '../3-ir/expr.ts'
import type { Label, Reg, Stmt } from '../3-ir/ir.ts'
import { branch, newLabel } from '../3-ir/statements.ts'
import type { FunctionLowering } from './function.ts'
import type { Value } from './operands.ts'

export interface Frame {
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

export class Body {
  readonly stmts: Stmt[] = []

  push(stmt: Stmt): void {
    this.stmts.push(stmt)
  }
}

export class Frames {
  readonly #l: FunctionLowering
  readonly #frames: Frame[] = []
  #labels = 0

  constructor(lowering: FunctionLowering) {
    this.#l = lowering
  }

  get current(): Frame {
    return this.#frames[this.#frames.length - 1]!
  }

  /** Frames around the next instruction, the function's own included. */
  get depth(): number {
    return this.#frames.length
  }

  /** The frame that a label index means. */
  target(depth: number): Frame {
    return this.#frames[this.#frames.length - 1 - depth]!
  }

  emit(stmt: Stmt): void {
    this.current.body.push(stmt)
  }

  newLabel(): Label {
    return newLabel(this.#labels++)
  }

  open(kind: Frame['kind'], type: FuncType, rest: Partial<Frame> & { height: number }): void {
    this.#frames.push({
      kind,
      type,
      label: this.newLabel(),
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

  pop(): void {
    this.#frames.pop()
  }

  results(frame: Frame): readonly (readonly Reg[])[] {
    frame.results ??= frame.type.results.map((type) => this.#l.registers.temps(type))
    return frame.results
  }

  move(regs: readonly (readonly Reg[])[], values: readonly Value[]): void {
    this.#l.stack.before(values.flat().reduce((effects, e) => effects | e.effects, 0))
    this.#l.assign(regs.flat(), values.flat())
  }

  /** Registers that a branch to the frame sets. */
  targetRegs(frame: Frame): readonly (readonly Reg[])[] {
    return frame.kind === 'loop' ? frame.params : this.results(frame)
  }

  jump(frame: Frame): void {
    frame.label.uses++
    this.emit(branch(frame.label, this.#l.at))
  }
}
