// For engines with a JIT: a DataView for each memory. Bounds, traps and unaligned access are the engine's own checks; a
// RangeError becomes a trap at the export.
//
//   i32.load offset=8    D0.v.getInt32((p >>> 0) + 8, true)
//
// Where nobody reads the text, accesses have the names of one letter that runtime/view.ts gives them:
// D0.v.i(p + 8, true). D0 is a constant, and v is compiled as one (see `views_keep` in that file).

import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import {
  bin,
  type Constant,
  call,
  cond,
  construct,
  dot,
  func,
  id,
  type Node,
  num,
  object,
  ret,
  stmt,
  vars,
} from '../build.ts'
import { effective, type MemoryAccess, type Place } from './access.ts'

/** The methods. */
const METHODS: Record<LoadOp | StoreOp, readonly [long: string, short: string]> = {
  'i32.load': ['getInt32', 'i'],
  'i32.load8_s': ['getInt8', 'a'],
  'i32.load8_u': ['getUint8', 'b'],
  'i32.load16_s': ['getInt16', 'g'],
  'i32.load16_u': ['getUint16', 'h'],
  'f32.load': ['getFloat32', 'f'],
  'f64.load': ['getFloat64', 'd'],
  'i64.load': ['getBigInt64', 'getBigInt64'],
  'i32.store': ['setInt32', 'I'],
  'i32.store8': ['setInt8', 'A'],
  'i32.store16': ['setInt16', 'G'],
  'f32.store': ['setFloat32', 'F'],
  'f64.store': ['setFloat64', 'D'],
  'i64.store': ['setBigInt64', 'setBigInt64'],
}

const holder = (memory: number): string => `D${memory}`

/** The names of views end with that of the holder's property. */
const whole = (memory: number): string => `${holder(memory)}v`

/** Ends 4 bytes early: what is in bounds there has 4 more bytes in bounds behind it. */
const guarded = (memory: number): string => `${holder(memory)}e`

const propertyOf = (view: string): string => view.slice(-1)

const LITTLE_ENDIAN: Node = { type: 'Literal', value: true, raw: 'true' }

const order = (op: string): readonly Node[] => (op.includes('8') ? [] : [LITTLE_ENDIAN])

/** How many bytes earlier the guarded view ends. */
const GUARD = 4

/** A length less these, of memories that have one. */
const shorter = (length: Node): Node => cond(length, bin('-', length, num(GUARD)), num(0))

const addressOf = (place: Place): Node => place.signed ?? effective(place)

/**
 * @param short whether accesses have names of one letter; for that the target needs `Reflect`
 * @param constant what declares a constant
 */
export function dataView({ short, constant }: { readonly short: boolean; readonly constant: Constant }): MemoryAccess {
  const access = (view: Node, op: LoadOp | StoreOp, args: readonly Node[]): Node =>
    call(dot(view, METHODS[op][short ? 1 : 0]), [...args, ...order(op)])
  return {
    refusesNegative: true,
    byElement: false,
    view: (name) => dot(id(name.slice(0, -1)), propertyOf(name)),
    keep: (memory, used) => {
      const views = [whole(memory), guarded(memory)].filter((name) => used.has(name))
      if (views.length === 0) return undefined
      const made = views.map((name): [string, Node] => [propertyOf(name), newView(short, name === guarded(memory))])
      return {
        declaration: vars([[holder(memory), call(id('views_new'), [num(memory)])]], constant),
        watcher: call(id('views_keep'), [id(holder(memory)), func([BYTES], [ret(object(made))])]),
        runtime: ['views_new', 'views_keep', ...(short ? ['view_new'] : [])],
      }
    },
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

const BYTES = 'bytes'

function newView(short: boolean, isGuarded: boolean): Node {
  if (short) return call(id('view_new'), [id(BYTES), num(isGuarded ? GUARD : 0)])
  const length = dot(id(BYTES), 'length')
  return construct('DataView', [dot(id(BYTES), 'buffer'), num(0), isGuarded ? shorter(length) : length])
}
