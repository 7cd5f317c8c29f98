// The program's memory as the functions of WASI see it: little-endian numbers, bytes and texts at addresses, all checked.

import { fail } from './errno.ts'

/** A memory of any kind: an engine's own, one of an output, of nowasm/webassembly, shared or not. */
export interface MemoryLike {
  readonly buffer: ArrayBufferLike
}

/** Of what is UTF-8 only. Making one takes longer than most calls of the system. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export class GuestMemory {
  #memory: MemoryLike | undefined
  #view: DataView<ArrayBufferLike> = new DataView(new ArrayBuffer(0))

  attach(memory: MemoryLike): void {
    this.#memory = memory
  }

  /** Throws an Error for a program that has no memory yet: its own mistake, not one that it could handle. */
  get #data(): DataView {
    if (!this.#memory) throw new Error('a WASI program must export its memory, as "memory", and be started by WASI')
    const { buffer } = this.#memory
    // A view of a buffer that can be resized follows it; any other memory has another buffer once it has grown.
    if (this.#view.buffer !== buffer) this.#view = new DataView(buffer)
    return this.#view
  }

  /** Whether other threads may change the bytes at any time. Functions of the host get copies of such. */
  get isShared(): boolean {
    return !(this.#data.buffer instanceof ArrayBuffer)
  }

  /** The address as an index, if `length` bytes from there are inside. */
  #index(at: number, length: number): number {
    const index = at >>> 0
    if (index + length > this.#data.byteLength) fail('OVERFLOW')
    return index
  }

  u8(at: number): number {
    return this.#data.getUint8(this.#index(at, 1))
  }

  u16(at: number): number {
    return this.#data.getUint16(this.#index(at, 2), true)
  }

  u32(at: number): number {
    return this.#data.getUint32(this.#index(at, 4), true)
  }

  u64(at: number): bigint {
    return this.#data.getBigUint64(this.#index(at, 8), true)
  }

  setU8(at: number, value: number): void {
    this.#data.setUint8(this.#index(at, 1), value)
  }

  setU16(at: number, value: number): void {
    this.#data.setUint16(this.#index(at, 2), value, true)
  }

  setU32(at: number, value: number): void {
    this.#data.setUint32(this.#index(at, 4), value, true)
  }

  setU64(at: number, value: bigint): void {
    this.#data.setBigUint64(this.#index(at, 8), value, true)
  }

  /** The bytes themselves, not a copy. A length below 0 is one that the program counts without a sign. */
  bytes(at: number, length: number): Uint8Array {
    const size = length < 0 ? length >>> 0 : length
    return new Uint8Array(this.#data.buffer, this.#index(at, size), size)
  }

  /** A text: of a copy, which no other thread can change any more, and of what is UTF-8 only. */
  text(at: number, length: number): string {
    const bytes = this.bytes(at, length).slice()
    try {
      return strict.decode(bytes)
    } catch {
      return fail('ILSEQ')
    }
  }

  /** The parts that an array of `iovec` or `ciovec` (address, length) names, without the empty ones. */
  vectors(at: number, count: number): Uint8Array[] {
    this.#index(at, (count >>> 0) * 8)
    const parts: Uint8Array[] = []
    for (let i = 0; i < count >>> 0; i++) {
      const part = this.bytes(this.u32(at + 8 * i), this.u32(at + 8 * i + 4))
      if (part.length > 0) parts.push(part)
    }
    return parts
  }
}
