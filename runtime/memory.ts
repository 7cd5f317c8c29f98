// Memory instances. Sizes are in pages of 64 KiB; addresses and counts are i32 of unsigned meaning.

import { buffer_resize, buffer_roomy } from './buffers.ts'
import { trap_memory } from './traps.ts'

/** The same object in all modules that share the memory. */
export interface MemoryInstance {
  readonly kind: 'memory'
  /** The memory. Its buffer may go on behind it, as long as JavaScript has not seen it. */
  bytes: Uint8Array
  isSeen: boolean
  /** The most pages it may have, -1: no limit of its own. */
  readonly max: number
  /** Told of the bytes after each growth. */
  readonly watchers: Watcher[]
  /** Its Memory object, once one is made. */
  object: object | null
}

/** Makes views of the first `bytes.length` bytes of `bytes.buffer`. */
type Watcher = (bytes: Uint8Array) => void

/** @param max -1: none */
export function memory_new(min: number, max: number): MemoryInstance {
  const bytes = new Uint8Array(min * 65536)
  return { kind: 'memory', bytes: bytes, isSeen: false, max: max, watchers: [], object: null }
}

/** Calls `f` with the memory's bytes, now and after each growth. */
export function memory_watch(m: MemoryInstance, f: Watcher): void {
  m.watchers.push(f)
  f(m.bytes)
}

/** The buffer for JavaScript: it is as long as the memory, and from now on growth detaches it. */
export function memory_buffer(m: MemoryInstance): ArrayBuffer {
  m.isSeen = true
  if (m.bytes.length !== m.bytes.buffer.byteLength) memory_set(m, new Uint8Array(m.bytes))
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
    memory_set(m, memory_grown(m, size * 65536, max * 65536))
  } catch (_) {
    return -1
  }
  return old
}

function memory_set(m: MemoryInstance, bytes: Uint8Array): void {
  m.bytes = bytes
  for (let i = 0; i < m.watchers.length; i++) m.watchers[i]!(bytes)
}

/**
 * The bytes in a larger memory. What nobody has seen gets room for more, so that growing page by page copies little,
 * and is not detached: V8 14 no longer inlines DataView accesses in its middle tier once any buffer was (1.5 times the
 * time until code is optimised).
 */
function memory_grown(m: MemoryInstance, length: number, max: number): Uint8Array {
  const bytes = m.bytes
  const buffer = bytes.buffer as ArrayBuffer
  // Growth by 0 makes a new buffer too, as the JavaScript API says.
  if (m.isSeen) return new Uint8Array(buffer_resize(buffer, length))
  if (length <= buffer.byteLength) return new Uint8Array(buffer, 0, length)
  const grown = new Uint8Array(buffer_roomy(length, Math.min(2 * bytes.length, max)), 0, length)
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
