// Statements as JavaScript will have them: every jump is decided on (jumps.ts), and so is where control comes out. What
// control does not depend on is still IR: expressions, and statements that hold no others.

import type { Expr } from '../3-ir/expr.ts'
import type { Branch, Compound, Dispatch, If, Reg, Stmt, Switch } from '../3-ir/ir.ts'

/** A statement that jumps leave or begin again. */
export interface Target {
  /** Whether a jump says its name. */
  isNamed: boolean
  /** Whether a jump goes to its end. */
  isLeft: boolean
  /** Whether a jump begins it again. */
  isContinued: boolean
  /** Levels of named statements inside: those of one level can share a name, since none is inside another. */
  level: number
}

export const newTarget = (): Target => ({ isNamed: false, isLeft: false, isContinued: false, level: 0 })

/** The state that a dispatch is to go on in. */
export interface State {
  readonly reg: Reg
  readonly value: number
}

/** What becomes of a branch. `fall`: nothing, since control goes there anyhow. */
export type Jump =
  | { readonly kind: 'fall' }
  | { readonly kind: 'break'; readonly target: Target; readonly isNamed: boolean }
  | { readonly kind: 'continue'; readonly target: Target; readonly isNamed: boolean; readonly state: State | undefined }

/** A list of statements. */
export interface Sequence {
  /** Those that are printed. */
  readonly stmts: readonly Stmt[]
  /** What becomes of each. */
  readonly items: readonly Item[]
  /** Whether control may come out at the end. */
  readonly comesOut: boolean
}

/** A list and what stands behind it. */
export const joined = (first: Sequence, second: Sequence): Sequence => ({
  stmts: [...first.stmts, ...second.stmts],
  items: [...first.items, ...second.items],
  comesOut: first.comesOut && second.comesOut,
})

export type Item = Exclude<Stmt, Compound | Branch> | Jump | Holder | ComputedState

/** Statements that hold others. `comesOut`: whether control may go on behind them, their own breaks included. */
export type Holder = Block | Choice | Repeat | Cases | Guarded | Machine

/** Statements one after the other, with a name around them if a jump says it. */
export interface Block {
  readonly kind: 'block'
  readonly target: Target
  readonly body: Sequence
  readonly comesOut: boolean
}

export interface Choice {
  readonly kind: 'if'
  /** Without a label. */
  readonly stmt: If
  readonly then: Sequence
  readonly else: Sequence
  readonly comesOut: boolean
}

export interface Repeat {
  readonly kind: 'loop'
  /** Where `exit` is asked: before the body or behind it. `once`: the loop ends where its body does. */
  readonly form: 'head' | 'foot' | 'endless' | 'once'
  /** What leaves the loop in its head or foot; it is not in the body. */
  readonly exit: If | undefined
  readonly target: Target
  readonly body: Sequence
  readonly comesOut: boolean
}

export interface Cases {
  readonly kind: 'switch'
  readonly stmt: Switch
  readonly target: Target
  /** `breaks`: a `break` has to stand behind the body, or control would fall into the next case. */
  readonly cases: readonly { readonly indices: readonly number[]; readonly body: Sequence; readonly breaks: boolean }[]
  readonly comesOut: boolean
}

/** `try`, whose handler is entered with what was thrown. */
export interface Guarded {
  readonly kind: 'try'
  readonly body: Sequence
  readonly handler: Sequence
  readonly comesOut: boolean
}

/** A dispatch: a switch over the arms, which fall into each other, inside a loop. */
export interface Machine {
  readonly kind: 'dispatch'
  readonly stmt: Dispatch
  readonly target: Target
  /** `numbers`: the states in which control goes to the arm. `handler`: that in which it goes on where it throws, -1: none. */
  readonly arms: readonly { readonly numbers: readonly number[]; readonly body: Sequence; readonly handler: number }[]
  readonly comesOut: boolean
}

/**
 * A `br_table` that needs no switch: indices from 0 to before `count` go to the arms from number `first` on, all others
 * to number `fallback` (dispatch.ts).
 */
export interface ComputedState {
  readonly kind: 'computed'
  readonly index: Expr
  readonly reg: Reg
  readonly first: number
  readonly count: number
  readonly fallback: number
  /** To the start of the dispatch. */
  readonly jump: Jump
}

/** Whether control may come out of a statement. */
export function comesOut(item: Item): boolean {
  switch (item.kind) {
    case 'set':
    case 'call':
    case 'expr':
    case 'store':
    case 'global.set':
    case 'fall':
      return true
    case 'return':
    case 'trap':
    case 'throw':
    case 'tail':
    case 'break':
    case 'continue':
    case 'computed':
      return false
    case 'block':
    case 'if':
    case 'loop':
    case 'switch':
    case 'try':
    case 'dispatch':
      return item.comesOut
    default:
      return item satisfies never
  }
}
