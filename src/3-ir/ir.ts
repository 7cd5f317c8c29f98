// The register IR: statements over expression trees. What every kind of node has is in the same fields: an expression
// has its operands in `args`; a statement has its operands in `args`, the registers that it sets in `regs`, the lists of
// statements inside it in `bodies` and the labels that it defines in `labels`. So a walk over the IR need not know
// kinds. Names like `addr` and `cond` are accessors of these fields. schema.ts says what each kind has; verify.ts checks it.
//
// Invariants, which verify.ts checks:
// - `args` are evaluated from left to right, and all of them but for the arms of a `select`, which have no effects.
// - A register has one type, that of every value it is set to. It is set before it is read, on every way there; locals
//   start at zero.
// - A branch stands inside of the statement that defines its label, each of which is defined once.
// - Nodes are immutable. An expression may stand in several places; a statement stands in one.

import type { OpName } from '../0-wasm/ops/index.ts'

/**
 * What a register holds. An `i64` is a value of Wasm until `legalize` chooses how JavaScript holds it; an i64 that is left
 * afterwards is a BigInt, and an `i64cell` a place for one outside of the function.
 */
export type RegType = 'i32' | 'i64' | 'f32' | 'f64' | 'ref' | 'i64cell'

export interface Reg {
  readonly id: number
  readonly type: RegType
  /** Wasm local this register belongs to, undefined for temporaries. */
  readonly local: number | undefined
}

interface Node {
  readonly type: RegType
  /** Operands, in the order of evaluation. */
  readonly args: readonly Expr[]
  /** What evaluating the whole tree may do: bits of effects.ts. */
  readonly effects: number
  /** The types of all nodes of the tree: bits of TYPE_BIT. */
  readonly types: number
  /** Nodes in the tree. */
  readonly size: number
  /** Size of the tree as V8 bytecode, in thousandths of a byte (bytecode-size.ts). */
  readonly bytes: number
  /** A Bloom filter of the registers read: bit `id & 31` is set for each. */
  readonly reads: number
}

export interface RegRead extends Node {
  readonly kind: 'reg'
  readonly reg: Reg
}

/** A constant. i32: `value`, signed. f32 and f64: `value`, or a NaN's bits: `lo`, and `hi` (f64). i64: both. ref: null. */
export interface Const extends Node {
  readonly kind: 'const'
  readonly value: number
  readonly lo: number
  readonly hi: number
}

/** A plain instruction on registers (`i32.add`), or a runtime function that only computes (`i64.mul` on four words). */
export interface Plain extends Node {
  readonly kind: 'plain'
  readonly op: string
  /** Effects of the operation itself: TRAP or nothing. */
  readonly own: number
}

export interface Load extends Node {
  readonly kind: 'load'
  readonly op: LoadOp
  readonly memory: number
  readonly addr: Expr
  readonly offset: number
  /** Bytes behind those loaded that must be in bounds too: 4 for an i64 of which only the low word is used, else 0. */
  readonly guard: number
}

export interface Call extends Node {
  readonly kind: 'call'
  readonly func: number
  /** Calls this part of the function instead (see Func). */
  readonly part?: number | undefined
  readonly callArgs: readonly Expr[]
}

/** Its operands are the index, which is checked next, and the arguments, which have no effects. */
export interface CallIndirect extends Node {
  readonly kind: 'call_indirect'
  readonly table: number
  readonly typeIndex: number
  readonly index: Expr
  readonly callArgs: readonly Expr[]
}

export interface GlobalGet extends Node {
  readonly kind: 'global.get'
  readonly global: number
  /** Which register of the value. */
  readonly part: number
}

export interface RefFunc extends Node {
  readonly kind: 'ref.func'
  readonly func: number
}

/** One of two values; both are evaluated, or are free of effects. */
export interface Select extends Node {
  readonly kind: 'select'
  readonly cond: Expr
  readonly then: Expr
  readonly else: Expr
}

export interface EntityRef {
  readonly kind: 'memory' | 'table' | 'elem' | 'data'
  readonly index: number
}

/** A call of the runtime on entities of the instance: `memory_grow(m0, x)`. */
export interface RuntimeCall extends Node {
  readonly kind: 'runtime'
  readonly name: string
  readonly entities: readonly EntityRef[]
  /** Effects of the call itself. */
  readonly own: number
}

export type Expr = RegRead | Const | Plain | Load | Call | CallIndirect | GlobalGet | RefFunc | Select | RuntimeCall

/** Plain loads and stores of the instruction table. */
export type LoadOp = Extract<OpName, `${string}.load${'' | '8_s' | '8_u' | '16_s' | '16_u' | '32_s' | '32_u'}`>
export type StoreOp = Extract<OpName, `${string}.store${'' | '8' | '16' | '32'}`>

/** Accesses of one element as JavaScript has them: those that `legalize` leaves. */
export type ElementLoad = Exclude<LoadOp, `i64.load${8 | 16 | 32}_${'s' | 'u'}`>
export type ElementStore = Exclude<StoreOp, `i64.store${8 | 16 | 32}`>

/** Where a branch goes: the end of a block or `if`, the start of a loop, or a segment of a dispatch. */
export interface Label {
  readonly id: number
  /** Branches to it that were made. */
  uses: number
  /** Its number among the labels of the function, given by the analysis at work (5-optimize/homes.ts). */
  number: number
}

export type List = readonly Stmt[]

export type Stmt = Leaf | Compound

/** Statements that hold no others. */
export type Leaf = SetReg | CallSet | Evaluate | Store | GlobalSet | Return | Trap | TailCall | Branch

interface Statement {
  /** Byte offset of the instruction that it is from. */
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
  readonly value: Call | CallIndirect | Plain
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
  readonly message: string
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
export type Compound = Block | Loop | If | Switch | Dispatch

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
 * Nesting too deep for JavaScript, laid flat: starts at the first segment, each falls into the next, a branch to a
 * segment's label goes there. `for (;;) switch (state) { case 0: ... }`
 */
export interface Dispatch extends Statement {
  readonly kind: 'dispatch'
  readonly segments: readonly Segment[]
  /** The number of the segment to go to: labels of segments count from `first`, or from 0. */
  readonly state: Reg
  readonly first?: number | undefined
  /** Starts at the segment that `state` says. */
  readonly resumes?: boolean | undefined
  /** A branch to this label goes to the segment that `state` says. */
  readonly again?: Label | undefined
}

export interface Segment {
  readonly label: Label
  /** More labels of the same body, numbered after the first. */
  readonly also: readonly Label[] | undefined
  readonly body: List
}

/** A function, or a part of one that became a function of its own because the whole is too large for engines. */
export interface Func {
  readonly index: number
  /** Number of the part, from 1. Its parameters, locals and results are registers of the function that it serves. */
  readonly part?: number
  /** Registers of the parameters, in order. */
  readonly params: readonly Reg[]
  /** Registers of the declared locals, zero at the start. */
  readonly locals: readonly Reg[]
  /** Result registers' types. */
  readonly results: readonly RegType[]
  readonly body: List
  /** Registers made: ids run from 0 to here. */
  readonly regCount: number
  readonly hasTailCalls: boolean
  /** `has`: engines that like it run its wide version instead. `is`: that version. */
  readonly wide?: 'has' | 'is'
  /** Whether it may have registers that hold floats, dispatches, high words of products: if not, passes need not look. */
  readonly hasFloats: boolean
  readonly hasDispatches: boolean
  readonly hasProducts: boolean
}
