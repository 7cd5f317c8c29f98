// The constructors of the JavaScript API's classes. They belong to the `WebAssembly` object: outputs only make objects for
// what they export, and carry nothing of this.

import { address_u64 } from './address.ts'
import { api_link, api_u32 } from './api.ts'
import { Exception, exn_tag_of } from './api-exception.ts'
import { Global } from './api-global.ts'
import { Memory } from './api-memory.ts'
import { api_resizable } from './api-resizable.ts'
import { shared_memory_link } from './api-shared-memory.ts'
import { Table, table_element } from './api-table.ts'
import { Tag, tag_object } from './api-tag.ts'
import { i64_in, iterate_list, no_js_value, ref_in_F } from './boundary.ts'
import { exn_stack, exn_tag, exn_values } from './exception-fields.ts'
import { global_new } from './global.ts'
import { global_type, type_letter } from './global-types.ts'
import { type Bound, memory_new_kind, table_new_kind } from './kinds.ts'
import { fround } from './math.ts'
import { memory_new } from './memory.ts'
import { realm } from './realm.ts'
import { ri } from './results.ts'
import { shared_memory_new } from './shared-memory.ts'
import { table_limit, table_new } from './table.ts'
import { tag_js, tag_new } from './tag.ts'
import type { ReferenceType, ValueType } from './value-types.ts'

/** Minimum and maximum of a memory or table; max -1: none. */
interface Limits {
  readonly min: number
  readonly max: number
}

/** The same with 64-bit addresses. */
interface WideLimits {
  readonly min: number
  readonly max: Bound
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
  Tag: typeof Tag
  Exception: typeof Exception
} {
  api_resizable()
  realm.constructors['Memory'] = is_single ? construct_single_memory : construct_memory
  realm.constructors['Table'] = construct_table
  realm.constructors['Global'] = construct_global
  realm.constructors['Tag'] = construct_tag
  realm.constructors['Exception'] = construct_exception
  return { Memory: Memory, Table: Table, Global: Global, Tag: Tag, Exception: Exception }
}

/** WebAssembly.JSTag */
export function api_js_tag(): object {
  return tag_object(tag_js())
}

function construct_memory(object: object, args: ArrayLike<unknown>): void {
  link_memory(object, args, false)
}

function construct_single_memory(object: object, args: ArrayLike<unknown>): void {
  link_memory(object, args, true)
}

function link_memory(object: object, args: ArrayLike<unknown>, is_single: boolean): void {
  const what = 'WebAssembly.Memory()'
  const descriptor = read_descriptor(args[0], what)
  if (read_address(descriptor, what) === 'i64') {
    const wide = read_wide_limits(descriptor, 65536, what)
    if (Number(wide.max) > 281474976710656) throw new RangeError(what + ": property 'maximum' is above 2^48")
    if (read_shared(descriptor, wide.max, what) && !is_single)
      return shared_memory_link(object, shared_memory_new(wide.min, wide.max, 'memory64'))
    return api_link(object, memory_new_kind('memory64', wide.min, wide.max))
  }
  const limits = read_limits(descriptor, 65536, what)
  if (limits.max > 65536) throw new RangeError(what + ": property 'maximum' is above 65536")
  if (read_shared(descriptor, limits.max, what) && !is_single)
    shared_memory_link(object, shared_memory_new(limits.min, limits.max))
  else api_link(object, memory_new(limits.min, limits.max))
}

/** Reads `shared`. */
function read_shared(descriptor: Record<string, unknown>, max: Bound, what: string): boolean {
  const shared = !!descriptor['shared']
  if (shared && max === -1) throw new TypeError(what + ": property 'maximum' is required for a shared memory")
  return shared
}

function construct_table(object: object, args: ArrayLike<unknown>): void {
  const what = 'WebAssembly.Table()'
  const descriptor = read_descriptor(args[0], what)
  const type = element_letter(descriptor['element'], what)
  const is_wide = read_address(descriptor, what) === 'i64'
  const wide = is_wide ? read_wide_limits(descriptor, table_limit(), what) : undefined
  const limits = wide !== undefined ? undefined : read_limits(descriptor, table_limit(), what)
  const init = table_element(type, args[1], args[1] === undefined)
  if (wide !== undefined) api_link(object, table_new_kind(type, wide.min, wide.max, init))
  if (limits !== undefined) api_link(object, table_new(type, limits.min, limits.max, init))
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

function construct_tag(object: object, args: ArrayLike<unknown>): void {
  const what = 'WebAssembly.Tag()'
  const names = read_descriptor(args[0], what)['parameters']
  if (names === null || (typeof names !== 'object' && typeof names !== 'function'))
    throw new TypeError(what + ": property 'parameters' must be iterable")
  const params: ValueType[] = []
  let key = ''
  const list = iterate_list(names)
  for (let i = 0; i < list.length; i++) {
    const letter = type_letter(String(list[i]))
    if (letter === undefined) throw new TypeError(what + ": property 'parameters' must be WebAssembly types")
    params.push(letter)
    key += typeof letter === 'object' ? '(?' + letter.heap + ')' : letter === 'e' ? '(?exn)' : letter
  }
  api_link(object, tag_new(key + '>', params))
}

function construct_exception(object: object, args: ArrayLike<unknown>): void {
  const what = 'WebAssembly.Exception()'
  const tag = exn_tag_of(args[0])
  const payload = args[1]
  if (payload === null || (typeof payload !== 'object' && typeof payload !== 'function'))
    throw new TypeError(what + ': argument 1 must be iterable')
  // WebIDL converts one argument after the other, and only then values to what the tag says.
  const values = iterate_list(payload)
  const options = args[2]
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function')
    throw new TypeError(what + ': argument 2 must be an object')
  const traces = options !== undefined && options !== null && !!(options as { traceStack?: unknown }).traceStack
  if (tag === tag_js()) throw new TypeError(what + ': argument 0 must not be WebAssembly.JSTag')
  if (values.length !== tag.params.length)
    throw new TypeError(what + ': the tag has ' + tag.params.length + ' parameters, the payload ' + values.length)
  const registers: unknown[] = [null]
  for (let i = 0; i < values.length; i++) exn_put(registers, tag.params[i]!, values[i])
  const e = object as Record<string, unknown>
  e[exn_tag] = tag
  e[exn_values] = registers
  if (traces) e[exn_stack] = new Error()
}

/** ToWebAssemblyValue. */
function exn_put(registers: unknown[], letter: ValueType, x: unknown): void {
  switch (letter) {
    case 'i':
      registers.push((x as number) | 0)
      return
    case 'I':
      registers.push(i64_in(x))
      registers.push(ri[0])
      return
    case 'f':
      registers.push(fround(x as number))
      return
    case 'd':
      registers.push(+(x as number))
      return
    case 'F':
      registers.push(ref_in_F(x))
      return
    case 'x':
      registers.push(x)
      return
    case 'v':
    case 'e':
      throw no_js_value()
    default:
      registers.push(letter.take(x, false))
  }
}

/** @returns the descriptor; a TypeError unless it is an object */
function read_descriptor(x: unknown, what: string): Record<string, unknown> {
  if (x !== null && (typeof x === 'object' || typeof x === 'function')) return x as Record<string, unknown>
  throw new TypeError(what + ': argument 0 must be a descriptor object')
}

/** Reads `address`. In which order members are read can be seen: it is that of engines. */
function read_address(descriptor: Record<string, unknown>, what: string): 'i32' | 'i64' {
  const address = descriptor['address']
  const type = address === undefined ? 'i32' : String(address)
  if (type === 'i32' || type === 'i64') return type
  throw new TypeError(what + ": property 'address' must be 'i32' or 'i64'")
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

function read_wide_limits(descriptor: Record<string, unknown>, limit: number, what: string): WideLimits {
  const initial = descriptor['initial']
  if (initial === undefined) throw new TypeError(what + ": property 'initial' is required")
  const min = address_u64(initial, what + ": property 'initial'")
  const maximum = descriptor['maximum']
  const max = maximum === undefined ? undefined : address_u64(maximum, what + ": property 'maximum'")
  if (min > limit) throw new RangeError(what + ": property 'initial' is above " + limit)
  if (max !== undefined && max < min) throw new RangeError(what + ": property 'maximum' is below 'initial'")
  return { min: Number(min), max: max === undefined ? -1 : Number(max) > 9007199254740991 ? String(max) : Number(max) }
}

function element_letter(x: unknown, what: string): ReferenceType {
  const letter = type_letter(String(x))
  if (letter === 'F' || letter === 'x' || typeof letter === 'object') return letter
  throw new TypeError(what + ": property 'element' must be a WebAssembly reference type")
}
