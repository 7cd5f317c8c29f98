// For engines with a JIT: a DataView for each memory. Bounds, traps and unaligned access are the engine's own checks; a
// RangeError becomes a trap at the export.
//
//   i32.load offset=8    D0.getInt32((p >>> 0) + 8, true)
//
// Where nobody reads the text, accesses have the names of one letter that runtime/view.ts gives them: D0.i(p + 8, true).

import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { bin, call, cond, construct, dot, id, literal, type Node, num, stmt } from '../build.ts'
import { effective, type MemoryAccess, type Place, type View } from './access.ts'

/** The methods. */
const METHODS: Record<LoadOp | StoreOp, readonly [long: string, short: string]> = {
  'i32.load': ['getInt32', 'i'],
  'i32.load8_s': ['getInt8', 'a'],
  'i32.load8_u': ['getUint8', 'b'],
  'i32.load16_s': ['getInt16', 'g'],
  'i32.load16_u': ['getUint16', 'h'],
  'f32.load': ['getFloat32', 'f'],
  'f64.load': ['getFloat64', 'd'],
  'i32.store': ['setInt32', 'I'],
  'i32.store8': ['setInt8', 'A'],
  'i32.store16': ['setInt16', 'G'],
  'f32.store': ['setFloat32', 'F'],
  'f64.store': ['setFloat64', 'D'],
}

/** The names of views are asked for at every access: they are made once. */
const names = (letter: string): ((memory: number) => string) => {
  const known: string[] = []
  return (memory) => {
    known[memory] ??= `${letter}${memory}`
    return known[memory]
  }
}

const LITTLE_ENDIAN = literal(true, 'true')

const hasOrder = (op: string): boolean => !op.includes('8')

/** How many bytes earlier the guarded view ends. */
const GUARD = 4

/** A length less these, of memories that have one. */
const shorter = (length: Node): Node => cond(length, bin('-', length, num(GUARD)), num(0))

const addressOf = (place: Place): Node => place.signed ?? effective(place)

/** @param short whether accesses have names of one letter; for that the target needs `Reflect` */
export function dataView({ short }: { readonly short: boolean }): MemoryAccess {
  const whole = names('D')
  /** Ends 4 bytes early: what is in bounds there has 4 more bytes in bounds behind it. */
  const guarded = names('E')
  const access = (view: Node, op: LoadOp | StoreOp, args: Node[]): Node => {
    if (hasOrder(op)) args.push(LITTLE_ENDIAN)
    return call(dot(view, METHODS[op][short ? 1 : 0]), args)
  }
  return {
    refusesNegative: true,
    byElement: false,
    views: (memory, used) =>
      [whole(memory), guarded(memory)]
        .filter((name) => used.has(name))
        .map((name) => ({ name, ...makerOf(short, name === guarded(memory)) })),
    loadBits: (scratch, place) => scratch.runtime('f32_load', scratch.view(whole(place.memory)), addressOf(place)),
    storeBits: (scratch, place, value) => [
      stmt(scratch.runtime('f32_store', scratch.view(whole(place.memory)), addressOf(place), value)),
    ],
    load: (scratch, op, place) => {
      const view = scratch.view(place.guard === 0 ? whole(place.memory) : guarded(place.memory))
      return access(view, op, [addressOf(place)])
    },
    store: (scratch, op, place, value) => [
      stmt(access(scratch.view(whole(place.memory)), op, [addressOf(place), value])),
    ],
  }
}

function makerOf(short: boolean, isGuarded: boolean): Pick<View, 'make' | 'runtime'> {
  if (short) return { make: (bytes) => call(id('view_new'), [bytes, num(isGuarded ? GUARD : 0)]), runtime: 'view_new' }
  return {
    make: (bytes) => {
      const length = dot(bytes, 'length')
      return construct('DataView', [dot(bytes, 'buffer'), num(0), isGuarded ? shorter(length) : length])
    },
  }
}
