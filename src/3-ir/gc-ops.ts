// Instructions on structures, arrays and types: what is known of each, whatever type it names. Operands are the registers of
// the values (an i64 is two words once it is legalized), in the order of Wasm.
//
// A structure may hold small integers. That is settled before there is an operation: what is put into a field is cut to its
// size with its sign, and a read without sign is masked.

import { ARGUMENT, CALL, SHORT } from './bytecode-size.ts'
import { READ_HEAP, READ_MEMORY, READ_TABLE, TRAP, WRITE_HEAP } from './effects.ts'
import type { RegType } from './ir.ts'

interface GcFacts {
  readonly effects: number
  /** Undefined: the type of a field or an element. */
  readonly result: RegType | undefined
  /** What it has to do with of what its type holds. */
  readonly holds: 'fields' | 'field' | 'element' | 'nothing'
  /** It gives nothing: it stands in a statement of its own. */
  readonly isVoid: boolean
  /** Whether its first operand is an array whose elements it has to do with one by one. */
  readonly takesArray: boolean
  /** So many of its first operands stand in several places. */
  readonly repeats: number
  /** Its size as V8 bytecode (bytecode-size.ts), operands not counted. */
  readonly bytes: number
}

const makes = (holds: GcFacts['holds'], effects: number): GcFacts => ({
  effects,
  holds,
  result: 'ref',
  isVoid: false,
  takesArray: false,
  repeats: 0,
  bytes: CALL + ARGUMENT,
})
const gives = (holds: GcFacts['holds'], result: RegType | undefined, effects: number): GcFacts => ({
  ...makes(holds, effects),
  result,
  bytes: SHORT,
})
const does = (holds: GcFacts['holds'], effects: number): GcFacts => ({
  ...makes(holds, effects),
  result: 'i32',
  isVoid: true,
})

/**
 * What is made is new each time, and nothing else happens: it may be made later, or not at all, but never twice. Arrays
 * may be too large to be made.
 */
export const GC_OPS = {
  'struct.new': makes('fields', 0),
  'struct.new_default': makes('nothing', 0),
  // Of what is in a tuple, which is their one operand.
  'struct.of_tuple': makes('nothing', 0),
  'array.of_tuple': makes('nothing', 0),
  'struct.get': gives('field', undefined, READ_HEAP),
  'struct.set': { ...does('field', WRITE_HEAP), repeats: 1, bytes: SHORT },
  'array.new': makes('element', TRAP),
  'array.new_default': makes('element', TRAP),
  'array.new_fixed': makes('element', 0),
  'array.new_data': makes('element', TRAP | READ_MEMORY),
  'array.new_elem': makes('element', TRAP | READ_TABLE),
  'array.get': { ...gives('element', undefined, READ_HEAP), takesArray: true },
  'array.set': { ...does('element', WRITE_HEAP), takesArray: true, repeats: 2, bytes: SHORT },
  'array.len': gives('nothing', 'i32', 0),
  'array.fill': does('element', TRAP | WRITE_HEAP),
  'array.copy': does('nothing', TRAP | READ_HEAP | WRITE_HEAP),
  'array.init_data': does('element', TRAP | READ_MEMORY | WRITE_HEAP),
  'array.init_elem': does('element', TRAP | READ_TABLE | WRITE_HEAP),
  'ref.test': { ...gives('nothing', 'i32', 0), repeats: 1 },
} as const satisfies Record<string, GcFacts>

/**
 * A structure whose fields have more words is made by `struct.new_default`, one of fewer by `struct.new` with zeros: the
 * instruction has a few bytes, and text that grew with the fields each time would not be linear in the code.
 */
export const MANY_WORDS = 64

export type GcOp = keyof typeof GC_OPS

export const isGcOp = (name: string): name is GcOp => Object.hasOwn(GC_OPS, name)

/** Bits of the detail of `ref.test`: null is of the type; the operand may be null; it may be no object, but an i31. */
export const TAKES_NULL = 1
export const MAY_BE_NULL = 2
export const MAY_BE_I31 = 4
