// Where active segments go.

import type { Module, SegmentMode } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'

/**
 * The offset of an active segment that starts at a constant, unsigned; undefined for all others. One of 64 bits is 2^32 - 1 if
 * it is larger, out of bounds (4-lower/addresses.ts).
 */
export function constantOffset(module: Module, mode: SegmentMode): number | undefined {
  if (mode.kind !== 'active') return undefined
  const reader = new CodeReader(module, mode.offset.start, mode.offset.end)
  const nextOp = (): string => (reader.next() ? reader.ins.op.name : 'nothing')
  const name = nextOp()
  if (name !== 'i32.const' && name !== 'i64.const') return undefined
  const offset = name === 'i64.const' && reader.ins.hi !== 0 ? 0xffffffff : reader.ins.lo >>> 0
  return nextOp() === 'end' ? offset : undefined
}
