// Importing shared memories: those of this runtime, what structured cloning leaves of one, and the engine's own.

import { address_wide } from './address.ts'
import { shared_memory_object } from './api-shared-memory.ts'
import type { Exports } from './exports.ts'
import { hidden_instance, hide } from './hidden.ts'
import { import_fail, import_misfit, import_value } from './imports.ts'
import { type Bound, kind_check, kind_is_wide, kind_page, type MemoryKind } from './kinds.ts'
import { native_class } from './realm.ts'
import { type NativeMemory, type SharedMemory, type SharedState, shared_memory_of } from './shared-memory.ts'

/**
 * @param min in pages of the kind
 * @param max in pages of the kind
 * @param kind undefined: the common one
 */
export function shared_memory_import(
  imports: unknown,
  module: string,
  name: string,
  min: Bound,
  max: Bound,
  kind?: MemoryKind,
): SharedMemory {
  const value = import_value(imports, module, name)
  const known = hidden_instance(value, 'shared memory') as SharedMemory | undefined
  if (hidden_instance(value, 'memory') !== undefined) {
    return import_fail(module, name, 'mismatch in shared state of memory, declared = 1, imported = 0')
  }
  const wanted = kind || 'memory'
  const m = known || shared_memory_received(value, max, wanted)
  if (m === undefined) return import_fail(module, name, 'memory import must be a WebAssembly.Memory object')
  if (m.state.kind !== wanted)
    import_fail(module, name, 'memory import must be a WebAssembly.Memory object of its kind')
  if (kind !== undefined) kind_check(module, name, m.pages, m.state.max, min, max)
  else {
    const misfit = import_misfit(m.pages, m.max, min as number, max as number)
    if (misfit !== '') import_fail(module, name, 'memory import has ' + misfit)
  }
  return m
}

/** This thread's instance of what came from another thread or is the engine's, made at the first import of it. */
function shared_memory_received(value: unknown, max: Bound, kind: MemoryKind): SharedMemory | undefined {
  if (value === null || typeof value !== 'object' || typeof SharedArrayBuffer !== 'function') return undefined
  const object = value as { nowasm?: SharedState } & NativeMemory
  const native = native_class('Memory')
  let m: SharedMemory | undefined
  if (native !== undefined && value instanceof native) {
    if (!(object.buffer instanceof SharedArrayBuffer) || !native_is(object, kind)) return undefined
    // It does not say its maximum, and keeps to it by itself.
    const size = new Uint32Array(new SharedArrayBuffer(4))
    m = shared_memory_of({ buffer: object.buffer, size: size, max: max, kind: kind }, object)
    m.object = value
  } else if (is_shared_state(object.nowasm)) m = shared_memory_of(object.nowasm, null)
  if (m !== undefined) hide(value, m)
  return m
}

/** Whether a Memory of the engine is of a kind: it does not say so, but gives its size as it is asked to grow by nothing. */
function native_is(memory: NativeMemory, kind: MemoryKind): boolean {
  try {
    const pages = memory.grow(kind_is_wide(kind) ? address_wide.write(0) : 0)
    return memory.buffer.byteLength === Number(pages) * kind_page(kind)
  } catch (e) {
    // A number where it takes a BigInt, or the other way round.
    if (!(e instanceof TypeError)) throw e
    return false
  }
}

function is_shared_state(x: Partial<SharedState> | undefined): x is SharedState {
  return (
    x !== null &&
    typeof x === 'object' &&
    x.buffer instanceof SharedArrayBuffer &&
    x.size instanceof Uint32Array &&
    x.size.buffer instanceof SharedArrayBuffer
  )
}

export function export_shared_memory(e: Exports, name: string, m: SharedMemory): void {
  e[name] = shared_memory_object(m)
}
