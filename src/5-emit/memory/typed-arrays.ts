// For engines without a JIT, where a call costs more than a comparison: one typed array for each width, its index
// guarded. Unaligned and out-of-bounds accesses go to the runtime, which assembles bytes or traps.
//
//   i32.load offset=8    (x = (p >>> 0) + 8) & 3 || x >= B0.length ? slow_i32_load(B0, x) : I0[x >>> 2]

import type * as es from 'estree'
import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { assign, at, bin, cond, dot, id, type Node, num, or, set, stmt, when } from '../build.ts'
import type { MemoryAccess } from './access.ts'

interface View {
  readonly prefix: string
  readonly constructor: string
  /** log2 of the element's size in bytes. */
  readonly shift: number
}

const BYTES: View = { prefix: 'B', constructor: 'Uint8Array', shift: 0 }
const VIEWS: Record<LoadOp | StoreOp, View> = {
  'i32.load': { prefix: 'I32_', constructor: 'Int32Array', shift: 2 },
  'i32.load8_s': { prefix: 'I8_', constructor: 'Int8Array', shift: 0 },
  'i32.load8_u': BYTES,
  'i32.load16_s': { prefix: 'I16_', constructor: 'Int16Array', shift: 1 },
  'i32.load16_u': { prefix: 'U16_', constructor: 'Uint16Array', shift: 1 },
  'f32.load': { prefix: 'F32_', constructor: 'Float32Array', shift: 2 },
  'f64.load': { prefix: 'F64_', constructor: 'Float64Array', shift: 3 },
  'i32.store': { prefix: 'I32_', constructor: 'Int32Array', shift: 2 },
  'i32.store8': BYTES,
  'i32.store16': { prefix: 'U16_', constructor: 'Uint16Array', shift: 1 },
  'f32.store': { prefix: 'F32_', constructor: 'Float32Array', shift: 2 },
  'f64.store': { prefix: 'F64_', constructor: 'Float64Array', shift: 3 },
}

const slowName = (op: string): string => `slow_${op.replace('.', '_')}`

/** Whether the runtime must do the access: the address, which the variable holds too, is unaligned or out of bounds. */
function isSlow({ shift }: View, memory: number, address: Node, variable: string): Node {
  const outside = (index: Node): Node => bin('>=', index, dot(id(`B${memory}`), 'length'))
  return shift === 0 ? outside(address) : or(bin('&', address, num((1 << shift) - 1)), outside(id(variable)))
}

const element = ({ prefix, shift }: View, memory: number, variable: string): Node & es.MemberExpression =>
  at(id(`${prefix}${memory}`), shift === 0 ? id(variable) : bin('>>>', id(variable), num(shift)))

const distinct = new Map(Object.values(VIEWS).map((view) => [view.prefix, view]))

export const typedArrays: MemoryAccess = {
  views: (memory) => [...distinct.values()].map(({ prefix, constructor }) => ({ name: `${prefix}${memory}`, constructor })),

  // A float's bits travel as an integer: engines quiet a signalling f32 when they widen it.
  loadBits: (scratch, place) => scratch.runtime('f32_reinterpret_i32', typedArrays.load(scratch, 'i32.load', place)),
  storeBits: (scratch, place, value) =>
    typedArrays.store(scratch, 'i32.store', place, scratch.runtime('i32_reinterpret_f32', value), false),

  load(scratch, op, place) {
    const view = VIEWS[op]
    const variable = scratch.scratch('load')
    const bytes = id(`B${place.memory}`)
    const slow = view.shift === 0 ? scratch.runtime('trap_memory') : scratch.runtime(slowName(op), bytes, id(variable))
    const address = assign(id(variable), place.address)
    return cond(isSlow(view, place.memory, address, variable), slow, element(view, place.memory, variable))
  },

  store(scratch, op, place, value, isAtom) {
    const view = VIEWS[op]
    const variable = scratch.scratch('store')
    const kept = isAtom ? undefined : scratch.scratch(op.startsWith('f') ? 'float' : 'value')
    const stored = kept === undefined ? value : id(kept)
    const address = kept === undefined ? assign(id(variable), place.address) : id(variable)
    const access = when(
      isSlow(view, place.memory, address, variable),
      [stmt(scratch.runtime(slowName(op), id(`B${place.memory}`), id(variable), stored))],
      [stmt(assign(element(view, place.memory, variable), stored))],
    )
    if (kept === undefined) return [access]
    return [set(variable, place.address), set(kept, value), access]
  },
}
