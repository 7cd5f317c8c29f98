// Memories that several threads share. All threads have views of one SharedArrayBuffer, and one more of one word, which
// says how large the memory is.
//
// Views of a length that is fixed are fast (V8 takes 30 times longer for those that follow the length of their buffer). So
// when another thread has made the memory larger, a thread makes views again, at the latest where it may know of that:
// where it synchronises with others. That is after each atomic instruction, after `memory.size`, and where JavaScript calls
// WebAssembly or returns to it (`shared_memories_renew`). Between these points a thread may take the memory to be smaller
// than it is: the proposal's memory model leaves accesses that nothing orders behind the growth free to do so.

import { address_wide } from './address.ts'
import { LinkError, RuntimeError } from './errors.ts'
import { type Bound, kind_fits, kind_is_wide, kind_page, type MemoryKind, memory_most } from './kinds.ts'
import type { MemoryInstance } from './memory.ts'
import { realm } from './realm.ts'
import { watchers_new, watchers_renew } from './watchers.ts'

/** A buffer as engines of ES2024 have it. */
interface GrowableBuffer extends SharedArrayBuffer {
  readonly grow?: (length: number) => void
}

type GrowableConstructor = new (length: number, options: { maxByteLength: number }) => SharedArrayBuffer

/** What threads hand each other: structured cloning keeps all of it, and a Memory has it as its property `nowasm`. */
export interface SharedState {
  /** As long as the memory, or, where buffers cannot grow, as long as it may become. */
  readonly buffer: GrowableBuffer
  /** Pages of the kind. */
  readonly size: Uint32Array
  /** As declared. */
  readonly max: Bound
  readonly kind: MemoryKind
}

/** A shared Memory of the engine. */
export interface NativeMemory {
  readonly buffer: SharedArrayBuffer
  grow(delta: number | bigint): number | bigint
}

/** What a thread has of a shared memory. */
export interface SharedMemory extends MemoryInstance {
  readonly kind: 'shared memory'
  readonly state: SharedState
  /** The engine's own Memory, if it is one: that alone knows the size, and `state.size` is not used. */
  readonly native: NativeMemory | null
  /** Bytes of a page. */
  readonly page: number
  /** Pages that this thread has views of. */
  pages: number
  /** Beside `bytes`, for atomic accesses. */
  shorts: Uint16Array
  words: Int32Array
  longs: BigInt64Array
}

/**
 * @param min in pages of the kind
 * @param max in pages of the kind
 * @param kind undefined: the common one
 */
export function shared_memory_new(min: Bound, max: Bound, kind?: MemoryKind): SharedMemory {
  shared_needs_engine()
  const known = kind || 'memory'
  kind_fits(known, min)
  const size = new Uint32Array(new SharedArrayBuffer(4))
  size[0] = +min
  const most = shared_most(known, max)
  const buffer = shared_buffer(+min, Math.max(+min, most), kind_page(known))
  return shared_memory_of({ buffer: buffer, size: size, max: max, kind: known }, null)
}

/** Pages that a memory may grow to: all of 4 GiB only if it is of the common kind. */
function shared_most(kind: MemoryKind, max: Bound): number {
  return kind === 'memory' ? +max : Math.min(+max, memory_most() / kind_page(kind))
}

/** In browsers SharedArrayBuffer is there only for pages that are isolated from others. */
function shared_needs_engine(): void {
  if (typeof SharedArrayBuffer === 'function' && typeof Atomics === 'object' && typeof BigInt64Array === 'function')
    return
  throw new LinkError(
    'WebAssembly.Instance(): a shared memory needs SharedArrayBuffer, Atomics and BigInt64Array, which this engine or ' +
      'page (is it cross-origin isolated?) has not; for a program of one thread compile with --threads single',
  )
}

/** A buffer that can grow from `min` to `max` pages. Where there is not room for so much, it can grow less far. */
function shared_buffer(min: number, max: number, page: number): SharedArrayBuffer {
  const length = min * page
  if (min === max) return new SharedArrayBuffer(length)
  const grows = 'growable' in SharedArrayBuffer.prototype
  for (let most = max * page; most > length; most = Math.floor(most / (2 * page)) * page) {
    try {
      if (!grows) return new SharedArrayBuffer(most)
      return new (SharedArrayBuffer as GrowableConstructor)(length, { maxByteLength: most })
    } catch (_) {
      // Half of it, then.
    }
  }
  return new SharedArrayBuffer(length)
}

/** This thread's instance of a memory. */
export function shared_memory_of(state: SharedState, native: NativeMemory | null): SharedMemory {
  const m = {} as { -readonly [Key in keyof SharedMemory]: SharedMemory[Key] }
  m.kind = 'shared memory'
  m.page = kind_page(state.kind)
  const length = native === null ? state.size[0]! * m.page : native.buffer.byteLength
  shared_views(m, new Uint8Array(state.buffer, 0, length))
  m.moves = 0
  m.max = shared_most(state.kind, state.max)
  if (kind_is_wide(state.kind)) m.address = address_wide
  m.watchers = watchers_new()
  m.object = null
  m.state = state
  m.native = native
  if (!realm.shared) realm.shared = []
  realm.shared = realm.shared.filter(function (ref) {
    return ref.deref() !== undefined
  })
  realm.shared.push(shared_ref(m))
  return m
}

/** A reference to a memory that does not keep it alive, where the engine has such. */
function shared_ref(m: SharedMemory): { deref(): unknown } {
  if (typeof WeakRef === 'function') return new WeakRef(m)
  return {
    deref: function () {
      return m
    },
  }
}

function shared_views(m: SharedMemory, bytes: Uint8Array): void {
  const buffer = bytes.buffer
  const length = bytes.length
  m.bytes = bytes
  m.shorts = new Uint16Array(buffer, 0, Math.floor(length / 2))
  m.words = new Int32Array(buffer, 0, Math.floor(length / 4))
  m.longs = new BigInt64Array(buffer, 0, Math.floor(length / 8))
  m.pages = length / m.page
}

/** Makes the views of a memory again if another thread has made it larger. */
export function shared_memory_renew(m: SharedMemory): void {
  const length = m.native === null ? m.state.size[0]! * m.page : m.native.buffer.byteLength
  if (length === m.bytes.length) return
  const bytes = new Uint8Array(m.native === null ? m.state.buffer : m.native.buffer, 0, length)
  watchers_renew(m.watchers, bytes, function () {
    shared_views(m, bytes)
  })
}

/**
 * The same for all memories, where JavaScript may have learnt from another thread that one is larger.
 * @returns its argument
 */
export function shared_memories_renew<T>(x?: T): T {
  const all = realm.shared || []
  for (let i = 0; i < all.length; i++) {
    const m = all[i]!.deref() as SharedMemory | undefined
    if (m) shared_memory_renew(m)
  }
  return x as T
}

/** @returns an i32 */
export function shared_memory_size(m: SharedMemory): number {
  if (m.native === null) Atomics.load(m.state.size, 0)
  shared_memory_renew(m)
  return m.pages | 0
}

/** @returns the old size as an i32, or -1 if the memory cannot grow so far */
export function shared_memory_grow(m: SharedMemory, n: number): number {
  return shared_grow(m, n >>> 0) | 0
}

/** @returns the old size, or -1 if the memory cannot grow so far */
export function shared_grow(m: SharedMemory, n: number): number {
  const old = m.native === null ? shared_grow_own(m, n) : shared_grow_native(m, m.native, n)
  shared_memory_renew(m)
  return old
}

/** The buffer grows first, so that whoever sees the new size has the room. */
function shared_grow_own(m: SharedMemory, n: number): number {
  const state = m.state
  for (;;) {
    const old = Atomics.load(state.size, 0)
    const size = old + n
    // By nothing even one grows that is as large as its declaration says, and larger than others may get.
    if ((size > m.max && n > 0) || !shared_extend(state.buffer, size * m.page)) return -1
    if (Atomics.compareExchange(state.size, 0, old, size) === old) return old
  }
}

/** @returns whether the buffer is that long now, which other threads may have seen to */
function shared_extend(buffer: GrowableBuffer, length: number): boolean {
  if (buffer.byteLength >= length) return true
  try {
    buffer.grow!(length)
  } catch (_) {
    // It has no room, or is longer already.
  }
  return buffer.byteLength >= length
}

function shared_grow_native(m: SharedMemory, native: NativeMemory, n: number): number {
  try {
    return Number(native.grow(m.address ? m.address.write(n) : n))
  } catch (_) {
    return -1
  }
}

/**
 * Waits until another thread notifies.
 * @param wait gives what `Atomics.wait` gives
 * @returns 0 if notified, 1 if the value was not the expected one, 2 if the time was over
 */
export function shared_wait(m: SharedMemory, wait: () => string): number {
  let result: string
  try {
    result = wait()
  } catch (e) {
    // Browsers do not let the main thread wait.
    if (!(e instanceof TypeError)) throw e
    throw new RuntimeError('Atomics.wait cannot be called in this context')
  }
  shared_memory_renew(m)
  return result === 'ok' ? 0 : result === 'not-equal' ? 1 : 2
}
