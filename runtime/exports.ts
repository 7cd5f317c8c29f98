// What is put into the exports object, which has no prototype: on such an object `__proto__` is a property like any other.

import { global_object } from './api-global.ts'
import { memory_object } from './api-memory.ts'
import { table_object } from './api-table.ts'
import { tag_object } from './api-tag.ts'
import { func_object, type Raw } from './func.ts'
import type { GlobalInstance } from './global.ts'
import type { MemoryInstance } from './memory.ts'
import type { TableInstance } from './table.ts'
import type { TagInstance } from './tag.ts'

/** An exports object under construction. */
export type Exports = Record<string, unknown>

export function export_func(e: Exports, name: string, raw: Raw): void {
  e[name] = func_object(raw)
}

export function export_memory(e: Exports, name: string, m: MemoryInstance): void {
  e[name] = memory_object(m)
}

export function export_table(e: Exports, name: string, t: TableInstance): void {
  e[name] = table_object(t)
}

export function export_global(e: Exports, name: string, g: GlobalInstance): void {
  e[name] = global_object(g)
}

export function export_tag(e: Exports, name: string, t: TagInstance): void {
  e[name] = tag_object(t)
}
