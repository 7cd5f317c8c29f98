// WebAssembly.Table

import { api_address, api_class, api_descriptor, api_limits, api_link, api_object, api_u32 } from './api.ts'
import { value_in, value_out } from './boundary.ts'
import { hidden_instance } from './hidden.ts'
import { type TableInstance, table_grow, table_limit, table_new, table_set } from './table.ts'

class TableObject {
  constructor(type: unknown) {
    const what = 'WebAssembly.Table()'
    const descriptor = api_descriptor(type, what)
    api_address(descriptor, what)
    const element = table_letter(descriptor['element'], what)
    const limits = api_limits(descriptor, table_limit(), what)
    const init = arguments[1] === undefined ? table_default(element) : value_in(element, arguments[1])
    api_link(this, table_new(element, limits.min, limits.max, init))
  }

  get length(): number {
    return table_of(this).elems.length
  }

  // One parameter is required, which is what the functions' own length says.

  grow(delta: unknown): number {
    const t = table_of(this)
    const n = api_u32(delta, 'WebAssembly.Table.grow(): argument 0')
    const init = arguments[1] === undefined ? table_default(t.type) : value_in(t.type, arguments[1])
    const old = table_grow(t, init, n)
    if (old < 0) throw new RangeError('WebAssembly.Table.grow(): unable to grow the table by ' + n)
    return old
  }

  set(index: unknown): void {
    const t = table_of(this)
    const i = table_index(t, index, 'WebAssembly.Table.set()')
    table_set(t, i, arguments.length < 2 ? table_default(t.type) : value_in(t.type, arguments[1]))
  }

  get(index: unknown): unknown {
    const t = table_of(this)
    return value_out(t.type, t.elems[table_index(t, index, 'WebAssembly.Table.get()')], 0)
  }
}

/** The class Table of the JavaScript API. */
export const Table: typeof TableObject = api_class('Table', TableObject)

/** @returns the Table of an instance */
export function table_object(t: TableInstance): object {
  return api_object(Table, t)
}

function table_of(object: unknown): TableInstance {
  const found = hidden_instance(object, 'table')
  if (found === undefined) throw new TypeError('receiver is not a WebAssembly.Table')
  return found as TableInstance
}

function table_index(t: TableInstance, x: unknown, what: string): number {
  const i = api_u32(x, what + ': argument 0')
  if (i >= t.elems.length) throw new RangeError(what + ': invalid index ' + i)
  return i
}

function table_letter(x: unknown, what: string): string {
  const name = String(x)
  if (name === 'anyfunc') return 'F'
  if (name === 'externref') return 'x'
  throw new TypeError(what + ": property 'element' must be a WebAssembly reference type")
}

function table_default(type: string): unknown {
  return type === 'F' ? null : undefined
}
