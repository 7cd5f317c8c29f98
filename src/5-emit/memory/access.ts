// How compiled code sees linear memory: the one interface that the emitter asks.

import type * as es from 'estree'
import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import { bin, type Node, num, u32 } from '../build.ts'
import type { CallRuntime } from '../plain.ts'

/** A place in memory: the memory's index, the address operand, and what is known of it. */
export interface Place {
  readonly memory: number
  /** The address operand, raw: congruent modulo 2^32. A constant has its offset added already. */
  readonly base: Node
  /** Whether the operand is a variable or a constant. */
  readonly isAtom: boolean
  readonly offset: number
  /** Low bits of the operand that are zero for sure, as a power of two: 1 if nothing is known. */
  readonly alignment: number
  /** Whether all accessed bytes are in the memory for sure. */
  readonly isInside: boolean
  /** Bytes behind the accessed ones that must be in bounds too: 0 or 4. */
  readonly guard: number
}

/** The effective address: an unsigned word plus the offset, as a number of 0 to 2^33. */
export function effective({ base, offset }: Place): Node {
  if (base.type === 'Literal') return base
  return offset === 0 ? u32(base) : bin('+', u32(base), num(offset))
}

/** A variable made of a memory's buffer, renewed when that is: a view, or a length. */
export interface View {
  readonly name: string
  make(buffer: Node): Node
}

/** What a strategy may use of the function being emitted. */
export interface Scratch {
  readonly runtime: CallRuntime
  /** A view's variable, which the output then declares. */
  view(name: string): Node
  /** A variable of the function, declared if asked for. Those of loads are not live across another load. */
  scratch(purpose: 'load' | 'loaded' | 'store' | 'index' | 'value' | 'float'): string
}

export interface MemoryAccess {
  /** All views of a memory that the strategy has. */
  views(memory: number): readonly View[]
  /** `f32.load` and `f32.store` where the bits of a NaN may be looked at later. */
  loadBits(scratch: Scratch, place: Place): Node
  storeBits(scratch: Scratch, place: Place, value: Node): es.Statement[]
  load(scratch: Scratch, op: LoadOp, place: Place): Node
  /** @param value of a register or a constant, or of any form if `isAtom` is false */
  store(scratch: Scratch, op: StoreOp, place: Place, value: Node, isAtom: boolean): es.Statement[]
}
