// Where active segments go.

import type { Module, SegmentMode } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'

/** The offset of an active segment that starts at an `i32.const`, unsigned; undefined for all others. */
export function constantOffset(module: Module, mode: SegmentMode): number | undefined {
  if (mode.kind !== 'active') return undefined
  const reader = new CodeReader(module, mode.offset.start, mode.offset.end)
  const nextOp = (): string => (reader.next() ? reader.ins.op.name : 'nothing')
  if (nextOp() !== 'i32.const') return undefined
  const offset = reader.ins.lo >>> 0
  return nextOp() === 'end' ? offset : undefined
}
