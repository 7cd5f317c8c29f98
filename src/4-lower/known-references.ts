// What is known of references where an instruction stands: which registers hold one that is not null, and the type that it
// was found to be of last. At each `if` this is kept for the other arm, so it is a tree that is never changed: to keep it
// costs nothing, and two that were one before are compared only where they differ.
//
//   if (a !== null) { A; B } else { C }       what is known before A is known before C, whatever A checks

import type { HeapType } from '../0-wasm/types.ts'
import type { Reg } from '../3-ir/ir.ts'

/** A register with a reference that is not null. */
interface Known {
  readonly reg: Reg
  /** The type that it is of, if that was found. */
  readonly heap: HeapType | undefined
}

/** Registers by a bit of their id: bit 0 at the root, one more at each level. At least two registers are below. */
interface Fork {
  readonly zero: KnownTree
  readonly one: KnownTree
}

/** What is known, as it was kept; undefined: nothing. */
export type KnownTree = Known | Fork | undefined

const isFork = (tree: Known | Fork): tree is Fork => 'zero' in tree

export class KnownReferences {
  #all: KnownTree

  /** What is known here, to come back to. */
  save(): KnownTree {
    return this.#all
  }

  restore(saved: KnownTree): void {
    this.#all = saved
  }

  get isEmpty(): boolean {
    return this.#all === undefined
  }

  clear(): void {
    this.#all = undefined
  }

  /** Whether it holds a reference that is not null. */
  knows(reg: Reg): boolean {
    return find(this.#all, reg.id, 0) !== undefined
  }

  /** The type that it was found to be of. */
  heapOf(reg: Reg): HeapType | undefined {
    return find(this.#all, reg.id, 0)?.heap
  }

  add(reg: Reg, heap: HeapType | undefined): void {
    this.#all = put(this.#all, { reg, heap }, 0)
  }

  /** A register that is set. */
  remove(reg: Reg): void {
    this.#all = without(this.#all, reg.id, 0)
  }

  /** Keeps what was known where `other` was saved, too. */
  meet(other: KnownTree): void {
    this.#all = both(this.#all, other, 0)
  }
}

const sideOf = ({ zero, one }: Fork, id: number, bit: number): KnownTree => (((id >> bit) & 1) === 0 ? zero : one)

function find(tree: KnownTree, id: number, from: number): Known | undefined {
  let at = tree
  for (let bit = from; at !== undefined && isFork(at); bit++) at = sideOf(at, id, bit)
  return at?.reg.id === id ? at : undefined
}

const forkOf = (isOne: boolean, own: KnownTree, other: KnownTree): Fork =>
  isOne ? { zero: other, one: own } : { zero: own, one: other }

function put(tree: KnownTree, known: Known, bit: number): Known | Fork {
  if (tree === undefined) return known
  const isOne = ((known.reg.id >> bit) & 1) === 1
  if (isFork(tree)) {
    const { zero, one } = tree
    return forkOf(isOne, put(isOne ? one : zero, known, bit + 1), isOne ? zero : one)
  }
  if (tree.reg.id === known.reg.id) return known
  const isOtherOne = ((tree.reg.id >> bit) & 1) === 1
  return isOne === isOtherOne ? forkOf(isOne, put(tree, known, bit + 1), undefined) : forkOf(isOne, known, tree)
}

/** The same tree if nothing is taken from it. */
function without(tree: KnownTree, id: number, bit: number): KnownTree {
  if (tree === undefined) return undefined
  if (!isFork(tree)) return tree.reg.id === id ? undefined : tree
  const { zero, one } = tree
  return ((id >> bit) & 1) === 0
    ? joined(tree, without(zero, id, bit + 1), one)
    : joined(tree, zero, without(one, id, bit + 1))
}

/** A fork of these, `tree` itself if it is: one register needs no fork. */
function joined(tree: Fork, zero: KnownTree, one: KnownTree): KnownTree {
  if (zero === tree.zero && one === tree.one) return tree
  if (zero === undefined && (one === undefined || !isFork(one))) return one
  if (one === undefined && !isFork(zero!)) return zero
  return { zero, one }
}

/** What is in both trees: of no known type where these say different ones. */
function both(a: KnownTree, b: KnownTree, bit: number): KnownTree {
  if (a === b || a === undefined || b === undefined) return b === undefined ? undefined : a
  if (!isFork(a)) return same(a, find(b, a.reg.id, bit))
  if (!isFork(b)) return same(b, find(a, b.reg.id, bit))
  return joined(a, both(a.zero, b.zero, bit + 1), both(a.one, b.one, bit + 1))
}

function same(a: Known, b: Known | undefined): Known | undefined {
  if (b === undefined || a.heap === b.heap) return b && a
  return { reg: a.reg, heap: undefined }
}
