// WebAssembly.Memory

import { api_class, api_construct, api_instance, api_object, api_u32 } from './api.ts'
import { type MemoryInstance, memory_buffer, memory_grow } from './memory.ts'

class MemoryObject {
  constructor(_type: unknown) {
    api_construct(this, 'Memory', arguments)
  }

  grow(delta: unknown): number {
    const m = api_instance(this, 'memory') as MemoryInstance
    const old = memory_grow(m, api_u32(delta, 'delta'))
    if (old < 0) throw new RangeError('unable to grow the memory')
    return old
  }

  get buffer(): ArrayBuffer {
    return memory_buffer(api_instance(this, 'memory') as MemoryInstance)
  }
}

/** The class Memory of the JavaScript API. */
export const Memory: typeof MemoryObject = api_class('Memory', MemoryObject)

/** @returns the Memory of an instance */
export function memory_object(m: MemoryInstance): object {
  return api_object(Memory, m)
}
