// The one record that the walk over a function's code fills, again and again.

import type { Op } from '../0-wasm/ops/index.ts'
import type { FuncType, HeapType, RefType, ValType } from '../0-wasm/types.ts'

/** A clause of `try_table`: where the exception goes that it catches. */
export interface Catch {
  /** Undefined: it catches all. */
  readonly tag: number | undefined
  /** Whether the branch also carries the exception itself. */
  readonly isRef: boolean
  readonly label: number
}

/**
 * A decoded instruction. The decoder reuses one record for a whole function: read what you need before the next step.
 * Only the fields of the instruction's own immediates are set; the others hold leftovers.
 */
export interface Instruction {
  op: Op
  /** Offset of the opcode, in bytes from the start of the module. */
  offset: number
  /** The first index immediate: local, global, func, type, table, memory, data, elem, tag or label. */
  index: number
  /**
   * The second index immediate: the table of `call_indirect`, the source of `memory.copy`, the memory of `memory.init`, a
   * field, the number of operands of `array.new_fixed`.
   */
  index2: number
  /**
   * memarg: log2 of the alignment hint, constant offset in bytes, memory index. An offset above 2^53 is rounded: it is out
   * of the bounds of every memory there can be.
   */
  align: number
  memOffset: number
  memory: number
  /** `i32.const`: the value, signed. `i64.const`, `f64.const`: the low word. `f32.const`: the bits. All as int32. */
  lo: number
  /** `i64.const`, `f64.const`: the high word as int32. */
  hi: number
  /** Which lane of a vector. */
  lane: number
  /** `v128.const`: the value; `i8x16.shuffle`: the 16 lanes, a byte each. Four words as int32, the lowest first. */
  words: readonly number[]
  /** `br_table`: targets, the default last. */
  labels: readonly number[]
  /** `block`, `loop`, `if`, `try`, `try_table`: the block type, resolved to parameters and results. */
  blockType: FuncType
  /** `try_table`, in the order in which they are tried. */
  catches: readonly Catch[]
  /** `select t`: the annotated types. */
  types: readonly ValType[]
  /** `ref.null`, `ref.test`, `ref.cast`. */
  heap: HeapType
  /** `br_on_cast`, `br_on_cast_fail`: the type of the operand, and the type that it is cast to. */
  from: RefType
  to: RefType
  /**
   * What the validator found: the type of the reference that the instruction looks into, tests or calls, of which it may know
   * that it is not null. Undefined in constant expressions, which are not validated as they are lowered.
   */
  operand: RefType | undefined
}
