// Memory instances. Sizes are in pages of 64 KiB (other kinds are in kinds.ts); addresses and counts are i32 of unsigned
// meaning.

import type { WideAddress } from './address.ts'
import { buffer_detach, buffer_roomy } from './buffers.ts'
import type { Bound, MemoryKind } from './kinds.ts'
import { trap_memory } from './traps.ts'
import {
  type Watcher,
  type Watchers,
  watcher_linked,
  watcher_strong,
  watcher_weak,
  watchers_add,
  watchers_new,
  watchers_renew,
} from './watchers.ts'

/** The same object in all modules of a thread that share the memory. */
export interface MemoryInstance {
  readonly kind: MemoryKind | 'shared memory'
  /** The memory. Its buffer may go on behind it, as long as JavaScript has not seen it. */
  bytes: Uint8Array
  /** How often it has moved since JavaScript saw its buffer; 0: JavaScript has this one, Infinity: it saw none yet. */
  moves: number
  /** The most pages that it may grow to, -1: no limit of its own. */
  readonly max: number
  /** Those who have views of it. */
  readonly watchers: Watchers
  /** Its Memory object, once one is made. */
  object: object | null
  /** Of kinds other than `memory` (kinds.ts): the maximum as declared, how addresses are seen, and how it grows. */
  readonly bound?: Bound
  address?: WideAddress
  grow?: (m: MemoryInstance, n: number) => number
}

/** @param max -1: none */
export function memory_new(min: number, max: number): MemoryInstance {
  const bytes = new Uint8Array(min * 65536)
  return { kind: 'memory', bytes: bytes, moves: Infinity, max: max, watchers: watchers_new(), object: null }
}

/** Has the instance that makes a memory make its views of it, now and at each growth. */
export function memory_watch(m: MemoryInstance, f: Watcher): void {
  watchers_add(m.watchers, m.bytes, f, watcher_strong(f))
}

/**
 * The same for an instance that imports the memory: there may be many, one after the other, and the memory keeps none of
 * them. (Its maker it does keep: a weak reference would keep all makers, with their memories, while a script runs.)
 */
export function memory_watch_import(m: MemoryInstance, f: Watcher): void {
  const linked = watcher_linked(f)
  watchers_add(m.watchers, m.bytes, linked, watcher_weak(linked))
}

/** The buffer for JavaScript: it is as long as the memory, and from now on growth detaches it. */
export function memory_buffer(m: MemoryInstance): ArrayBuffer {
  if (m.bytes.length !== m.bytes.buffer.byteLength) memory_move(m, new Uint8Array(m.bytes))
  m.moves = 0
  return m.bytes.buffer as ArrayBuffer
}

export function memory_size(m: MemoryInstance): number {
  return m.bytes.length / 65536
}

/** @returns the old size, or -1 if the memory cannot grow so far */
export function memory_grow(m: MemoryInstance, n: number): number {
  const old = memory_size(m)
  const size = old + (n >>> 0)
  // Without a maximum of its own, 2 GiB: what is compiled may rely on it (src/5-optimize/addresses.ts).
  const max = m.max < 0 ? 32768 : m.max
  if (size > max && size > old) return -1
  try {
    memory_move(m, memory_grown(m, size * 65536, max * 65536))
  } catch (_) {
    return -1
  }
  return old
}

/** Puts the memory where its bytes have been copied to. If that throws, be it for want of stack, nothing has changed. */
export function memory_move(m: MemoryInstance, bytes: Uint8Array): void {
  watchers_renew(m.watchers, bytes, function () {
    if (m.moves === 0 && m.bytes.buffer !== bytes.buffer) buffer_detach(m.bytes.buffer as ArrayBuffer)
    m.bytes = bytes
    m.moves++
  })
}

/**
 * The bytes in a larger memory. What nobody has seen gets room for more, so that growing page by page copies little,
 * and is not detached: V8 14 no longer inlines DataView accesses in its middle tier once any buffer was (1.5 times the
 * time until code is optimised).
 *
 * What was seen will be again, most often before it grows once more, and then must be as long as the memory. So it gets room
 * only once it has grown repeatedly and nobody has looked.
 */
export function memory_grown(m: MemoryInstance, length: number, max: number): Uint8Array {
  const bytes = m.bytes
  const buffer = bytes.buffer as ArrayBuffer
  if (buffer.resizable) {
    // A stack that does not suffice is to end this before the buffer is another.
    memory_move(m, bytes)
    ArrayBuffer.prototype.resize.call(buffer, length)
    return new Uint8Array(buffer, 0, length)
  }
  if (m.moves > 0 && length <= buffer.byteLength) return new Uint8Array(buffer, 0, length)
  // What was seen moves even if it grows by 0, as the JavaScript API says.
  const fresh = buffer_roomy(length, m.moves < 2 ? length : Math.min(2 * bytes.length, max))
  const grown = new Uint8Array(fresh, 0, length)
  grown.set(bytes)
  return grown
}

export function memory_fill(m: MemoryInstance, d: number, v: number, n: number): void {
  const bytes = m.bytes
  const start = d >>> 0
  const end = start + (n >>> 0)
  if (end > bytes.length) throw trap_memory()
  // A call into the engine costs more than a few stores.
  if (end - start > 24 && bytes.fill) bytes.fill(v, start, end)
  else for (let i = start; i < end; i++) bytes[i] = v
}

/** Copies `n` bytes; the ranges may overlap. */
export function memory_copy(md: MemoryInstance, ms: MemoryInstance, d: number, s: number, n: number): void {
  const to = md.bytes
  const from = ms.bytes
  const at = d >>> 0
  const start = s >>> 0
  const count = n >>> 0
  if (at + count > to.length || start + count > from.length) throw trap_memory()
  if (count > 16) bytes_copy(to, at, from, start, count)
  else if (at > start) for (let i = count - 1; i >= 0; i--) to[at + i] = from[start + i]!
  else for (let j = 0; j < count; j++) to[at + j] = from[start + j]!
}

function bytes_copy(to: Uint8Array, at: number, from: Uint8Array, start: number, count: number): void {
  if (to === from && to.copyWithin) to.copyWithin(at, start, start + count)
  else to.set(from.subarray(start, start + count), at)
}

/** @param data the bytes of the segment, none once it is dropped */
export function memory_init(m: MemoryInstance, data: Uint8Array, d: number, s: number, n: number): void {
  const at = d >>> 0
  const start = s >>> 0
  const end = start + (n >>> 0)
  if (end > data.length || at + end - start > m.bytes.length) throw trap_memory()
  m.bytes.set(data.subarray(start, end), at)
}
