// Active data segments, packed into one blob.

import type { MemoryInstance } from './memory.ts'
import { trap } from './traps.ts'

/**
 * Initialises memory from `count` active segments in order, each of them in `data` as offset, length (both uleb128) and
 * bytes. Traps at the first that is out of bounds; the segments before it stay written.
 * @param pos where in `data` the first begins
 * @returns where in `data` the last ends
 */
export function data_run(m: MemoryInstance, data: Uint8Array, pos: number, count: number): number {
  const bytes = m.bytes
  let at = pos
  for (let i = 0; i < count; i++) {
    const offset = data_uleb(data, at)
    at += data_uleb_size(offset)
    const length = data_uleb(data, at)
    at += data_uleb_size(length)
    if (offset + length > bytes.length) throw trap('data segment out of bounds')
    if (length > 32) bytes.set(data.subarray(at, at + length), offset)
    else for (let j = 0; j < length; j++) bytes[offset + j] = data[at + j]
    at += length
  }
  return at
}

function data_uleb(data: Uint8Array, pos: number): number {
  let value = 0
  let unit = 1
  let at = pos
  while (data[at] >= 128) {
    value += (data[at++] & 127) * unit
    unit *= 128
  }
  return value + data[at] * unit
}

/** Bytes of the shortest uleb128, the only form the emitter writes. */
function data_uleb_size(value: number): number {
  return value < 128 ? 1 : value < 16384 ? 2 : value < 2097152 ? 3 : value < 268435456 ? 4 : 5
}
