// What handlers of exceptions keep where it is. A part that throws gives nothing back: what it has set a register to, which a
// handler around the call reads, would be lost.
//
//   try { l0 = 1; f(); l0 = 2; g() } catch { ... l0 ... }        f() and g() may become parts, the sets may not

import type { Compound, List, Stmt } from '../../3-ir/ir.ts'
import { hasHandlers, isCompound } from '../../3-ir/statements.ts'
import { forEachStmt, someCompound } from '../../3-ir/walk.ts'
import { type Bits, copyOf, hasBit } from '../bits.ts'
import type { Liveness } from '../liveness.ts'

/** @returns the statements of bodies of `try` that set what a handler around them reads, and those that hold such statements */
export function findPinned(body: List, liveness: Liveness): ReadonlySet<Stmt> {
  const pinned = new Set<Stmt>()
  if (!someCompound(body, hasHandlers)) return pinned
  const finder = new PinnedFinder(liveness, handlersIn(body, liveness), pinned)
  finder.list(body, [])
  return pinned
}

/** What is live at the start of each handler. */
function handlersIn(body: List, liveness: Liveness): ReadonlyMap<List, Bits> {
  const handlers = new Map<List, Bits>()
  const wanted = new Set<List>()
  forEachStmt(body, (stmt) => {
    if (stmt.kind === 'try') wanted.add(stmt.handler)
  })
  liveness.visit((list) => {
    if (!wanted.has(list)) return undefined
    return (index, live) => {
      if (index === 0) handlers.set(list, copyOf(live))
    }
  })
  return handlers
}

class PinnedFinder {
  readonly #liveness: Liveness
  readonly #handlers: ReadonlyMap<List, Bits>
  readonly #pinned: Set<Stmt>

  constructor(liveness: Liveness, handlers: ReadonlyMap<List, Bits>, pinned: Set<Stmt>) {
    this.#liveness = liveness
    this.#handlers = handlers
    this.#pinned = pinned
  }

  /**
   * @param around what is live at the start of the handlers around, the innermost last
   * @returns which of them need something that a statement sets: bits, the outermost is the lowest
   */
  list(list: List, around: readonly Bits[]): number {
    let needed = 0
    for (const stmt of list) {
      const bits = this.#stmt(stmt, around)
      if (bits !== 0) this.#pinned.add(stmt)
      needed |= bits
    }
    return needed
  }

  /** A statement is pinned by the handlers around it: those inside of it move along. */
  #stmt(stmt: Stmt, around: readonly Bits[]): number {
    let needed = 0
    around.forEach((live, depth) => {
      if (stmt.regs.some((reg) => this.#isLive(live, reg))) needed |= handlerBit(depth)
    })
    if (!isCompound(stmt)) return needed
    const own = around.length > LAST_BIT ? -1 : (1 << around.length) - 1
    stmt.bodies.forEach((body, i) => {
      const handler = this.#handlerOf(stmt, i)
      const inner = handler === undefined ? around : [...around, handler]
      needed |= this.list(body, inner) & own
    })
    return needed
  }

  /** What is live at the start of the handler of a body. */
  #handlerOf(stmt: Compound, body: number): Bits | undefined {
    if (stmt.kind === 'try' && body === 0) return this.#handlers.get(stmt.handler)
    const label = stmt.kind === 'dispatch' ? stmt.arms[body]!.handler : undefined
    return label && this.#liveness.at(label)
  }

  /** A register without a bit is read in the list that sets it, and in no other. */
  #isLive(live: Bits, reg: Stmt['regs'][number]): boolean {
    const bit = this.#liveness.bitOf(reg)
    return bit >= 0 && hasBit(live, bit)
  }
}

/** Handlers deeper than this have one bit together. */
const LAST_BIT = 31

const handlerBit = (depth: number): number => 1 << Math.min(depth, LAST_BIT)
