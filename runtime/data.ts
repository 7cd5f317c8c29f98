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
  function uleb(): number {
    let value = 0
    let unit = 1
    while (data[at] >= 128) {
      value += (data[at++] & 127) * unit
      unit *= 128
    }
    return value + data[at++] * unit
  }
  for (let i = 0; i < count; i++) {
    const offset = uleb()
    const length = uleb()
    if (offset + length > bytes.length) throw trap('data segment out of bounds')
    if (length > 32) bytes.set(data.subarray(at, at + length), offset)
    else for (let j = 0; j < length; j++) bytes[offset + j] = data[at + j]
    at += length
  }
  return at
}
