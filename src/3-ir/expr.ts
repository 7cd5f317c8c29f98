// The kinds of expressions of the IR (ir.ts).

import type { HeapType } from '../0-wasm/types.ts'
import type { GcOp } from './gc-ops.ts'
import type { Reg, RegType } from './ir.ts'
import type { LoadOp } from './ops/accesses.ts'
import type { IrOp } from './ops/index.ts'
import type { RuntimeCallName } from './runtime-calls.ts'
import type { Version } from './versions.ts'

export type { ElementLoad, ElementStore, LoadOp, StoreOp } from './ops/accesses.ts'

interface Node {
  /**
   * Byte offset of the instruction that it is from, or was made in place of: NOWHERE (positions.ts) for registers and
   * constants, which do nothing and stand in many places, and for what the compiler adds where no instruction is.
   */
  readonly at: number
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

/** An op (ops/): a plain instruction (`i32.add`), or one that the compiler adds. */
export interface Operation extends Node {
  readonly kind: 'op'
  readonly op: IrOp
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

/** Where a function takes more than one register, the one argument may be a tuple of all that it takes. */
export interface Call extends Node {
  readonly kind: 'call'
  readonly func: number
  readonly version: Version
  readonly callArgs: readonly Expr[]
}

/**
 * Its operands are what says which function is called, and the arguments, which have no effects: an index into a table, which
 * is checked next, or a reference, which is not null.
 */
export interface CallIndirect extends Node {
  readonly kind: 'call_indirect'
  /** Undefined: the first operand is a reference to the function. */
  readonly table: number | undefined
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

/**
 * An instruction on structures, arrays and types (gc-ops.ts says what each does). It does not trap for null or an index out of
 * bounds: that is checked in statements of its own, before.
 */
export interface GcOperation extends Node {
  readonly kind: 'gc'
  readonly op: GcOp
  /** The type that it names: of a structure, of an array, or that which a reference is tested for. */
  readonly heap: HeapType
  /** The field of a structure, the segment of what takes elements from one, or bits of a test (gc-ops.ts); else 0. */
  readonly detail: number
  /** Which register of the value, where it gives a field or an element. */
  readonly part: number
  /** Effects of the instruction itself. */
  readonly own: number
}

/** One of two values. Only that one is evaluated, so neither has effects. */
export interface Select extends Node {
  readonly kind: 'select'
  readonly cond: Expr
  readonly then: Expr
  readonly else: Expr
}

export interface EntityRef {
  readonly kind: 'memory' | 'table' | 'elem' | 'data' | 'tag'
  readonly index: number
}

/** A call of the runtime on entities of the instance: `memory_grow(m0, x)`. runtime-calls.ts has what they do and give. */
export interface RuntimeCall extends Node {
  readonly kind: 'runtime'
  readonly name: RuntimeCallName
  readonly entities: readonly EntityRef[]
  /** Effects of the call itself. */
  readonly own: number
}

/** A tuple (tuples.ts) of these elements: integers of 32 bits and references. */
export interface Tuple extends Node {
  readonly kind: 'tuple'
}

export type Expr =
  | RegRead
  | Const
  | Operation
  | Load
  | Call
  | CallIndirect
  | GlobalGet
  | RefFunc
  | GcOperation
  | Select
  | RuntimeCall
  | Tuple
