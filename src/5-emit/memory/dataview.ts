// For engines with a JIT: a DataView for each memory. Bounds, traps and unaligned access are the engine's own checks; a
// RangeError becomes a trap at the export.
//
//   i32.load offset=8    D0.getInt32((p >>> 0) + 8, true)

import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { call, dot, id, type Node, stmt } from '../build.ts'
import type { MemoryAccess } from './access.ts'

const GETTERS: Record<LoadOp, string> = {
  'i32.load': 'getInt32', 'i32.load8_s': 'getInt8', 'i32.load8_u': 'getUint8', 'i32.load16_s': 'getInt16',
  'i32.load16_u': 'getUint16', 'f32.load': 'getFloat32', 'f64.load': 'getFloat64',
}

const SETTERS: Record<StoreOp, string> = {
  'i32.store': 'setInt32', 'i32.store8': 'setInt8', 'i32.store16': 'setInt16', 'f32.store': 'setFloat32', 'f64.store': 'setFloat64',
}

const view = (memory: number): string => `D${memory}`

const LITTLE_ENDIAN: Node = { type: 'Literal', value: true, raw: 'true' }

const order = (op: string): readonly Node[] => (op.includes('8') ? [] : [LITTLE_ENDIAN])

export const dataView: MemoryAccess = {
  views: (memory) => [{ name: view(memory), constructor: 'DataView' }],
  loadBits: (scratch, { memory, address }) => scratch.runtime('f32_load', id(view(memory)), address),
  storeBits: (scratch, { memory, address }, value) => [stmt(scratch.runtime('f32_store', id(view(memory)), address, value))],
  load: (_, op, { memory, address }) => call(dot(id(view(memory)), GETTERS[op]), [address, ...order(op)]),
  store: (_, op, { memory, address }, value) =>
    [stmt(call(dot(id(view(memory)), SETTERS[op]), [address, value, ...order(op)]))],
}
