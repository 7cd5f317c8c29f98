// Types of references at the boundary to JavaScript and between modules, but for funcref and externref, and the values that
// JavaScript sees of structures and arrays: objects without properties, behind which these are.
//
// A reference of type anyref and below is null, a number (an i31), a structure or an array, or an object { t, v } that holds
// any other value of the host. A reference of type externref and below is what JavaScript sees of it.

import { type FuncRef, func_object, func_raw } from './func.ts'
import { type HeapObject, host_type, type_matches } from './heap-types.ts'
import { hidden, hide } from './hidden.ts'
import { realm } from './realm.ts'
import type { ValueType } from './value-types.ts'

/** One object for each type in the realm. */
export interface RefType {
  readonly nullable: boolean
  /** The name of an abstract heap type, or the canonical id of a defined one. */
  readonly heap: string | number
  /** Of a defined type: `func`, `struct` or `array`. */
  readonly kind: string
  /** `func`, `extern`, `exn` or `any`: what is above it. */
  readonly top: string
  /** ToWebAssemblyValue; where the value is missing, null if that is of the type. */
  readonly take: (x: unknown, is_missing: boolean) => unknown
  /** ToJSValue. */
  readonly give: (v: unknown) => unknown
  /** Whether its values are of another type. */
  readonly fits: (other: ValueType) => boolean
}

/**
 * @param heap a name, or the id of a defined type
 * @param kind of a defined type: what it is, else the empty string
 */
export function ref_type(nullable: number, heap: string | number, kind: string): RefType {
  if (!realm.ref_types) realm.ref_types = {}
  const key = nullable + ' ' + heap
  if (realm.ref_types[key]) return realm.ref_types[key]
  const made: RefType = {
    nullable: nullable === 1,
    heap: heap,
    kind: kind,
    top: ref_top(kind === '' ? (heap as string) : kind),
    take: function (x, is_missing) {
      return ref_take(made, is_missing ? null : x)
    },
    give: function (v) {
      return made.top === 'func' ? func_object(v as FuncRef) : made.top === 'any' ? extern_convert_any(v) : v
    },
    fits: function (other) {
      return ref_fits(made, other)
    },
  }
  realm.ref_types[key] = made
  return made
}

function ref_top(heap: string): string {
  if (heap === 'func' || heap === 'nofunc') return 'func'
  if (heap === 'extern' || heap === 'noextern') return 'extern'
  return heap === 'exn' || heap === 'noexn' ? 'exn' : 'any'
}

function ref_fits(type: RefType, other: ValueType): boolean {
  if (other === 'F') return type.top === 'func'
  if (other === 'x') return type.top === 'extern'
  if (typeof other !== 'object' || (type.nullable && !other.nullable) || type.top !== other.top) return false
  const sup = other.heap
  if (typeof type.heap === 'number') {
    return typeof sup === 'number' ? type_matches(type.heap, sup) : heap_below(type.kind, sup)
  }
  return typeof sup === 'number' ? type.heap === 'none' || type.heap === 'nofunc' : heap_below(type.heap, sup)
}

/** Whether an abstract heap type is another one or below it; both have the same top. */
function heap_below(sub: string, sup: string): boolean {
  if (sub === sup || sup === 'any' || sup === 'func' || sup === 'extern' || sup === 'exn') return true
  return sub === 'none' || (sup === 'eq' && sub !== 'any')
}

function ref_take(type: RefType, x: unknown): unknown {
  if (x === null) {
    if (type.nullable) return null
  } else if (type.top === 'func') {
    const raw = func_raw(x)
    if (raw !== undefined && func_is(raw.type!.id, type.heap)) return raw
  } else if (type.top === 'extern') {
    if (type.heap === 'extern') return x
  } else if (type.top === 'any') {
    const v = any_convert_extern(x)
    if (any_is(v, type.heap)) return v
  }
  throw new TypeError('type incompatibility when transforming from/to JS')
}

function func_is(id: number, heap: string | number): boolean {
  return typeof heap === 'number' ? type_matches(id, heap) : heap === 'func'
}

/** Whether a reference that is not null is of a heap type. */
function any_is(v: unknown, heap: string | number): boolean {
  if (heap === 'any') return true
  if (typeof v === 'number') return heap === 'eq' || heap === 'i31'
  const type = (v as HeapObject).t
  if (typeof heap === 'number') return type_matches(type.id, heap)
  return type.k > 0 && (heap === 'eq' || heap === (type.k === 1 ? 'struct' : 'array'))
}

/** A value that JavaScript sees, as a reference of type anyref. */
export function any_convert_extern(x: unknown): unknown {
  if (x === null) return null
  if (typeof x === 'number') {
    const low = (x << 1) >> 1
    if (low === x && (x !== 0 || 1 / x > 0)) return low
  } else if (typeof x === 'object') {
    const inner = hidden(x) as HeapObject | undefined
    if (inner !== undefined && inner.t !== undefined) return inner
  }
  return { t: host_type, v: x }
}

/** What JavaScript sees of a reference of type anyref: of a structure or an array, always the same object. */
export function extern_convert_any(v: unknown): unknown {
  if (v === null || typeof v === 'number') return v
  if ((v as HeapObject).t.k === 0) return (v as { v: unknown }).v
  const found = hidden(v)
  if (found !== undefined) return found
  const made = opaque_new(v)
  hide(v as object, made)
  return made
}

/** An object as the JavaScript API has them for structures and arrays: nothing is in it, and nothing can be done to it. */
function opaque_new(v: unknown): object {
  const empty = Object.create(null)
  // Where what is hidden is a property, this is the last moment for one; a proxy has it too.
  if (realm.hidden === null) hide(empty, v)
  Object.freeze(empty)
  const made = typeof Proxy === 'function' ? new Proxy(empty, opaque_handler) : empty
  if (realm.hidden !== null) hide(made, v)
  return made
}

/** Beside what is so for a frozen object: not even to do nothing succeeds. */
const opaque_handler = { deleteProperty: opaque_no, preventExtensions: opaque_no, setPrototypeOf: opaque_no }

function opaque_no(): boolean {
  return false
}
