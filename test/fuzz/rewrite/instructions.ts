// The instructions of a function body as pieces of its bytes.

import type { Module } from '../../../src/0-wasm/module.ts'
import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import type { ValType } from '../../../src/0-wasm/types.ts'
import { CodeReader } from '../../../src/1-decode/code.ts'
import { VAL_TYPES, type ValName } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import { Pieces, valName } from './editor.ts'

export interface Piece {
  readonly name: OpName
  readonly bytes: Uint8Array
}

export interface Body {
  /** Declared locals, without the parameters. */
  readonly locals: readonly ValType[]
  /** All instructions, the final `end` included. */
  readonly code: readonly Piece[]
}

/** Takes the body of a function of the module apart. */
export function readBody(module: Module, start: number, end: number): Body {
  const reader = new CodeReader(module, start, end)
  const locals = reader.locals()
  const code: Piece[] = []
  while (reader.next()) {
    code.push({ name: reader.ins.op.name, bytes: module.bytes.subarray(reader.ins.offset, reader.pos) })
  }
  return { locals, code }
}

/** The bytes of a body. */
export function writeBody(
  locals: readonly (ValType | ValName)[],
  code: Iterable<Uint8Array | readonly number[]>,
): Uint8Array {
  const out = new Pieces()
  const names = locals.map((type) => (typeof type === 'string' ? type : valName(type)!))
  const runs: { name: ValName; count: number }[] = []
  for (const name of names) {
    const last = runs.at(-1)
    if (last?.name === name) last.count++
    else runs.push({ name, count: 1 })
  }
  out.add(uleb(runs.length))
  for (const { name, count } of runs) out.add([...uleb(count), VAL_TYPES[name]])
  for (const piece of code) out.add(piece)
  return out.bytes()
}
