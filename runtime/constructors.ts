// The constructors of the JavaScript API's classes. They belong to the `WebAssembly` object: outputs only make objects for
// what they export, and carry nothing of this.

import { api_link, api_u32 } from './api.ts'
import { Global } from './api-global.ts'
import { Memory } from './api-memory.ts'
import { shared_memory_link } from './api-shared-memory.ts'
import { Table, table_element } from './api-table.ts'
import { global_new } from './global.ts'
import { global_type, type_letter } from './global-types.ts'
import { memory_new } from './memory.ts'
import { realm } from './realm.ts'
import { shared_memory_new } from './shared-memory.ts'
import { table_limit, table_new } from './table.ts'
import type { ReferenceLetter } from './value-types.ts'

/** Minimum and maximum of a memory or table; max -1: none. */
interface Limits {
  readonly min: number
  readonly max: number
}

/**
 * Makes `new` work for the classes of the realm.
 * @param is_single whether there is one thread only: memories that are said to be shared are like others then
 * @returns the classes
 */
export function api_constructors(is_single?: boolean): {
  Memory: typeof Memory
  Table: typeof Table
  Global: typeof Global
} {
  realm.constructors['Memory'] = is_single ? construct_single_memory : construct_memory
  realm.constructors['Table'] = construct_table
  realm.constructors['Global'] = construct_global
  return { Memory: Memory, Table: Table, Global: Global }
}

function construct_memory(object: object, args: ArrayLike<unknown>): void {
  const type = read_memory(args)
  if (type.shared) shared_memory_link(object, shared_memory_new(type.limits.min, type.limits.max))
  else api_link(object, memory_new(type.limits.min, type.limits.max))
}

function construct_single_memory(object: object, args: ArrayLike<unknown>): void {
  const limits = read_memory(args).limits
  api_link(object, memory_new(limits.min, limits.max))
}

function read_memory(args: ArrayLike<unknown>): { limits: Limits; shared: boolean } {
  const what = 'WebAssembly.Memory()'
  const descriptor = read_descriptor(args[0], what)
  read_address(descriptor, what)
  const limits = read_limits(descriptor, 65536, what)
  if (limits.max > 65536) throw new RangeError(what + ": property 'maximum' is above 65536")
  const shared = !!descriptor['shared']
  if (shared && limits.max < 0) throw new TypeError(what + ": property 'maximum' is required for a shared memory")
  return { limits: limits, shared: shared }
}

function construct_table(object: object, args: ArrayLike<unknown>): void {
  const what = 'WebAssembly.Table()'
  const descriptor = read_descriptor(args[0], what)
  const type = element_letter(descriptor['element'], what)
  read_address(descriptor, what)
  const limits = read_limits(descriptor, table_limit(), what)
  const init = table_element(type, args[1], args[1] === undefined)
  api_link(object, table_new(type, limits.min, limits.max, init))
}

function construct_global(object: object, args: ArrayLike<unknown>): void {
  const descriptor = read_descriptor(args[0], 'WebAssembly.Global()')
  const mutable = !!descriptor['mutable']
  const letter = type_letter(String(descriptor['value']))
  const type = letter === undefined ? undefined : global_type(letter)
  if (letter === undefined || type === undefined)
    throw new TypeError("WebAssembly.Global(): property 'value' must be a WebAssembly type")
  const g = global_new(letter, mutable, type.zero, 0, type.get, type.put)
  if (args.length > 1 && (type.takes_undefined || args[1] !== undefined)) type.put(g, args[1])
  api_link(object, g)
}

/** @returns the descriptor; a TypeError unless it is an object */
function read_descriptor(x: unknown, what: string): Record<string, unknown> {
  if (x !== null && (typeof x === 'object' || typeof x === 'function')) return x as Record<string, unknown>
  throw new TypeError(what + ': argument 0 must be a descriptor object')
}

/** Reads `address`. In which order members are read can be seen: it is that of engines. */
function read_address(descriptor: Record<string, unknown>, what: string): void {
  const address = descriptor['address']
  const type = address === undefined ? 'i32' : String(address)
  if (type !== 'i32') throw new TypeError(what + ': address type ' + type + ' is not supported')
}

/** Reads `initial` and `maximum`, both at most `limit`. */
function read_limits(descriptor: Record<string, unknown>, limit: number, what: string): Limits {
  const initial = descriptor['initial']
  if (initial === undefined) throw new TypeError(what + ": property 'initial' is required")
  const min = api_u32(initial, what + ": property 'initial'")
  const maximum = descriptor['maximum']
  const max = maximum === undefined ? -1 : api_u32(maximum, what + ": property 'maximum'")
  if (min > limit) throw new RangeError(what + ": property 'initial' is above " + limit)
  if (max >= 0 && max < min) throw new RangeError(what + ": property 'maximum' is below 'initial'")
  return { min: min, max: max }
}

function element_letter(x: unknown, what: string): ReferenceLetter {
  const letter = type_letter(String(x))
  if (letter === 'F' || letter === 'x') return letter
  throw new TypeError(what + ": property 'element' must be a WebAssembly reference type")
}
