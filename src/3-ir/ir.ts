// The register IR: statements over expression trees. What every kind of node has is in the same fields: an expression
// has its operands in `args`; a statement has its operands in `args`, the registers that it sets in `regs`, the lists of
// statements inside it in `bodies` and the labels that it defines in `labels`. So a walk over the IR need not know
// kinds. Names like `addr` and `cond` are accessors of these fields. schema.ts says what each kind has; verify.ts checks it.
//
// Invariants, which verify.ts checks:
// - `args` are evaluated from left to right, and all of them but for the arms of a `select`, which have no effects.
// - A register has one type, that of every value it is set to. It is set before it is read, on every way there; locals
//   start at zero.
// - A branch stands inside of the statement that defines its label, each of which is defined once and has an id of its own.
// - Control may come to every statement.
// - A pass keeps the order of what reads, writes and may leave.
// - Nodes are immutable. An expression may stand in several places; a statement stands in one.
// - In a statement that is from an instruction every operation says which it is from itself (positions.ts).

import type { Call, CallIndirect, Expr, Operation, RuntimeCall, StoreOp } from './expr.ts'
import type { TrapFunction } from './runtime-names.ts'
import type { Version } from './versions.ts'

/**
 * What a register holds. An `i64` is a value of Wasm until `legalize` chooses how JavaScript holds it; an i64 that is left
 * afterwards is a BigInt, and an `i64cell` a place for one outside of the function. A `v128` is a value until `vectors`
 * chooses what its lanes are held as, and none is left afterwards.
 */
export type RegType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'ref' | 'i64cell'

export interface Reg {
  readonly id: number
  readonly type: RegType
  /** Wasm local this register belongs to, undefined for temporaries. */
  readonly local: number | undefined
}

/** Where a branch goes: the end of a block or `if`, the start of a loop, or an arm of a dispatch. */
export interface Label {
  /** Below `Func.labelCount`: tables of an analysis are by it. */
  readonly id: number
}

export type List = readonly Stmt[]

export type Stmt = Leaf | Compound

/** Statements that hold no others. */
export type Leaf = SetReg | CallSet | Evaluate | Store | GlobalSet | Return | Trap | Throw | TailCall | Branch

interface Statement {
  /** Byte offset of the instruction that it is from; NOWHERE (positions.ts) of what is added at the start of a function. */
  readonly at: number
  /** Levels of compounds, this one included: 0 for those that hold no statements. */
  readonly height: number
  /** Operands of its own, in the order of evaluation: those of statements inside not included. */
  readonly args: readonly Expr[]
  /** Registers that it sets, once its operands are evaluated. */
  readonly regs: readonly Reg[]
  /** The lists of statements inside. */
  readonly bodies: readonly List[]
  /** Labels that branches inside of it may go to. */
  readonly labels: readonly Label[]
}

interface LeafNode extends Statement {
  readonly height: 0
}

export interface SetReg extends LeafNode {
  readonly kind: 'set'
  readonly reg: Reg
  readonly value: Expr
}

/** A call, or a runtime function, of which several results are kept: the register at `regs[i]` takes result `results[i]`. */
export interface CallSet extends LeafNode {
  readonly kind: 'call'
  readonly value: Call | CallIndirect | Operation | RuntimeCall
  /** Numbers of results, ascending. */
  readonly results: readonly number[]
}

/** Evaluates for the effects. */
export interface Evaluate extends LeafNode {
  readonly kind: 'expr'
  readonly value: Expr
}

export interface Store extends LeafNode {
  readonly kind: 'store'
  readonly op: StoreOp
  readonly memory: number
  readonly addr: Expr
  readonly offset: number
  readonly value: Expr
}

export interface GlobalSet extends LeafNode {
  readonly kind: 'global.set'
  readonly global: number
  readonly part: number
  readonly value: Expr
}

export interface Return extends LeafNode {
  readonly kind: 'return'
  readonly values: readonly Expr[]
}

export interface Trap extends LeafNode {
  readonly kind: 'trap'
  /** The function of the runtime that traps. */
  readonly message: TrapFunction
}

/** Throws an exception, which is not null. */
export interface Throw extends LeafNode {
  readonly kind: 'throw'
  readonly value: Expr
}

/** `return_call` and `return_call_indirect`: the call node says which. */
export interface TailCall extends LeafNode {
  readonly kind: 'tail'
  readonly call: Call | CallIndirect
}

export interface Branch extends LeafNode {
  readonly kind: 'br'
  readonly target: Label
}

/** Statements that hold statements. */
export type Compound = Block | Loop | If | Switch | Try | Dispatch

export interface Block extends Statement {
  readonly kind: 'block'
  readonly label: Label
  readonly body: List
}

/** Runs its body once; a branch to its label runs it again. */
export interface Loop extends Statement {
  readonly kind: 'loop'
  /** The end of the body leads to its start: only branches leave. */
  readonly repeats: boolean
  readonly label: Label
  readonly body: List
}

export interface If extends Statement {
  readonly kind: 'if'
  readonly cond: Expr
  readonly label: Label | undefined
  readonly then: List
  readonly else: List
}

export interface Case {
  readonly indices: readonly number[]
  readonly body: List
}

/** `br_table`: no case falls through; the last case is the default and also takes every other index. */
export interface Switch extends Statement {
  readonly kind: 'switch'
  readonly index: Expr
  readonly cases: readonly Case[]
}

/**
 * An exception that is thrown in the body, and not caught there, goes to the handler; registers hold what they held when it
 * was thrown. The first statement of the handler takes it: it evaluates `caught()`, which stands nowhere else, and which
 * throws on what no handler may catch. A try has no label: what leaves it branches to a statement around it.
 */
export interface Try extends Statement {
  readonly kind: 'try'
  readonly body: List
  readonly handler: List
}

/**
 * Nesting too deep for JavaScript, laid flat: starts at the first arm, each falls into the next, a branch to an
 * arm's label goes there. `for (;;) switch (state) { case 0: ... }`
 */
export interface Dispatch extends Statement {
  readonly kind: 'dispatch'
  readonly arms: readonly Arm[]
  /** The number of the arm to go to: labels of arms count from `first`, or from 0. */
  readonly state: Reg
  readonly first?: number | undefined
  /** Starts at the arm that `state` says. */
  readonly resumes?: boolean | undefined
  /** A branch to this label goes to the arm that `state` says. */
  readonly again?: Label | undefined
}

export interface Arm {
  readonly label: Label
  /** More labels of the same body, numbered after the first. */
  readonly also: readonly Label[]
  readonly body: List
  /** The arm that exceptions go to which are thrown in the body, as to the handler of a `try`; undefined: out of the dispatch. */
  readonly handler: Label | undefined
}

/** How JavaScript holds the i64 values of a function: not decided yet, as words, or as BigInts. */
export type Int64 = 'value' | 'words' | 'bigint'

/** A body of a Wasm function. */
export interface Func {
  readonly index: number
  readonly version: Version
  /** Versions that run instead of this one where their guards hold. */
  readonly alternatives: readonly Version[]
  readonly int64: Int64
  /** Registers of the parameters, in order. */
  readonly params: readonly Reg[]
  /** Registers of the declared locals, zero at the start. */
  readonly locals: readonly Reg[]
  /** Types of the results' registers. */
  readonly results: readonly RegType[]
  readonly body: List
  /** Registers made: ids run from 0 to here. */
  readonly regCount: number
  /** Labels made: ids run from 0 to here. */
  readonly labelCount: number
  readonly hasTailCalls: boolean
  /** Whether there may be v128 values in it. */
  readonly hasVectors: boolean
}
