// Table instances. Indices and counts are i32 of unsigned meaning.

import type { WideAddress } from './address.ts'
import { type FuncRef, func_id } from './func.ts'
import { type_matches } from './heap-types.ts'
import type { Bound, TableKind } from './kinds.ts'
import type { RefType } from './ref-types.ts'
import { trap, trap_table } from './traps.ts'
import type { ReferenceType } from './value-types.ts'

/** The same object in all modules that share the table; the arrays keep their identity and have no holes. */
export interface TableInstance {
  kind: TableKind
  readonly elems: unknown[]
  /** In a table of functions, the type id of each element, -1 for null; else empty. */
  readonly ids: number[]
  /** The most elements it may have, -1: no limit of its own. */
  readonly max: number
  /** Letter of the element type. */
  readonly type: ReferenceType
  /** Its Table object, once one is made. */
  object: object | null
  /** Of a table with 64-bit indices (kinds.ts): the maximum as declared, and how indices are seen. */
  bound?: Bound
  address?: WideAddress
}

/**
 * @param max -1: none
 * @param init value of every element
 */
export function table_new(type: ReferenceType, min: number, max: number, init: unknown): TableInstance {
  const t: TableInstance = { kind: 'table', elems: [], ids: [], max: max, type: type, object: null }
  if (min > table_limit())
    throw new RangeError('table of ' + min + ' elements: at most ' + table_limit() + ' are possible')
  table_push(t, init, min)
  return t
}

/** JavaScript API, "Implementation-defined limits". */
export function table_limit(): number {
  return 10000000
}

function table_push(t: TableInstance, v: unknown, n: number): void {
  for (let i = 0; i < n; i++) t.elems.push(v)
  if (!is_func_table(t)) return
  const id = func_id(v as FuncRef)
  for (let j = 0; j < n; j++) t.ids.push(id)
}

/** Whether the type of each element is kept. */
function is_func_table(t: TableInstance): boolean {
  return t.type === 'F' || (t.type as RefType).top === 'func'
}

function table_put(t: TableInstance, index: number, v: unknown): void {
  t.elems[index] = v
  if (is_func_table(t)) t.ids[index] = func_id(v as FuncRef)
}

export function table_get(t: TableInstance, i: number): unknown {
  if (i >>> 0 >= t.elems.length) throw trap_table()
  return t.elems[i]
}

export function table_set(t: TableInstance, i: number, v: unknown): void {
  if (i >>> 0 >= t.elems.length) throw trap_table()
  table_put(t, i, v)
}

/** @returns the old size, or -1 if the table cannot grow so far */
export function table_grow(t: TableInstance, v: unknown, n: number): number {
  const old = t.elems.length
  const size = old + (n >>> 0)
  if (size > table_limit() || (t.max >= 0 && size > t.max)) return -1
  table_push(t, v, n >>> 0)
  return old
}

export function table_fill(t: TableInstance, i: number, v: unknown, n: number): void {
  const start = i >>> 0
  const end = start + (n >>> 0)
  if (end > t.elems.length) throw trap_table()
  for (let j = start; j < end; j++) table_put(t, j, v)
}

/** Copies `n` elements; the ranges may overlap. */
export function table_copy(td: TableInstance, ts: TableInstance, d: number, s: number, n: number): void {
  const at = d >>> 0
  const start = s >>> 0
  const count = n >>> 0
  if (at + count > td.elems.length || start + count > ts.elems.length) throw trap_table()
  if (at <= start) for (let i = 0; i < count; i++) table_put(td, at + i, ts.elems[start + i])
  else for (let j = count - 1; j >= 0; j--) table_put(td, at + j, ts.elems[start + j])
}

/** @param elems the elements of the segment, none once it is dropped */
export function table_init(t: TableInstance, elems: readonly unknown[], d: number, s: number, n: number): void {
  const at = d >>> 0
  const start = s >>> 0
  const count = n >>> 0
  if (start + count > elems.length || at + count > t.elems.length) throw trap_table()
  for (let i = 0; i < count; i++) table_put(t, at + i, elems[start + i])
}

/**
 * The function at index `i`, whose type is not that of the call but may be below it.
 *
 * @param id of the type of the call
 */
export function call_indirect_sub(t: TableInstance, i: number, id: number): unknown {
  const found = t.ids[i]
  if (found !== undefined && found >= 0 && type_matches(found, id)) return t.elems[i]
  return call_indirect_trap(t, i)
}

/** Traps for a call_indirect through element `i`, whose id is not that of the type. */
export function call_indirect_trap(t: TableInstance, i: number): never {
  if (i >>> 0 >= t.elems.length) throw trap_table()
  throw trap('null function or function signature mismatch')
}
