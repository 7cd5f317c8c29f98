// How compiled code sees linear memory: the one interface that the emitter asks.

import type * as es from 'estree'
import type { ElementLoad, ElementStore } from '../../3-ir/expr.ts'
import type { RuntimeName } from '../../3-ir/runtime-names.ts'
import { bin, type Node, num, u32 } from '../build.ts'
import type { CallRuntime } from '../meaning.ts'

/** A place in memory: the memory's index, the address operand, and what is known of it. */
export interface Place {
  readonly memory: number
  /** The address operand, raw: congruent modulo 2^32. A constant has its offset added already. */
  readonly base: Node
  /** Whether the operand is a variable or a constant. */
  readonly isAtom: boolean
  readonly offset: number
  /** The index of the element that is so many bytes before the accessed one, if a register holds it. */
  readonly index: { readonly node: Node; readonly offset: number } | undefined
  /** A power of two that divides the operand for sure: 1 if nothing is known, or memory is not seen as elements. */
  readonly alignment: number
  /** Whether all accessed bytes are in the memory for sure. */
  readonly isInside: boolean
  /** Bytes behind the accessed ones that must be in bounds too: 0 or 4. */
  readonly guard: number
  /** The address with its offset as a number that is negative, or too large, only where it is out of bounds. */
  readonly signed: Node | undefined
}

/** The effective address: an unsigned word plus the offset, as a number of 0 to 2^33. */
export function effective({ base, offset }: Place): Node {
  if (base.type === 'Literal') return base
  return offset === 0 ? u32(base) : bin('+', u32(base), num(offset))
}

/** How an instance keeps the views of one memory. */
export interface KeptViews {
  /** Of what they are read from. */
  readonly declaration: es.Statement
  /** A function that is called with the memory's bytes, at first and after each growth. */
  readonly watcher: Node
  /** What of the runtime it uses. */
  readonly runtime: readonly RuntimeName[]
}

/** What a strategy may use of the function being emitted. */
export interface Scratch {
  readonly runtime: CallRuntime
  /** An access, which is from the instruction at work. */
  mark<T extends es.Node>(node: T): T
  /** A view to read from here; the output then keeps it. */
  view(name: string): Node
  /** Whether the function reads a view often enough that it may be one of its own. */
  wantsView(name: string): boolean
  /** A variable of the function, declared if asked for. Those of loads are not live across another load. */
  scratch(purpose: 'load' | 'loaded' | 'store' | 'index' | 'value' | 'float'): string
}

export interface MemoryAccess {
  /** Whether a negative address is out of bounds by itself. */
  readonly refusesNegative: boolean
  /** Whether memory is seen as arrays of elements, by index. */
  readonly byElement: boolean
  /** A view, read from where the instance keeps it. */
  view(name: string): Node
  /** All views that functions may use of a memory; undefined: there are too many to keep them all. */
  views(memory: number): readonly string[] | undefined
  /** How the instance keeps a memory's views; undefined if none of them is used. */
  keep(memory: number, used: ReadonlySet<string>): KeptViews | undefined
  /** `f32.load` where the bits of a NaN may be looked at later. */
  loadBits(scratch: Scratch, place: Place): Node
  /** A store of a float that may be a NaN with bits of its own. */
  storeBits(
    scratch: Scratch,
    op: 'f32.store' | 'f64.store',
    place: Place,
    value: Node,
    isSimple: boolean,
  ): es.Statement[]
  load(scratch: Scratch, op: ElementLoad, place: Place): Node
  /** @param isSimple whether the value has no effects and is small enough to be there twice */
  store(scratch: Scratch, op: ElementStore, place: Place, value: Node, isSimple: boolean): es.Statement[]
}
