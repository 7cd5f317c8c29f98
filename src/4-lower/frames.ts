// The frames around an instruction (spec, "Structure / Instructions / Control Instructions"): each collects the statements of
// its body, and knows the registers that hand values over where control leaves it.

import type { FuncType } from '../0-wasm/types.ts'
import type { Expr } from '../3-ir/expr.ts'
import type { Label, Reg, Stmt } from '../3-ir/ir.ts'

export type FrameKind = 'func' | 'block' | 'loop' | 'if'

export interface Frame {
  readonly kind: FrameKind
  readonly label: Label
  /** Branches to the label so far. */
  branches: number
  /** Height of the operand stack below the frame's parameters. */
  readonly height: number
  readonly type: FuncType
  /** Parameter registers of a loop, for branches back to it. */
  readonly params: readonly Reg[]
  /** Result registers, made when first needed. */
  results: readonly Reg[] | undefined
  /** Where its statements go. A block or loop shares the list of the frame around it: often they are to stay there. */
  body: Stmt[]
  /** Where its own statements begin in that list. */
  readonly start: number
  readonly at: number
  /** `if`: the condition, the parameters for the other arm, and the first arm once `else` is reached. */
  readonly cond: Expr | undefined
  readonly saved: readonly Expr[]
  then: { readonly body: Stmt[]; readonly fallsThrough: boolean } | undefined
}

export const openFrame = (
  kind: FrameKind,
  type: FuncType,
  label: Label,
  height: number,
  at: number,
  body: Stmt[],
  rest: Partial<Frame>,
): Frame => ({
  kind,
  type,
  label,
  branches: 0,
  height,
  params: [],
  results: undefined,
  body,
  start: body.length,
  at,
  cond: undefined,
  saved: [],
  then: undefined,
  ...rest,
})
