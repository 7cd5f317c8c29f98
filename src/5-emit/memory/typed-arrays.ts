// For engines without a JIT, where a call costs more than a comparison: one typed array for each width, its index
// guarded. Unaligned and out-of-bounds accesses go to the runtime, which assembles bytes or traps.
//
//   i32.load offset=8    (x = (p >>> 0) + 8) & 3 || x >= B0.length ? slow_i32_load(B0, x) : I0[x >>> 2]

import type * as es from 'estree'
import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { assign, at, bin, cond, construct, dot, id, type Node, num, or, set, stmt, when } from '../build.ts'
import type { MemoryAccess, Place, Scratch } from './access.ts'

interface Width {
  readonly prefix: string
  readonly array: string
  /** log2 of the element's size in bytes. */
  readonly shift: number
}

const BYTES: Width = { prefix: 'B', array: 'Uint8Array', shift: 0 }
const VIEWS: Record<LoadOp | StoreOp, Width> = {
  'i32.load': { prefix: 'I32_', array: 'Int32Array', shift: 2 },
  'i32.load8_s': { prefix: 'I8_', array: 'Int8Array', shift: 0 },
  'i32.load8_u': BYTES,
  'i32.load16_s': { prefix: 'I16_', array: 'Int16Array', shift: 1 },
  'i32.load16_u': { prefix: 'U16_', array: 'Uint16Array', shift: 1 },
  'f32.load': { prefix: 'F32_', array: 'Float32Array', shift: 2 },
  'f64.load': { prefix: 'F64_', array: 'Float64Array', shift: 3 },
  'i32.store': { prefix: 'I32_', array: 'Int32Array', shift: 2 },
  'i32.store8': BYTES,
  'i32.store16': { prefix: 'U16_', array: 'Uint16Array', shift: 1 },
  'f32.store': { prefix: 'F32_', array: 'Float32Array', shift: 2 },
  'f64.store': { prefix: 'F64_', array: 'Float64Array', shift: 3 },
}

const slowName = (op: string): string => `slow_${op.replace('.', '_')}`

/** Whether the runtime must do the access: the address, which the variable holds too, is unaligned or out of bounds. */
function isSlow(scratch: Scratch, { shift }: Width, place: Place, address: Node, variable: string): Node {
  const length = dot(scratch.view(`B${place.memory}`), 'length')
  const end = place.guard === 0 ? length : bin('-', length, num(place.guard))
  const outside = (index: Node): Node => bin('>=', index, end)
  return shift === 0 ? outside(address) : or(bin('&', address, num((1 << shift) - 1)), outside(id(variable)))
}

const element = (
  scratch: Scratch,
  { prefix, shift }: Width,
  memory: number,
  variable: string,
): Node & es.MemberExpression =>
  at(scratch.view(`${prefix}${memory}`), shift === 0 ? id(variable) : bin('>>>', id(variable), num(shift)))

const distinct = new Map(Object.values(VIEWS).map((width) => [width.prefix, width]))

export const typedArrays: MemoryAccess = {
  views: (memory) =>
    [...distinct.values()].map(({ prefix, array }) => ({
      name: `${prefix}${memory}`,
      make: (buffer) => construct(array, [buffer]),
    })),

  // A float's bits travel as an integer: engines quiet a signalling f32 when they widen it.
  loadBits: (scratch, place) => scratch.runtime('f32_reinterpret_i32', typedArrays.load(scratch, 'i32.load', place)),
  storeBits: (scratch, place, value) =>
    typedArrays.store(scratch, 'i32.store', place, scratch.runtime('i32_reinterpret_f32', value), false),

  load(scratch, op, place) {
    const width = VIEWS[op]
    const variable = scratch.scratch('load')
    const bytes = scratch.view(`B${place.memory}`)
    const name = place.guard === 0 ? slowName(op) : 'slow_i64_load_low'
    const slow = width.shift === 0 ? scratch.runtime('slow_i32_load8') : scratch.runtime(name, bytes, id(variable))
    const address = assign(id(variable), place.address)
    return cond(isSlow(scratch, width, place, address, variable), slow, element(scratch, width, place.memory, variable))
  },

  store(scratch, op, place, value, isAtom) {
    const width = VIEWS[op]
    const variable = scratch.scratch('store')
    const kept = isAtom ? undefined : scratch.scratch(op.startsWith('f') ? 'float' : 'value')
    const stored = kept === undefined ? value : id(kept)
    const address = kept === undefined ? assign(id(variable), place.address) : id(variable)
    const access = when(
      isSlow(scratch, width, place, address, variable),
      [stmt(scratch.runtime(slowName(op), scratch.view(`B${place.memory}`), id(variable), stored))],
      [stmt(assign(element(scratch, width, place.memory, variable), stored))],
    )
    if (kept === undefined) return [access]
    return [set(variable, place.address), set(kept, value), access]
  },
}
