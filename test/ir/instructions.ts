// Which instruction is where in a module.

import { CodeReader } from '../../src/1-decode/code.ts'
import { decode } from '../../src/1-decode/decode.ts'

export interface Found {
  readonly name: string
  /** The first index immediate, if it has one. */
  readonly index: number
}

/** The instructions of all functions, by byte offset. */
export function instructionsOf(bytes: Uint8Array): ReadonlyMap<number, Found> {
  const module = decode(bytes)
  const found = new Map<number, Found>()
  for (const { body } of module.funcs) {
    if (body === undefined) continue
    const reader = new CodeReader(module, body.start, body.end)
    reader.locals(0)
    while (reader.next()) found.set(reader.ins.offset, { name: reader.ins.op.name, index: reader.ins.index })
  }
  return found
}
