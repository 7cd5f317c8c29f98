// For engines without a JIT, where every bytecode counts: one typed array for each width. Unaligned and out-of-bounds
// accesses go to the runtime, which assembles bytes or traps.
//
// A load asks the array itself: outside, and at an index that is no integer, it has `undefined`. An address that no
// longer fits an i32 has no element either, or the right one, and so is not wrapped around.
//
//   i32.load offset=8    I32_0[((p >>> 0) + 8) / 4] ?? slow_i32_load(B0, (p >>> 0) + 8)
//   i32.load8_u          B0[p] ?? slow_i32_load8_u(B0, p >>> 0)
//
// A store would be ignored there, so it asks first; lengths are in variables, since `length` is a call of a getter.
//
//   i32.store offset=8   if (p & 3 || (i = (p >>> 2) + 2) >= L32_0) slow_i32_store(B0, (p >>> 0) + 8, x)
//                        else I32_0[i] = x

import type * as es from 'estree'
import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import {
  assign,
  at,
  bin,
  coalesce,
  cond,
  construct,
  dot,
  id,
  type Node,
  num,
  or,
  set,
  stmt,
  u32,
  when,
} from '../build.ts'
import { effective, type MemoryAccess, type Place, type Scratch, type View } from './access.ts'
import { WIDTHS, type Width } from './widths.ts'

/** `coalesces`: whether the target has `??`. */
export function typedArrays({ coalesces }: { readonly coalesces: boolean }): MemoryAccess {
  const load = coalesces ? coalescingLoad : testingLoad
  return {
    views: viewsOf,
    load,
    store,
    // A float's bits travel as an integer: engines quiet a signalling f32 when they widen it.
    loadBits: (scratch, place) => scratch.runtime('f32_reinterpret_i32', load(scratch, 'i32.load', place)),
    storeBits: (scratch, place, value) =>
      store(scratch, 'i32.store', place, scratch.runtime('i32_reinterpret_f32', value), false),
  }
}

const arrayName = ({ prefix }: Width, memory: number): string => `${prefix}${memory}`

/** Ends 4 bytes early: what is in bounds there has 4 more bytes in bounds behind it. */
const guardedName = (memory: number): string => `G32_${memory}`

/** Elements in the array of a width. */
const lengthName = ({ shift }: Width, memory: number): string => `L${8 << shift}_${memory}`

const distinct = [...new Map(Object.values(WIDTHS).map((width) => [width.prefix, width])).values()]

const shifted = (x: Node, shift: number): Node => (shift === 0 ? x : bin('>>>', x, num(shift)))

/** How many whole elements a buffer has. Made unsigned for QuickJS, which compares integers faster than doubles. */
const elements = (buffer: Node, shift: number): Node =>
  shift === 0 ? dot(buffer, 'byteLength') : bin('>>>', bin('/', dot(buffer, 'byteLength'), num(1 << shift)), num(0))

function viewsOf(memory: number): View[] {
  const arrays = distinct.map((width) => ({
    name: arrayName(width, memory),
    make: (buffer: Node) => construct(width.array, [buffer]),
  }))
  const lengths = distinct.map((width) => ({
    name: lengthName(width, memory),
    make: (buffer: Node) => elements(buffer, width.shift),
  }))
  const shorter = (buffer: Node): Node => cond(dot(buffer, 'byteLength'), bin('-', elements(buffer, 2), num(1)), num(0))
  const guarded = {
    name: guardedName(memory),
    make: (buffer: Node) => construct('Int32Array', [buffer, num(0), shorter(buffer)]),
  }
  return [...arrays, ...new Map(lengths.map((view) => [view.name, view])).values(), guarded]
}

const slowName = (op: string): string => `slow_${op.replace('.', '_')}`

/** The same place with an operand that can be named again: a variable takes one that cannot. */
function settled(place: Place, variable: () => string): { place: Place; first: Node } {
  if (place.isAtom) return { place, first: place.base }
  const name = id(variable())
  return { place: { ...place, base: name, isAtom: true }, first: assign(name, place.base) }
}

function coalescingLoad(scratch: Scratch, op: LoadOp, given: Place): Node {
  const { place, first } = settled(given, () => scratch.scratch('load'))
  const element = elementAt(scratch, op, place, first)
  return place.isInside && isAligned(op, place) ? element : coalesce(element, slowLoad(scratch, op, place))
}

/**   (x = B0[p]) !== void 0 ? x : slow_i32_load8_u(B0, p >>> 0)   */
function testingLoad(scratch: Scratch, op: LoadOp, given: Place): Node {
  const { place, first } = settled(given, () => scratch.scratch('load'))
  const element = elementAt(scratch, op, place, first)
  if (place.isInside && isAligned(op, place)) return element
  const loaded = id(scratch.scratch('loaded'))
  const nothing: Node = { type: 'UnaryExpression', operator: 'void', prefix: true, argument: num(0) }
  return cond(bin('!==', assign(loaded, element), nothing), loaded, slowLoad(scratch, op, place))
}

const slowLoad = (scratch: Scratch, op: LoadOp, place: Place): Node =>
  scratch.runtime(
    place.guard === 0 ? slowName(op) : 'slow_i64_load_low',
    scratch.view(`B${place.memory}`),
    effective(place),
  )

const isAligned = (op: LoadOp | StoreOp, { alignment, offset }: Place): boolean => {
  const size = 1 << WIDTHS[op].shift
  return alignment % size === 0 && offset % size === 0
}

/** @param first the operand as it is evaluated */
function elementAt(scratch: Scratch, op: LoadOp, place: Place, first: Node): Node {
  const width = WIDTHS[op]
  const { memory, offset, guard } = place
  const array = scratch.view(guard === 0 ? arrayName(width, memory) : guardedName(memory))
  if (isAligned(op, place)) return at(array, elementIndex(width, first, offset))
  const address = offset === 0 ? first : bin('+', u32(first), num(offset))
  return at(array, width.shift === 0 ? address : bin('/', address, num(1 << width.shift)))
}

/** The index of an aligned element. The offset is added behind the shift, which makes the operand unsigned. */
function elementIndex({ shift }: Width, base: Node, offset: number): Node {
  if (base.type === 'Literal') return num(Number(base.value) / 2 ** shift)
  if (offset === 0) return shifted(base, shift)
  return bin('+', shift === 0 ? u32(base) : shifted(base, shift), num(offset >>> shift))
}

function store(scratch: Scratch, op: StoreOp, place: Place, value: Node, isAtom: boolean): es.Statement[] {
  if (place.isInside && isAligned(op, place)) {
    const array = scratch.view(arrayName(WIDTHS[op], place.memory))
    return [stmt(assign(at(array, elementIndex(WIDTHS[op], place.base, place.offset)), value))]
  }
  if (isAtom) return [checkedStore(scratch, op, place, value)]
  const kept = scratch.scratch(op.startsWith('f') ? 'float' : 'value')
  const before = [set(kept, value)]
  if (place.isAtom) return [...before, checkedStore(scratch, op, place, id(kept))]
  const address = scratch.scratch('store')
  const named = { ...place, base: id(address), isAtom: true }
  return [set(address, place.base), ...before, checkedStore(scratch, op, named, id(kept))]
}

/** @param value an atom */
function checkedStore(scratch: Scratch, op: StoreOp, given: Place, value: Node): es.Statement {
  const width = WIDTHS[op]
  const { place, first } = settled(given, () => scratch.scratch('store'))
  const { check, index } = storeCheck(scratch, width, place, first)
  const slow = scratch.runtime(slowName(op), scratch.view(`B${place.memory}`), effective(place), value)
  const element = at(scratch.view(arrayName(width, place.memory)), index)
  return when(check, [stmt(slow)], [stmt(assign(element, value))])
}

/** Whether the runtime must do the store; if not, the element's index. */
function storeCheck(scratch: Scratch, width: Width, place: Place, first: Node): { check: Node; index: Node } {
  const { base, offset, memory, alignment } = place
  const size = 1 << width.shift
  const index = id(scratch.scratch('index'))
  const length = (): Node => scratch.view(lengthName(width, memory))
  if (size === 1) return { check: bin('>=', assign(index, effective({ ...place, base: first })), length()), index }
  if (offset % size === 0) {
    const isKnown = alignment % size === 0
    const outside = bin('>=', assign(index, elementIndex(width, isKnown ? first : base, offset)), length())
    return { check: isKnown ? outside : or(bin('&', first, num(size - 1)), outside), index }
  }
  const address = assign(index, bin('+', u32(first), num(offset)))
  const outside = bin('>=', index, scratch.view(lengthName(WIDTHS['i32.store8'], memory)))
  return { check: or(bin('&', address, num(size - 1)), outside), index: shifted(index, width.shift) }
}
