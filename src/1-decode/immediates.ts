// Immediates of the younger instructions (spec, "Binary Format / Instructions"): vectors, references, handlers.

import type { RefType } from '../0-wasm/types.ts'
import type { Catch, Instruction } from './instruction.ts'
import { SHAPES } from './opcodes.ts'
import type { Reader } from './reader.ts'
import { SHAPE } from './shape.ts'
import { readHeapType, type Use } from './types.ts'

/** Immediates of shapes that depend on nothing else in the module. */
export function readRest(reader: Reader, ins: Instruction, use: Use): void {
  switch (SHAPES[ins.op.id]) {
    case SHAPE.heaptype:
      ins.heap = readHeapType(reader, use)
      break
    case SHAPE.cast:
      readCast(reader, ins, use)
      break
    case SHAPE.lane:
      ins.lane = reader.byte()
      break
    case SHAPE.words:
      ins.words = readWords(reader)
      break
    case SHAPE.zero:
      readZero(reader)
      break
    default:
      throw new Error(`${ins.op.name} has immediates of a shape that is not read`)
  }
}

/** The 16 bytes of a vector or a shuffle. */
const readWords = (reader: Reader): number[] => [reader.word(), reader.word(), reader.word(), reader.word()]

const NULLABLE_FROM = 1
const NULLABLE_TO = 2

/** A label and the two types of `br_on_cast`. */
function readCast(reader: Reader, ins: Instruction, use: Use): void {
  const flags = reader.byte()
  if (flags > (NULLABLE_FROM | NULLABLE_TO)) throw reader.fail('malformed cast flags', reader.pos - 1)
  ins.index = reader.u32()
  const type = (isNullable: number): RefType => ({ nullable: isNullable !== 0, heap: readHeapType(reader, use) })
  ins.from = type(flags & NULLABLE_FROM)
  ins.to = type(flags & NULLABLE_TO)
}

const CATCH_REF = 1
const CATCH_ALL = 2

/** @param count of clauses, of which each takes two bytes at least */
export function readCatches(reader: Reader, count: number): Catch[] {
  const catches: Catch[] = []
  for (let left = count; left > 0; left--) {
    const kind = reader.byte()
    if (kind > (CATCH_REF | CATCH_ALL)) throw reader.fail('malformed catch clause', reader.pos - 1)
    const tag = kind & CATCH_ALL ? undefined : reader.u32()
    catches.push({ tag, isRef: (kind & CATCH_REF) !== 0, label: reader.u32() })
  }
  return catches
}

/** The reserved byte of an instruction that could name something one day. */
function readZero(reader: Reader): void {
  if (reader.byte() !== 0) throw reader.fail('zero byte expected', reader.pos - 1)
}
