// The frames around an instruction (spec, "Structure / Instructions / Control Instructions"): each collects the statements of
// its body, and knows the registers that hand values over where control leaves it.

import type { FuncType } from '../0-wasm/types.ts'
import type { Catch } from '../1-decode/instruction.ts'
import type { Expr } from '../3-ir/expr.ts'
import { NONE } from '../3-ir/expr-nodes.ts'
import type { Label, Reg, Stmt } from '../3-ir/ir.ts'
import type { KnownTree } from './known-references.ts'

export type FrameKind = 'func' | 'block' | 'loop' | 'if' | 'try_table' | 'try'

export interface Frame {
  readonly kind: FrameKind
  readonly label: Label
  /** How many frames are around it. */
  readonly depth: number
  /** The innermost frame around it whose handlers catch what is thrown in it. They are the same as long as it is open. */
  readonly guard: Frame | undefined
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
  then: { readonly body: Stmt[]; readonly fallsThrough: boolean; readonly notNull: KnownTree } | undefined
  /** `if`: what is known of references where it begins. */
  readonly notNull: KnownTree
  /** `try_table`: its clauses. Legacy `try`: the handler that is open, if one is. */
  clauses: readonly Catch[]
  /** `try_table`, `try`: whether its handlers catch what is thrown here. Once they do not, its body is `guarded`. */
  isGuarded: boolean
  guarded: Stmt[]
  fallsThrough: boolean
  /** Legacy `try`: the exception that its handlers have, and those handlers that are done. */
  exception: Reg | undefined
  readonly handler: Stmt[]
  /** Where those go that delegate to it, and with what. */
  delegated: { readonly label: Label; readonly exception: Reg } | undefined
  /** `try_table`: which clause catches what is thrown in it, by tag, as far as it was asked for; undefined: that is not known. */
  caught: Map<number, CaughtBy | undefined> | undefined
}

/** A clause, and the frame that it leads to. */
export type CaughtBy = Catch & { readonly target: Frame }

/** What frames of some kinds begin with. */
export type FrameStart = Partial<Pick<Frame, 'params' | 'cond' | 'saved' | 'clauses' | 'notNull'>>

/** @param around the innermost frame that is open */
export const openFrame = (
  around: Frame | undefined,
  kind: FrameKind,
  type: FuncType,
  label: Label,
  height: number,
  at: number,
  body: Stmt[],
  rest: FrameStart,
): Frame => ({
  kind,
  type,
  label,
  depth: around === undefined ? 0 : around.depth + 1,
  guard: around && guardIn(around),
  branches: 0,
  height,
  params: rest.params ?? NONE,
  results: undefined,
  body,
  start: body.length,
  at,
  cond: rest.cond,
  saved: rest.saved ?? NONE,
  then: undefined,
  clauses: rest.clauses ?? NONE,
  isGuarded: kind === 'try_table' || kind === 'try',
  guarded: [],
  fallsThrough: false,
  exception: undefined,
  handler: [],
  delegated: undefined,
  caught: undefined,
  notNull: rest.notNull,
})

/** The innermost frame whose handlers catch what is thrown where a frame is the innermost one. */
export const guardIn = (frame: Frame): Frame | undefined => (frame.isGuarded ? frame : frame.guard)
