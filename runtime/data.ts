// Active data segments.

import type { MemoryInstance } from './memory.ts'
import { trap } from './traps.ts'

/**
 * Initialises memory from active segments in order, which stand in `data` one behind the other. Traps at the first that
 * is out of bounds; the segments before it stay written.
 * @param pos where in `data` the first begins
 * @param places address and length of each
 */
export function data_run(m: MemoryInstance, data: Uint8Array, pos: number, places: number[]): void {
  let start = pos
  for (let i = 0; i < places.length; i += 2) {
    const end = start + places[i + 1]!
    if (places[i]! + end - start > m.bytes.length) throw trap('data segment out of bounds')
    m.bytes.set(data.subarray(start, end), places[i])
    start = end
  }
}
