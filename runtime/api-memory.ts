// WebAssembly.Memory

import { address_in, address_out } from './address.ts'
import { api_class, api_construct, api_instance, api_object } from './api.ts'
import { type MemoryInstance, memory_buffer, memory_grow } from './memory.ts'

class MemoryObject {
  constructor(_type: unknown) {
    api_construct(this, 'Memory', arguments)
  }

  grow(delta: unknown): number | bigint {
    const m = api_instance(this, 'memory') as MemoryInstance
    const n = address_in(m, delta, 'delta')
    const old = m.grow ? m.grow(m, n) : memory_grow(m, n)
    if (old < 0) throw new RangeError('unable to grow the memory')
    return address_out(m, old)
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
