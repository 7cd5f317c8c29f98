// Buffers that stay when their Memory grows: `toResizableBuffer` and `toFixedLengthBuffer`. Like the constructors they belong
// to the `WebAssembly` object; outputs know no more of them than that such a buffer is resized in place (`memory_grown`).

import { api_instance } from './api.ts'
import { Memory } from './api-memory.ts'
import { shared_buffer_of } from './api-shared-memory.ts'
import { hidden_instance } from './hidden.ts'
import { kind_page, type MemoryKind } from './kinds.ts'
import { type MemoryInstance, memory_buffer, memory_grow, memory_move } from './memory.ts'
import type { SharedMemory } from './shared-memory.ts'

class ResizableMemory {
  toFixedLengthBuffer(): ArrayBufferLike {
    const shared = hidden_instance(this, 'shared memory') as SharedMemory | undefined
    if (shared) return shared_buffer_of(shared)
    const m = api_instance(this, 'memory') as MemoryInstance
    if ((m.bytes.buffer as ArrayBuffer).resizable) resizable_leave(m, new Uint8Array(m.bytes))
    return memory_buffer(m)
  }

  toResizableBuffer(): ArrayBufferLike {
    const shared = hidden_instance(this, 'shared memory') as SharedMemory | undefined
    // Its one buffer grows with it anyhow: JavaScript has no two of different lengths on the same bytes.
    if (shared) return shared_buffer_of(shared)
    const m = api_instance(this, 'memory') as MemoryInstance
    const buffer = m.bytes.buffer as ArrayBuffer
    if (buffer.resizable) return buffer
    const max = m.bound === undefined ? m.max : +m.bound
    if (max < 0) throw new TypeError('WebAssembly.Memory.toResizableBuffer(): the memory must have a maximum')
    const length = m.bytes.length
    const made = new ArrayBuffer(length, { maxByteLength: max * kind_page(m.kind as MemoryKind) })
    const bytes = new Uint8Array(made, 0, length)
    bytes.set(m.bytes)
    Object.defineProperty(made, 'resize', {
      value: function (size: unknown): void {
        resizable_resize(m, made, +(size as number))
      },
    })
    resizable_leave(m, bytes)
    return memory_buffer(m)
  }
}

/** Puts a memory where its bytes have been copied to; the buffer that it leaves is detached, whoever has seen it. */
function resizable_leave(m: MemoryInstance, bytes: Uint8Array): void {
  m.moves = 0
  memory_move(m, bytes)
}

/** What `ArrayBuffer.prototype.resize` does with the buffer of a memory: that grows by whole pages. */
function resizable_resize(m: MemoryInstance, buffer: ArrayBuffer, length: number): void {
  if (m.bytes.buffer !== buffer) throw new TypeError('the buffer is detached')
  const pages = (length - m.bytes.length) / kind_page(m.kind as MemoryKind)
  const fits = pages >= 0 && pages % 1 === 0 && length <= buffer.maxByteLength
  if (!fits || (m.grow || memory_grow)(m, pages) < 0)
    throw new RangeError('a memory cannot be resized to ' + length + ' bytes')
}

/** Gives the methods to the class Memory of the realm, where the engine's buffers can be resized. */
export function api_resizable(): void {
  const prototype: object = Memory.prototype
  if (!('resizable' in ArrayBuffer.prototype) || (prototype as Partial<ResizableMemory>).toResizableBuffer) return
  const names: (keyof ResizableMemory)[] = ['toFixedLengthBuffer', 'toResizableBuffer']
  for (let i = 0; i < names.length; i++) {
    const property = Object.getOwnPropertyDescriptor(ResizableMemory.prototype, names[i]!)!
    property.enumerable = true
    Object.defineProperty(prototype, names[i]!, property)
  }
}
