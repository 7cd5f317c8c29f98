// Importing shared memories: those of this runtime, what structured cloning leaves of one, and the engine's own.

import { shared_memory_object } from './api-shared-memory.ts'
import type { Exports } from './exports.ts'
import { hidden_instance, hide } from './hidden.ts'
import { import_fail, import_misfit, import_value } from './imports.ts'
import { realm } from './realm.ts'
import { type SharedMemory, type SharedState, shared_memory_of } from './shared-memory.ts'

/**
 * @param min pages
 * @param max pages
 */
export function shared_memory_import(
  imports: unknown,
  module: string,
  name: string,
  min: number,
  max: number,
): SharedMemory {
  const value = import_value(imports, module, name)
  const known = hidden_instance(value, 'shared memory') as SharedMemory | undefined
  if (hidden_instance(value, 'memory') !== undefined) {
    return import_fail(module, name, 'mismatch in shared state of memory, declared = 1, imported = 0')
  }
  const m = known || shared_memory_received(value, max)
  if (m === undefined) return import_fail(module, name, 'memory import must be a WebAssembly.Memory object')
  const misfit = import_misfit(m.pages, m.max, min, max)
  if (misfit !== '') import_fail(module, name, 'memory import has ' + misfit)
  return m
}

/** This thread's instance of what came from another thread or is the engine's, made at the first import of it. */
function shared_memory_received(value: unknown, max: number): SharedMemory | undefined {
  if (value === null || typeof value !== 'object' || typeof SharedArrayBuffer !== 'function') return undefined
  const object = value as { nowasm?: SharedState; buffer: SharedArrayBuffer; grow(delta: number): number }
  const native = ((realm.native || {}) as { Memory?: new () => object }).Memory
  let m: SharedMemory | undefined
  if (typeof native === 'function' && value instanceof native) {
    if (!(object.buffer instanceof SharedArrayBuffer)) return undefined
    // It does not say its maximum, and keeps to it by itself.
    const size = new Int32Array(new SharedArrayBuffer(4))
    m = shared_memory_of({ buffer: object.buffer, size: size, max: max }, object)
    m.object = value
  } else if (is_shared_state(object.nowasm)) m = shared_memory_of(object.nowasm, null)
  if (m !== undefined) hide(value, m)
  return m
}

function is_shared_state(x: Partial<SharedState> | undefined): x is SharedState {
  return (
    x !== null &&
    typeof x === 'object' &&
    x.buffer instanceof SharedArrayBuffer &&
    x.size instanceof Int32Array &&
    x.size.buffer instanceof SharedArrayBuffer
  )
}

export function export_shared_memory(e: Exports, name: string, m: SharedMemory): void {
  e[name] = shared_memory_object(m)
}
