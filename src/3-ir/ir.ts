// The register IR: statements over expression trees. Every register has one type and fits one JavaScript variable;
// a Wasm value is one register or more (i64: low and high word).

/** Signed 32-bit integers, rounded numbers, any JavaScript value; `i64`: BigInts, or cells of them, in wide.ts only. */
export type RegType = 'i32' | 'f32' | 'f64' | 'ref' | 'i64' | 'i64cell'

export interface Reg {
  readonly id: number
  readonly type: RegType
  /** Wasm local this register belongs to, undefined for temporaries. */
  readonly local: number | undefined
}

/** Effects of an expression, as bits. */
export const READ = 1
export const TRAP = 2
/** Writes state, or calls something that may. */
export const WRITE = 4

interface Node {
  readonly type: RegType
  /** READ, TRAP and WRITE, of the whole tree. */
  readonly effects: number
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
  readonly args: readonly Expr[]
  /** Effects of the operation itself: TRAP or nothing. */
  readonly own: number
}

export interface Load extends Node {
  readonly kind: 'load'
  /** `i32.load8_u`, ..., `f64.load`: i64 loads are lowered to these, but for wide functions. */
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
  readonly args: readonly Expr[]
}

/** Evaluated in the order: index, check, arguments. Arguments are free of effects. */
export interface CallIndirect extends Node {
  readonly kind: 'call_indirect'
  readonly table: number
  readonly typeIndex: number
  readonly index: Expr
  readonly args: readonly Expr[]
}

/** Result register number `index` (1 and up) of the call or runtime function just made. */
export interface Cell extends Node {
  readonly kind: 'cell'
  readonly index: number
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
  readonly args: readonly Expr[]
  /** Effects of the call itself. */
  readonly own: number
}

export type Expr =
  | RegRead
  | Const
  | Plain
  | Load
  | Call
  | CallIndirect
  | Cell
  | GlobalGet
  | RefFunc
  | Select
  | RuntimeCall

export type LoadOp =
  | 'i32.load'
  | 'i32.load8_s'
  | 'i32.load8_u'
  | 'i32.load16_s'
  | 'i32.load16_u'
  | 'f32.load'
  | 'f64.load'
  | 'i64.load'
export type StoreOp = 'i32.store' | 'i32.store8' | 'i32.store16' | 'f32.store' | 'f64.store' | 'i64.store'

/** Where a branch goes: the end of a block or `if`, the start of a loop, or a segment of a dispatch. */
export interface Label {
  readonly id: number
  /** Branches to it that were made. */
  uses: number
  /** Its number among the labels of the function, given by the analysis at work (5-optimize/homes.ts). */
  number: number
}

export type Stmt = SetReg | Evaluate | Store | GlobalSet | Return | Trap | TailCall | Branch | Compound

interface Leaf {
  /** No compound: it holds no statements. */
  readonly height: 0
  readonly at: number
}

export interface SetReg extends Leaf {
  readonly kind: 'set'
  readonly reg: Reg
  readonly value: Expr
}

/** Evaluates for the effects. */
export interface Evaluate extends Leaf {
  readonly kind: 'expr'
  readonly value: Expr
}

export interface Store extends Leaf {
  readonly kind: 'store'
  readonly op: StoreOp
  readonly memory: number
  readonly addr: Expr
  readonly offset: number
  readonly value: Expr
}

export interface GlobalSet extends Leaf {
  readonly kind: 'global.set'
  readonly global: number
  readonly part: number
  readonly value: Expr
}

export interface Return extends Leaf {
  readonly kind: 'return'
  readonly values: readonly Expr[]
}

export interface Trap extends Leaf {
  readonly kind: 'trap'
  readonly message: string
}

/** `return_call` and `return_call_indirect`: the call node says which. */
export interface TailCall extends Leaf {
  readonly kind: 'tail'
  readonly call: Call | CallIndirect
}

export interface Branch extends Leaf {
  readonly kind: 'br'
  readonly label: Label
}

/** Statements that hold statements. `height` counts the levels of compounds, this one included. */
export type Compound = Block | Loop | If | Switch | Dispatch

export interface Block {
  readonly kind: 'block'
  readonly label: Label
  readonly body: readonly Stmt[]
  readonly height: number
  readonly at: number
}

/** Runs its body once; a branch to its label runs it again. */
export interface Loop {
  readonly kind: 'loop'
  /** The end of the body leads to its start: only branches leave. */
  readonly repeats?: boolean | undefined
  readonly label: Label
  readonly body: readonly Stmt[]
  readonly height: number
  readonly at: number
}

export interface If {
  readonly kind: 'if'
  readonly cond: Expr
  readonly label: Label | undefined
  readonly then: readonly Stmt[]
  readonly else: readonly Stmt[]
  readonly height: number
  readonly at: number
}

/** `br_table`: no case falls through; the last case is the default and also takes every other index. */
export interface Switch {
  readonly kind: 'switch'
  readonly index: Expr
  readonly cases: readonly { readonly indices: readonly number[]; readonly body: readonly Stmt[] }[]
  readonly height: number
  readonly at: number
}

/**
 * Nesting too deep for JavaScript, laid flat: starts at the first segment, each falls into the next, a branch to a
 * segment's label goes there. `for (;;) switch (state) { case 0: ... }`
 */
export interface Dispatch {
  readonly kind: 'dispatch'
  readonly segments: readonly Segment[]
  /** The number of the segment to go to: labels of segments count from `first`, or from 0. */
  readonly state: Reg
  readonly first?: number | undefined
  /** Starts at the segment that `state` says. */
  readonly resumes?: boolean | undefined
  /** A branch to this label goes to the segment that `state` says. */
  readonly again?: Label | undefined
  readonly height: number
  readonly at: number
}

export interface Segment {
  readonly label: Label
  /** More labels of the same body, numbered after the first. */
  readonly also: readonly Label[] | undefined
  readonly body: readonly Stmt[]
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
  readonly body: readonly Stmt[]
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
