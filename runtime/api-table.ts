// WebAssembly.Table

import { address_in, address_out } from './address.ts'
import { api_class, api_construct, api_instance, api_object } from './api.ts'
import { no_js_value, ref_in_F } from './boundary.ts'
import { type FuncRef, func_object } from './func.ts'
import { type TableInstance, table_grow, table_set } from './table.ts'
import type { ReferenceType } from './value-types.ts'

class TableObject {
  constructor(_type: unknown) {
    api_construct(this, 'Table', arguments)
  }

  get length(): number | bigint {
    const t = table_of(this)
    return address_out(t, t.elems.length)
  }

  // One parameter is required, which is what the functions' own length says.

  grow(delta: unknown): number | bigint {
    const t = table_of(this)
    const n = address_in(t, delta, 'delta')
    const old = table_grow(t, table_element(t.type, arguments[1], arguments[1] === undefined), n)
    if (old < 0) throw new RangeError('unable to grow the table by ' + n)
    return address_out(t, old)
  }

  set(index: unknown): void {
    const t = table_of(this)
    const i = table_index(t, index)
    table_set(t, i, table_element(t.type, arguments[1], arguments.length < 2))
  }

  get(index: unknown): unknown {
    const t = table_of(this)
    return table_value(t.type, t.elems[table_index(t, index)])
  }
}

/** The class Table of the JavaScript API. */
export const Table: typeof TableObject = api_class('Table', TableObject)

/** @returns the Table of an instance */
export function table_object(t: TableInstance): object {
  return api_object(Table, t)
}

/** @returns the element that `x` is, or where it is missing the one that elements of this type start as */
export function table_element(type: ReferenceType, x: unknown, is_missing: boolean): unknown {
  if (type === 'F') return is_missing ? null : ref_in_F(x)
  if (type === 'e') {
    if (is_missing) return null
    throw no_js_value()
  }
  return type === 'x' ? x : type.take(x, is_missing)
}

/** @returns what JavaScript sees of an element */
function table_value(type: ReferenceType, element: unknown): unknown {
  if (type === 'F') return func_object(element as FuncRef)
  if (type === 'e') throw no_js_value()
  return type === 'x' ? element : type.give(element)
}

function table_of(object: unknown): TableInstance {
  return api_instance(object, 'table') as TableInstance
}

function table_index(t: TableInstance, x: unknown): number {
  const i = address_in(t, x, 'index')
  if (i >= t.elems.length) throw new RangeError('invalid table index ' + i)
  return i
}
