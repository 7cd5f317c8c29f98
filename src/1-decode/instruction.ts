// The one record that the walk over a function's code fills, again and again.

import type { Op } from '../0-wasm/ops/index.ts'
import type { FuncType, HeapType, ValType } from '../0-wasm/types.ts'

/**
 * A decoded instruction. The decoder reuses one record for a whole function: read what you need before the next step.
 * Only the fields of the instruction's own immediates are set; the others hold leftovers.
 */
export interface Instruction {
  op: Op
  /** Offset of the opcode, in bytes from the start of the module. */
  offset: number
  /** The first index immediate: local, global, func, type, table, memory, data, elem or label. */
  index: number
  /** The second index immediate: the table of `call_indirect`, the source of `memory.copy`, the memory of `memory.init`. */
  index2: number
  /** memarg: log2 of the alignment hint, constant offset in bytes, memory index. */
  align: number
  memOffset: number
  memory: number
  /** `i32.const`: the value, signed. `i64.const`, `f64.const`: the low word. `f32.const`: the bits. All as int32. */
  lo: number
  /** `i64.const`, `f64.const`: the high word as int32. */
  hi: number
  /** `br_table`: targets, the default last. */
  labels: readonly number[]
  /** `block`, `loop`, `if`: the block type, resolved to parameters and results. */
  blockType: FuncType
  /** `select t`: the annotated types. */
  types: readonly ValType[]
  /** `ref.null`. */
  heap: HeapType
}
