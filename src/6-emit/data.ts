// The bytes of the data segments, in one block, and where they go.

import type { DataSegment, Module } from '../0-wasm/module.ts'
import { constantOffset } from './offset.ts'

/** What instantiation calls for the block. */
export const DATA = 'data'

/** What instantiation does with the block, in the order of the segments. */
export type DataStep =
  | {
      /** Active segments with constant offsets; `places` are offset and length of each. */
      readonly kind: 'run'
      readonly memory: number
      readonly pos: number
      readonly places: number[]
    }
  | {
      readonly kind: 'segment'
      readonly index: number
      readonly segment: DataSegment
      readonly start: number
      readonly end: number
    }

export interface DataLayout {
  readonly bytes: Uint8Array
  readonly steps: readonly DataStep[]
}

export function layOutData(module: Module): DataLayout {
  const size = module.data.reduce((sum, { start, end }) => sum + end - start, 0)
  const writer = new Writer(size)
  const steps: DataStep[] = []
  for (const [index, segment] of module.data.entries()) {
    const bytes = module.bytes.subarray(segment.start, segment.end)
    const offset = constantOffset(module, segment.mode)
    if (offset === undefined || segment.mode.kind !== 'active') {
      const start = writer.length
      writer.bytes(bytes)
      steps.push({ kind: 'segment', index, segment, start, end: writer.length })
      continue
    }
    const last = steps[steps.length - 1]
    if (last?.kind === 'run' && last.memory === segment.mode.index) last.places.push(offset, bytes.length)
    else steps.push({ kind: 'run', memory: segment.mode.index, pos: writer.length, places: [offset, bytes.length] })
    writer.bytes(bytes)
  }
  return { bytes: writer.result(), steps }
}

class Writer {
  readonly #bytes: Uint8Array
  length = 0

  constructor(size: number) {
    this.#bytes = new Uint8Array(size)
  }

  bytes(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  result(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}
