// WebAssembly.Memory

import { api_address, api_class, api_descriptor, api_limits, api_link, api_object, api_u32 } from './api.ts'
import { hidden_instance } from './hidden.ts'
import { type MemoryInstance, memory_buffer, memory_grow, memory_new } from './memory.ts'

class MemoryObject {
  constructor(type: unknown) {
    const what = 'WebAssembly.Memory()'
    const descriptor = api_descriptor(type, what)
    api_address(descriptor, what)
    const limits = api_limits(descriptor, 65536, what)
    if (limits.max > 65536) throw new RangeError(what + ": property 'maximum' is above 65536")
    if (descriptor['shared']) throw new TypeError(what + ': shared memories are not supported')
    api_link(this, memory_new(limits.min, limits.max))
  }

  grow(delta: unknown): number {
    const m = memory_of(this)
    const old = memory_grow(m, api_u32(delta, 'WebAssembly.Memory.grow(): argument 0'))
    if (old < 0) throw new RangeError('WebAssembly.Memory.grow(): unable to grow the memory')
    return old
  }

  get buffer(): ArrayBuffer {
    return memory_buffer(memory_of(this))
  }
}

/** The class Memory of the JavaScript API. */
export const Memory: typeof MemoryObject = api_class('Memory', MemoryObject)

/** @returns the Memory of an instance */
export function memory_object(m: MemoryInstance): object {
  return api_object(Memory, m)
}

function memory_of(object: unknown): MemoryInstance {
  const found = hidden_instance(object, 'memory')
  if (found === undefined) throw new TypeError('receiver is not a WebAssembly.Memory')
  return found as MemoryInstance
}
