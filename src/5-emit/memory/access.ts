// How compiled code sees linear memory: the one interface that the emitter asks.

import type * as es from 'estree'
import type { LoadOp, StoreOp } from '../../3-lower/ir.ts'
import type { Node } from '../build.ts'
import type { CallRuntime } from '../plain.ts'

/** A place in memory: the memory's index, and the byte address as a node of 0 to 2^33. */
export interface Place {
  readonly memory: number
  readonly address: Node
  /** Bytes behind the accessed ones that must be in bounds too: 0 or 4. */
  readonly guard: number
}

/** A view of a memory: the variable that holds it, and how it is made of a buffer. */
export interface View {
  readonly name: string
  make(buffer: Node): Node
}

/** What a strategy may use of the function being emitted. */
export interface Scratch {
  readonly runtime: CallRuntime
  /** A view's variable, which the output then declares. */
  view(name: string): Node
  /** A variable of the function for addresses (`load` is not live across another load), declared if asked for. */
  scratch(purpose: 'load' | 'store' | 'value' | 'float'): string
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
