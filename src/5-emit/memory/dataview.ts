// For engines with a JIT: a DataView for each memory. Bounds, traps and unaligned access are the engine's own checks; a
// RangeError becomes a trap at the export.
//
//   i32.load offset=8    D0.getInt32((p >>> 0) + 8, true)

import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { bin, call, cond, construct, dot, type Node, num, stmt } from '../build.ts'
import { effective, type MemoryAccess, type Place } from './access.ts'

const GETTERS: Record<LoadOp, string> = {
  'i32.load': 'getInt32',
  'i32.load8_s': 'getInt8',
  'i32.load8_u': 'getUint8',
  'i32.load16_s': 'getInt16',
  'i32.load16_u': 'getUint16',
  'f32.load': 'getFloat32',
  'f64.load': 'getFloat64',
}

const SETTERS: Record<StoreOp, string> = {
  'i32.store': 'setInt32',
  'i32.store8': 'setInt8',
  'i32.store16': 'setInt16',
  'f32.store': 'setFloat32',
  'f64.store': 'setFloat64',
}

const whole = (memory: number): string => `D${memory}`

/** Ends 4 bytes early: what is in bounds there has 4 more bytes in bounds behind it. */
const guarded = (memory: number): string => `E${memory}`

const LITTLE_ENDIAN: Node = { type: 'Literal', value: true, raw: 'true' }

const order = (op: string): readonly Node[] => (op.includes('8') ? [] : [LITTLE_ENDIAN])

/** A length less 4, of memories that have one. */
const shorter = (length: Node): Node => cond(length, bin('-', length, num(4)), num(0))

const addressOf = (place: Place): Node => place.signed ?? effective(place)

export const dataView: MemoryAccess = {
  refusesNegative: true,
  byElement: false,
  views: (memory, used) =>
    [
      { name: whole(memory), make: (buffer: Node) => construct('DataView', [buffer]) },
      {
        name: guarded(memory),
        make: (buffer: Node) => construct('DataView', [buffer, num(0), shorter(dot(buffer, 'byteLength'))]),
      },
    ].filter(({ name }) => used.has(name)),
  loadBits: (scratch, place) => scratch.runtime('f32_load', scratch.view(whole(place.memory)), addressOf(place)),
  storeBits: (scratch, place, value) => [
    stmt(scratch.runtime('f32_store', scratch.view(whole(place.memory)), addressOf(place), value)),
  ],
  load: (scratch, op, place) => {
    const view = scratch.view(place.guard === 0 ? whole(place.memory) : guarded(place.memory))
    return call(dot(view, GETTERS[op]), [addressOf(place), ...order(op)])
  },
  store: (scratch, op, place, value) => [
    stmt(call(dot(scratch.view(whole(place.memory)), SETTERS[op]), [addressOf(place), value, ...order(op)])),
  ],
}
