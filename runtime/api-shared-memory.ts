// What JavaScript sees of a shared memory: an object of the class Memory, whose methods know shared memories once there is
// one. Outputs without them carry nothing of this.
//
// Such an object can be posted to another thread. Structured cloning leaves a plain object there: it has the buffer still,
// and what is needed to import the memory.

import { address_in, address_out } from './address.ts'
import { api_instance, api_link } from './api.ts'
import { Memory } from './api-memory.ts'
import { hidden_instance } from './hidden.ts'
import { type MemoryInstance, memory_buffer, memory_grow } from './memory.ts'
import { realm } from './realm.ts'
import { type SharedMemory, type SharedState, shared_grow, shared_memory_renew } from './shared-memory.ts'

/** `grow` and `buffer` of memories of both kinds. */
class EveryMemory {
  grow(delta: unknown): number | bigint {
    const shared = hidden_instance(this, 'shared memory') as SharedMemory | undefined
    const m = shared || (api_instance(this, 'memory') as MemoryInstance)
    const n = address_in(m, delta, 'delta')
    const old = shared ? shared_grow(shared, n) : m.grow ? m.grow(m, n) : memory_grow(m, n)
    if (old < 0) throw new RangeError('unable to grow the memory')
    return address_out(m, old)
  }

  get buffer(): ArrayBufferLike {
    const shared = hidden_instance(this, 'shared memory') as SharedMemory | undefined
    return shared ? shared_buffer_of(shared) : memory_buffer(api_instance(this, 'memory') as MemoryInstance)
  }
}

/** The buffer: its length is that of the memory if buffers can grow here. The JavaScript API wants it frozen. */
export function shared_buffer_of(m: SharedMemory): SharedArrayBuffer {
  shared_memory_renew(m)
  return Object.freeze(m.bytes.buffer as unknown as SharedArrayBuffer)
}

/** The prototype of the class Memory of this realm, which knows shared memories from now on. */
function shared_prototype(): object {
  const prototype = Memory.prototype
  if (!realm.knows_shared) {
    realm.knows_shared = true
    const names: ('grow' | 'buffer')[] = ['grow', 'buffer']
    for (let i = 0; i < names.length; i++) {
      const property = Object.getOwnPropertyDescriptor(EveryMemory.prototype, names[i]!)!
      property.enumerable = true
      Object.defineProperty(prototype, names[i]!, property)
    }
  }
  return prototype
}

/** Makes `object` the Memory of an instance. Cloning calls the getters of its own properties. */
export function shared_memory_link(object: object, m: SharedMemory): void {
  shared_prototype()
  api_link(object, m)
  Object.defineProperty(object, 'buffer', {
    enumerable: true,
    get: function (): SharedArrayBuffer {
      return shared_buffer_of(m)
    },
  })
  Object.defineProperty(object, 'nowasm', {
    enumerable: true,
    get: function (): SharedState {
      return m.state
    },
  })
}

/** @returns the Memory of an instance */
export function shared_memory_object(m: SharedMemory): object {
  if (m.object === null) shared_memory_link(Object.create(shared_prototype()), m)
  return m.object as unknown as object
}
