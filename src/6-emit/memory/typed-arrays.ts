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
import type { ElementLoad, ElementStore } from '../../3-ir/expr.ts'
import { ACCESSES, bytesOf, shiftOf } from '../../3-ir/ops/accesses.ts'
import type { RuntimeFunction } from '../../3-ir/runtime-names.ts'
import { assign, at, bin, coalesce, cond, id, type Node, num, or, set, stmt, u32, unary, when } from '../build.ts'
import { effective, type MemoryAccess, type Place, type Scratch } from './access.ts'
import { hasOwnView, keepTypedViews, limitName, viewName } from './typed-views.ts'

/** `coalesces`: whether the target has `??`. */
export function typedArrays({ coalesces }: { readonly coalesces: boolean }): MemoryAccess {
  const load = coalesces ? coalescingLoad : testingLoad
  return {
    refusesNegative: false,
    byElement: true,
    view: (name) => id(name),
    views: () => undefined,
    keep: keepTypedViews,
    load,
    store,
    // An f32's bits travel as an integer: engines quiet a signalling one when they widen it.
    loadBits: (scratch, place) => scratch.runtime('f32_reinterpret_i32', load(scratch, 'i32.load', place)),
    storeBits: (scratch, op, place, value, isSimple) =>
      op === 'f64.store'
        ? store(scratch, op, place, value, isSimple)
        : store(scratch, 'i32.store', place, scratch.runtime('i32_reinterpret_f32', value), false),
  }
}

/** What does the accesses that arrays do not: those of words only, since functions with BigInts are for engines with a JIT. */
const SLOW_LOADS = {
  'i32.load': 'slow_i32_load',
  'i32.load8_s': 'slow_i32_load8_s',
  'i32.load8_u': 'slow_i32_load8_u',
  'i32.load16_s': 'slow_i32_load16_s',
  'i32.load16_u': 'slow_i32_load16_u',
  'f32.load': 'slow_f32_load',
  'f64.load': 'slow_f64_load',
} as const satisfies Record<Exclude<ElementLoad, 'i64.load'>, RuntimeFunction>

const SLOW_STORES = {
  'i32.store': 'slow_i32_store',
  'i32.store8': 'slow_i32_store8',
  'i32.store16': 'slow_i32_store16',
  'f32.store': 'slow_f32_store',
  'f64.store': 'slow_f64_store',
} as const satisfies Record<Exclude<ElementStore, 'i64.store'>, RuntimeFunction>

/** The same place with an operand that can be named again: a variable takes one that cannot. */
function settled(place: Place, variable: () => string): { place: Place; first: Node } {
  if (place.isAtom) return { place, first: place.base }
  const name = id(variable())
  return { place: { ...place, base: name, isAtom: true }, first: assign(name, place.base) }
}

function coalescingLoad(scratch: Scratch, op: ElementLoad, given: Place): Node {
  const { place, first } = settled(given, () => scratch.scratch('load'))
  const element = elementAt(scratch, op, place, first)
  return scratch.mark(
    place.isInside && isAligned(op, place) ? element : coalesce(element, slowLoad(scratch, op, place)),
  )
}

/**   (x = B0[p]) !== void 0 ? x : slow_i32_load8_u(B0, p >>> 0)   */
function testingLoad(scratch: Scratch, op: ElementLoad, given: Place): Node {
  const { place, first } = settled(given, () => scratch.scratch('load'))
  const element = elementAt(scratch, op, place, first)
  if (place.isInside && isAligned(op, place)) return scratch.mark(element)
  const loaded = id(scratch.scratch('loaded'))
  const nothing = unary('void', num(0))
  return scratch.mark(cond(bin('!==', assign(loaded, element), nothing), loaded, slowLoad(scratch, op, place)))
}

const slowLoad = (scratch: Scratch, op: ElementLoad, place: Place): Node =>
  scratch.runtime(
    place.guard === 0 ? SLOW_LOADS[op as keyof typeof SLOW_LOADS] : 'slow_i64_load_low',
    scratch.view(`B${place.memory}`),
    effective(place),
  )

const isAligned = (op: ElementLoad | ElementStore, { alignment, offset }: Place): boolean => {
  const size = bytesOf(op)
  return size === 1 || (offset % size === 0 && alignment % size === 0)
}

/** A view, and what is left of the offset of an access: 0 if the view starts there. */
function viewFor(
  scratch: Scratch,
  op: ElementLoad | ElementStore,
  { memory, guard }: Place,
  offset: number,
): { view: Node; rest: number } {
  const later = viewName(op, memory, offset, guard)
  if (hasOwnView(op, offset) && scratch.wantsView(later)) return { view: scratch.view(later), rest: 0 }
  return { view: scratch.view(viewName(op, memory, 0, guard)), rest: offset }
}

/** @param first the operand as it is evaluated */
function elementAt(scratch: Scratch, op: ElementLoad, place: Place, first: Node): Node {
  const shift = shiftOf(op)
  if (place.index !== undefined) {
    const { view, rest } = viewFor(scratch, op, place, place.index.offset)
    return at(view, plus(place.index.node, rest / bytesOf(op)))
  }
  const { view, rest } = viewFor(scratch, op, place, place.offset)
  if (shift > 0 && isAligned(op, place)) return at(view, elementIndex(shift, first, rest))
  const address = rest === 0 ? first : bin('+', u32(first), num(rest))
  return at(view, shift === 0 ? address : bin('/', address, num(1 << shift)))
}

const plus = (x: Node, constant: number): Node =>
  constant === 0 ? x : bin(constant < 0 ? '-' : '+', x, num(Math.abs(constant)))

/** The index of an aligned element. The offset is added behind the shift, which makes the operand unsigned. */
function elementIndex(shift: number, base: Node, offset: number): Node {
  if (base.type === 'Literal') return num((Number(base.value) + offset) / 2 ** shift)
  const index = bin('>>>', base, num(shift))
  return offset === 0 ? index : bin('+', index, num(offset >>> shift))
}

const constantIndex = (op: ElementStore, { base }: Place): Node => elementIndex(shiftOf(op), base, 0)

function store(scratch: Scratch, op: ElementStore, place: Place, value: Node, isSimple: boolean): es.Statement[] {
  if (place.isInside && isAligned(op, place)) {
    return [stmt(assign(at(scratch.view(viewName(op, place.memory)), constantIndex(op, place)), value))]
  }
  if (isSimple) return [checkedStore(scratch, op, place, value)]
  const kept = scratch.scratch(ACCESSES[op].type === 'i32' ? 'value' : 'float')
  const before = [set(kept, value)]
  if (place.isAtom) return [...before, checkedStore(scratch, op, place, id(kept))]
  const address = scratch.scratch('store')
  const named = { ...place, base: id(address), isAtom: true }
  return [set(address, place.base), ...before, checkedStore(scratch, op, named, id(kept))]
}

/** @param value an atom, or small enough to be there twice */
function checkedStore(scratch: Scratch, op: ElementStore, place: Place, value: Node): es.Statement {
  const isOffCentre = place.offset % bytesOf(op) !== 0
  const make = place.index !== undefined ? byKnownIndex : isOffCentre ? offCentre : byIndex
  const { check, element, address } = make(scratch, op, place)
  const slow = scratch.runtime(
    SLOW_STORES[op as keyof typeof SLOW_STORES],
    scratch.view(`B${place.memory}`),
    address,
    value,
  )
  return when(check, [stmt(slow)], [stmt(assign(element, value))])
}

/** Whether the runtime must do a store; if so its address, if not the element. */
interface Checked {
  readonly check: Node
  readonly address: Node
  readonly element: es.MemberExpression
}

/**   if ((i = (p >>> 0) + 3) & 3 || i >= N8_0) slow_i32_store(B0, i, x); else I32_0[i >>> 2] = x   */
function offCentre(scratch: Scratch, op: ElementStore, place: Place): Checked {
  const address = id(scratch.scratch('index'))
  const first = bin('&', assign(address, effective(place)), num(bytesOf(op) - 1))
  const check = or(first, bin('>=', address, scratch.view(limitName(0, place.memory))))
  const element = at(scratch.view(viewName(op, place.memory)), bin('>>>', address, num(shiftOf(op))))
  return { check, address, element }
}

/**   if (p & 3 || (i = p >>> 2) >= N32_0) slow_i32_store(B0, p >>> 0, x); else I32_0[i] = x   */
function byIndex(scratch: Scratch, op: ElementStore, given: Place): Checked {
  const shift = shiftOf(op)
  const { place, first } = settled(given, () => scratch.scratch('store'))
  const { view, rest } = viewFor(scratch, op, place, place.offset)
  const index = id(scratch.scratch('index'))
  const isKnown = isAligned(op, place)
  const element = elementIndex(shift, isKnown ? first : place.base, rest)
  const outside = bin('>=', assign(index, element), scratch.view(limitName(shift, place.memory)))
  const check = isKnown ? outside : or(bin('&', first, num(bytesOf(op) - 1)), outside)
  return { check, address: effective(place), element: at(view, index) }
}

/**   if ((j = i + 2) >= N32_0) slow_i32_store(B0, (p >>> 0) + 8, x); else I32_0[j] = x   */
function byKnownIndex(scratch: Scratch, op: ElementStore, place: Place): Checked {
  const { node, offset } = place.index!
  const { view, rest } = viewFor(scratch, op, place, offset)
  const limit = scratch.view(limitName(shiftOf(op), place.memory))
  const address = effective(place)
  if (rest === 0) return { check: bin('>=', node, limit), address, element: at(view, node) }
  const index = id(scratch.scratch('index'))
  const sum = assign(index, plus(node, rest / bytesOf(op)))
  // Below zero it is outside too.
  const check = bin('>=', rest < 0 ? bin('>>>', sum, num(0)) : sum, limit)
  return { check, address, element: at(view, index) }
}
