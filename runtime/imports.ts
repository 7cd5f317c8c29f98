// Reading the imports (JavaScript API, "read the imports"): the module checks and takes them one by one, in order.

import { LinkError } from './errors.ts'
import { type FuncDescriptor, func_matches, func_raw, type Raw, type_id } from './func.ts'
import { type GlobalGetter, type GlobalInstance, type GlobalPutter, global_new } from './global.ts'
import { global_get_ref, global_put_ref } from './global-values.ts'
import { hidden_instance } from './hidden.ts'
import { type MemoryInstance, memory_size } from './memory.ts'
import type { RefType } from './ref-types.ts'
import type { TableInstance } from './table.ts'
import type { TagInstance } from './tag.ts'
import type { ReferenceType, ValueLetter } from './value-types.ts'

/** @returns the raw function of an imported Exported Function, or a new one for a function of the host */
export function func_import(imports: unknown, module: string, name: string, descriptor: FuncDescriptor): Raw {
  const value = import_value(imports, module, name)
  if (typeof value !== 'function') import_fail(module, name, 'function import requires a callable')
  const raw = func_raw(value)
  if (raw === undefined) {
    const made = descriptor.host!(value as never)
    made.type = descriptor
    return made
  }
  if (raw.type!.id !== descriptor.id) import_fail(module, name, 'imported function does not match the expected type')
  return raw
}

/** `func_import` for types that may have others below. */
export function func_import_sub(imports: unknown, module: string, name: string, descriptor: FuncDescriptor): Raw {
  const raw = func_raw(import_value(imports, module, name))
  return raw !== undefined && func_matches(raw, descriptor.id) ? raw : func_import(imports, module, name, descriptor)
}

/**
 * @param min pages
 * @param max pages, -1: none
 */
export function memory_import(
  imports: unknown,
  module: string,
  name: string,
  min: number,
  max: number,
): MemoryInstance {
  const value = import_value(imports, module, name)
  const m = hidden_instance(value, 'memory') as MemoryInstance | undefined
  if (m === undefined) {
    const isShared = hidden_instance(value, 'shared memory') !== undefined
    const reason = isShared
      ? 'mismatch in shared state of memory, declared = 0, imported = 1'
      : 'memory import must be a WebAssembly.Memory object'
    return import_fail(module, name, reason)
  }
  const misfit = import_misfit(memory_size(m), m.max, min, max)
  if (misfit !== '') import_fail(module, name, 'memory import has ' + misfit)
  return m
}

/**
 * @param type letter of the element type
 * @param max -1: none
 */
export function table_import(
  imports: unknown,
  module: string,
  name: string,
  type: ReferenceType,
  min: number,
  max: number,
): TableInstance {
  const t = hidden_instance(import_value(imports, module, name), 'table') as TableInstance | undefined
  if (t === undefined) return import_fail(module, name, 'table import requires a WebAssembly.Table')
  if (t.type !== type) import_fail(module, name, 'imported table does not match the expected type')
  const misfit = import_misfit(t.elems.length, t.max, min, max)
  if (misfit !== '') import_fail(module, name, 'table import has ' + misfit)
  return t
}

/**
 * @param type letter of the value type
 * @param get how JavaScript sees a value of this type
 * @param put how one of JavaScript's becomes one of this type
 */
export function global_import(
  imports: unknown,
  module: string,
  name: string,
  type: ValueLetter,
  mutable: boolean,
  get: GlobalGetter,
  put: GlobalPutter,
): GlobalInstance {
  const value = import_value(imports, module, name)
  const g = hidden_instance(value, 'global') as GlobalInstance | undefined
  if (g === undefined) return global_import_value(module, name, type, global_new(type, mutable, 0, 0, get, put), value)
  if (g.mutable !== mutable) import_fail(module, name, 'imported global does not match the expected mutability')
  if (g.type !== type && (mutable || typeof g.type !== 'object' || !g.type.fits(type)))
    import_fail(module, name, 'imported global does not match the expected type')
  return g
}

/** `global_import` for the types of references without a letter. */
export function global_import_ref(
  imports: unknown,
  module: string,
  name: string,
  type: RefType,
  mutable: boolean,
): GlobalInstance {
  const value = import_value(imports, module, name)
  const g = hidden_instance(value, 'global') as GlobalInstance | undefined
  if (g === undefined) {
    if (mutable) import_fail(module, name, 'imported mutable global must be a WebAssembly.Global object')
    try {
      return global_new(type, mutable, type.take(value, false), 0, global_get_ref, global_put_ref)
    } catch (_) {
      return import_fail(module, name, 'imported global does not match the expected type')
    }
  }
  if (g.mutable !== mutable) import_fail(module, name, 'imported global does not match the expected mutability')
  if (g.type !== type && (mutable || typeof g.type !== 'object' || !g.type.fits(type)))
    import_fail(module, name, 'imported global does not match the expected type')
  return g
}

/** @param key that of the tag's function type */
export function tag_import(imports: unknown, module: string, name: string, key: string): TagInstance {
  const t = hidden_instance(import_value(imports, module, name), 'tag') as TagInstance | undefined
  if (t === undefined) return import_fail(module, name, 'tag import requires a WebAssembly.Tag')
  if (t.type !== type_id(key)) import_fail(module, name, 'imported tag does not match the expected type')
  return t
}

/** An immutable global can be given as its value. */
function global_import_value(
  module: string,
  name: string,
  type: ValueLetter,
  g: GlobalInstance,
  value: unknown,
): GlobalInstance {
  if (g.mutable) import_fail(module, name, 'imported mutable global must be a WebAssembly.Global object')
  if (!global_takes(type, value)) {
    import_fail(module, name, 'global import must be a number, valid Wasm reference, or WebAssembly.Global object')
  }
  g.put!(g, value)
  return g
}

/** Whether a value may stand for an imported global of the type with this letter: of an exnref, none. */
function global_takes(type: ValueLetter, value: unknown): boolean {
  switch (type as Exclude<ValueLetter, 'e'>) {
    case 'i':
    case 'f':
    case 'd':
      return typeof value === 'number'
    case 'I':
      return typeof value === 'bigint'
    case 'F':
      return value === null || func_raw(value) !== undefined
    case 'x':
      return true
    case 'v':
      return false
  }
}

export function import_value(imports: unknown, module: string, name: string): unknown {
  if (!import_is_object(imports)) {
    throw new TypeError('WebAssembly.Instance(): Imports argument must be present and must be an object')
  }
  const holder = imports[module]
  if (import_is_object(holder)) return holder[name]
  throw new TypeError(
    'WebAssembly.Instance(): Import ' + JSON.stringify(module) + ': module is not an object or function',
  )
}

function import_is_object(x: unknown): x is Record<string, unknown> {
  return x !== null && (typeof x === 'object' || typeof x === 'function')
}

export function import_fail(module: string, name: string, what: string): never {
  throw new LinkError(
    'WebAssembly.Instance(): Import ' + JSON.stringify(module) + ' ' + JSON.stringify(name) + ': ' + what,
  )
}

/** What is wrong with the size and maximum of an import, '' if nothing. */
export function import_misfit(size: number, max: number, wanted_min: number, wanted_max: number): string {
  if (size < wanted_min) return 'size ' + size + ', smaller than the declared initial of ' + wanted_min
  if (wanted_max < 0 || (max >= 0 && max <= wanted_max)) return ''
  if (max < 0) return 'no maximum limit, expected at most ' + wanted_max
  return 'a maximum of ' + max + ', above the declared maximum of ' + wanted_max
}
