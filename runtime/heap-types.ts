// Types that are recursive groups, and what structures and arrays have of theirs at run time.

import { realm } from './realm.ts'

/** What all structures or arrays of a type have in common: the property `t` of their prototype. */
export interface HeapType {
  /** Canonical in the realm. */
  readonly id: number
  /** 1 a structure, 2 an array, 0 a value of the host that is seen as one. */
  readonly k: number
  /** How many types are above it. */
  readonly depth: number
  /** At `s0`, `s1`, ...: the types above it, the highest first, then itself, then null. */
  [display: `s${number}`]: HeapType | null
}

/** An object that stands for a structure, an array or a value of the host. */
export interface HeapObject {
  readonly t: HeapType
}

/**
 * The canonical ids of the types of a recursive group are consecutive. A group of one type that names no other has the key
 * of `type_id`.
 *
 * @param parts the group's text; ids stand for types of other groups
 * @param supers for each type the id of its supertype, -1 for none, or -2 - n for type n of the group itself
 * @returns the id of the first type
 */
export function type_group(parts: readonly (string | number)[], supers: readonly number[]): number {
  const key = parts.join('')
  const found = realm.ids[key]
  if (found !== undefined) return found
  const first = realm.id_count
  realm.ids[key] = first
  realm.id_count = first + supers.length
  if (!realm.supers) realm.supers = {}
  for (let i = 0; i < supers.length; i++) {
    const above = supers[i]!
    if (above !== -1) realm.supers[first + i] = above < 0 ? first - 2 - above : above
  }
  return first
}

/** Whether a type, by id, is another one or declared below it. */
export function type_matches(sub: number, sup: number): boolean {
  const supers = realm.supers
  for (let id: number | undefined = sub; id !== undefined; id = supers && supers[id]) if (id === sup) return true
  return false
}

/**
 * @param k 1 for structures, 2 for arrays
 * @param above the supertype, null for none
 * @returns the type with this id, the same object in the whole realm
 */
export function heap_type(id: number, k: number, above: HeapType | null): HeapType {
  if (!realm.heap_types) realm.heap_types = {}
  const found = realm.heap_types[id]
  if (found !== undefined) return found
  const depth = above === null ? 0 : above.depth + 1
  // Types of one shape: only those below more than eight others have further properties.
  const made: HeapType = {
    id: id,
    k: k,
    depth: depth,
    s0: null,
    s1: null,
    s2: null,
    s3: null,
    s4: null,
    s5: null,
    s6: null,
    s7: null,
  }
  for (let i = 0; i < depth; i++) made[('s' + i) as 's0'] = above![('s' + i) as 's0']!
  made[('s' + depth) as 's0'] = made
  realm.heap_types[id] = made
  return made
}

/** @returns the constructor, whose objects are of the type and have no other prototype */
export function heap_class<Make extends { prototype: unknown }>(type: HeapType, make: Make): Make {
  make.prototype = Object.create(null, { t: { value: type } })
  return make
}

/** The type of values of the host. */
export const host_type: HeapType = heap_type(-1, 0, null)
