// Memories and tables that are not of the common kind: with addresses of 64 bits, or pages of one byte. The others know
// nothing of them, but for what JavaScript calls.

import { address_wide } from './address.ts'
import { hidden_instance } from './hidden.ts'
import { import_fail, import_value } from './imports.ts'
import { type MemoryInstance, memory_grown, memory_move } from './memory.ts'
import { type TableInstance, table_new } from './table.ts'
import type { ReferenceType } from './value-types.ts'
import { watchers_new } from './watchers.ts'

/** What is exported as one kind is not imported as another: `64` stands for addresses of 64 bits, `_1` for pages of one byte. */
export type MemoryKind = 'memory' | 'memory64' | 'memory_1' | 'memory64_1'
export type TableKind = 'table' | 'table64'

/** A minimum or maximum; -1: no maximum. Above 2^53 the digits of it, since a number would not be exact. */
export type Bound = number | string

/**
 * @param min in pages of the kind
 * @param max in pages of the kind
 */
export function memory_new_kind(kind: MemoryKind, min: Bound, max: Bound): MemoryInstance {
  const page = kind_page(kind)
  kind_fits(kind, min)
  const m: MemoryInstance = {
    kind: kind,
    bytes: new Uint8Array(+min * page),
    moves: Infinity,
    max: Math.min(+max, memory_most() / page),
    watchers: watchers_new(),
    object: null,
    bound: max,
  }
  if (kind_is_wide(kind)) m.address = address_wide
  if (page === 1) m.grow = memory_grow_bytes
  return m
}

/**
 * Bytes that a memory with 64-bit addresses may have, or one with pages of one byte may grow to: a page less than 4 GiB, so
 * that 2^32 - 1 is out of bounds and no size.
 */
export function memory_most(): number {
  return 4294901760
}

/** Throws a RangeError for a memory that is too large to be made. */
export function kind_fits(kind: MemoryKind, min: Bound): void {
  if (kind_is_wide(kind) && +min * kind_page(kind) > memory_most())
    throw new RangeError('memory of ' + min + ' pages: too large')
}

/** Whether addresses have 64 bits. */
export function kind_is_wide(kind: MemoryKind): boolean {
  return kind.slice(6, 8) === '64'
}

/** Bytes of a page. */
export function kind_page(kind: MemoryKind): number {
  return kind.slice(-2) === '_1' ? 1 : 65536
}

/** Of pages of one byte. */
export function memory_size_1(m: MemoryInstance): number {
  return m.bytes.length | 0
}

/** @returns the old size as an i32 */
export function memory_grow_1(m: MemoryInstance, n: number): number {
  return memory_grow_bytes(m, n) | 0
}

/** @returns the old size, or -1 if the memory cannot grow so far */
function memory_grow_bytes(m: MemoryInstance, n: number): number {
  const old = m.bytes.length
  const size = old + (n >>> 0)
  // Without a maximum of its own 2 GiB, as for others.
  const max = m.max < 0 ? 2147483648 : m.max
  if (size > max && size > old) return -1
  try {
    memory_move(m, memory_grown(m, size, max))
  } catch (_) {
    return -1
  }
  return old
}

export function memory_import_kind(
  imports: unknown,
  module: string,
  name: string,
  kind: MemoryKind,
  min: Bound,
  max: Bound,
): MemoryInstance {
  const m = hidden_instance(import_value(imports, module, name), kind) as MemoryInstance | undefined
  if (m === undefined) return import_fail(module, name, 'memory import must be a WebAssembly.Memory object of its kind')
  kind_check(module, name, m.bytes.length / kind_page(kind), m.bound!, min, max)
  return m
}

/** @param init value of every element */
export function table_new_kind(type: ReferenceType, min: Bound, max: Bound, init: unknown): TableInstance {
  const t = table_new(type, +min, +max, init)
  t.kind = 'table64'
  t.bound = max
  t.address = address_wide
  return t
}

export function table_import_kind(
  imports: unknown,
  module: string,
  name: string,
  type: ReferenceType,
  min: Bound,
  max: Bound,
): TableInstance {
  const t = hidden_instance(import_value(imports, module, name), 'table64') as TableInstance | undefined
  if (t === undefined) return import_fail(module, name, 'table import must be a WebAssembly.Table with 64-bit indices')
  if (t.type !== type) import_fail(module, name, 'imported table does not match the expected type')
  kind_check(module, name, t.elems.length, t.bound!, min, max)
  return t
}

/** Throws a LinkError if an import is too small, or may grow too large. */
export function kind_check(module: string, name: string, size: number, bound: Bound, min: Bound, max: Bound): void {
  if (bound_above(min, size)) import_fail(module, name, 'import has ' + size + ', less than the declared ' + min)
  if (max === -1 || (bound !== -1 && !bound_above(bound, max))) return
  import_fail(module, name, 'import may grow to ' + (bound === -1 ? 'any size' : bound) + ', declared is ' + max)
}

function bound_above(x: Bound, y: Bound): boolean {
  if (typeof x === 'number' && typeof y === 'number') return x > y
  const a = String(x)
  const b = String(y)
  return a.length !== b.length ? a.length > b.length : a > b
}
