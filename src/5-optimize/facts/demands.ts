// What is needed of each register, wherever it is read: nothing of one that is dead. What is needed of a register is what
// those need that are set from it, as far as they are needed themselves (faint variables; Giegerich, Möncke & Wilhelm 1981).
//
//   i = i + 1, and nobody else reads i        i is dead
//   x = y + z; i32.store8 (p) (x)             the lowest 8 bits of x, y and z

import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr } from '../../3-ir/expr.ts'
import type { Func, Reg, Stmt } from '../../3-ir/ir.ts'
import { ACCESSES, type AccessFacts } from '../../3-ir/ops/accesses.ts'
import { DefUse } from './def-use.ts'
import { bits, type Demand, demandOn, EVERYTHING, hasOwnEffect, isNothing, NAN_BITS, NOTHING } from './demand.ts'
import { Backward } from './sparse.ts'

export function findDemands(func: Func, uses = new DefUse(func)): Demands {
  const demands = new Demands(func.regCount, uses)
  demands.solve()
  return demands
}

/** A register whose demand has grown this often counts as needed whole, so that an end is reached. */
const MAX_CHANGES = 12

export class Demands {
  readonly #lo: Int32Array
  readonly #hi: Int32Array
  readonly #changes: Uint8Array
  readonly #uses: DefUse
  readonly #backward: Backward
  readonly #partly = new Set<Stmt>()
  /** Whether something in the statement at hand is not needed whole. */
  #isPart = false

  constructor(regCount: number, uses: DefUse) {
    this.#lo = new Int32Array(regCount)
    this.#hi = new Int32Array(regCount)
    this.#changes = new Uint8Array(regCount)
    this.#uses = uses
    this.#backward = new Backward(uses)
  }

  /** What is needed of a register. */
  of({ id }: Reg): Demand {
    return bits(this.#lo[id]!, this.#hi[id]!)
  }

  /** Whether nobody needs it: what sets it may go, but for its effects; what reads it, reads anything. */
  isDead({ id }: Reg): boolean {
    return (this.#lo[id]! | this.#hi[id]!) === 0
  }

  /** Whether any bit of the high word of an i64 is needed. */
  needsHigh({ id }: Reg): boolean {
    return this.#hi[id] !== 0
  }

  /** Whether somebody may look at the bits of a NaN in it. */
  nanObserved({ id, type }: Reg): boolean {
    return (type === 'f32' || type === 'f64') && (this.#lo[id]! & NAN_BITS) !== 0
  }

  /** Whether there may be something in a statement's own expressions that is not needed, or of which only some bits are. */
  needsPartOf(stmt: Stmt): boolean {
    for (let i = 0; i < stmt.regs.length; i++) if (this.isDead(stmt.regs[i]!)) return true
    return this.#partly.has(stmt)
  }

  /** Finds out what is needed of all registers; once. */
  solve(): void {
    const { definitions, others, states } = this.#uses
    for (const reg of states) this.#ask(reg, EVERYTHING)
    for (let i = others.length - 1; i >= 0; i--) this.#other(others[i]!)
    for (let i = definitions.length - 1; i >= 0; i--) this.#effects(definitions[i]!.value)
    this.#backward.solve((number) => {
      const stmt = definitions[number]!
      const { kind, regs, value } = stmt
      // Each of several results is made of all operands.
      const needed = kind === 'set' ? this.of(regs[0]!) : regs.every((reg) => this.isDead(reg)) ? NOTHING : EVERYTHING
      if (isNothing(needed)) return
      this.#isPart = false
      this.#expr(value, needed)
      if (this.#isPart) this.#partly.add(stmt)
    })
  }

  #other(stmt: Stmt): void {
    this.#isPart = false
    for (let i = 0; i < stmt.args.length; i++) this.#expr(stmt.args[i]!, demandIn(stmt, i))
    if (this.#isPart) this.#partly.add(stmt)
  }

  /** Asks for what the effects of an expression are made of, whoever needs its value. */
  #effects(e: Expr): void {
    if ((e.effects & (LEAVE | WRITE)) !== 0) this.#expr(e, NOTHING)
  }

  #expr(e: Expr, needed: Demand): void {
    if (isPartOf(e, needed)) this.#isPart = true
    if (e.reads === 0 || (isNothing(needed) && (e.effects & (LEAVE | WRITE)) === 0)) return
    if (e.kind === 'reg') return this.#ask(e.reg, needed)
    for (let i = 0; i < e.args.length; i++) this.#expr(e.args[i]!, demandOn(e, i, needed))
  }

  #ask({ id, type }: Reg, needed: Demand): void {
    const oldLo = this.#lo[id]!
    const oldHi = this.#hi[id]!
    const hasHigh = type === 'i64' || type === 'i64cell'
    const lo = oldLo | (needed.lo & meaningOf(type))
    const hi = hasHigh ? oldHi | needed.hi : 0
    if (lo === oldLo && hi === oldHi) return
    const isTooOften = this.#changes[id]!++ >= MAX_CHANGES
    this.#lo[id] = isTooOften ? meaningOf(type) : lo
    this.#hi[id] = isTooOften && hasHigh ? -1 : hi
    this.#backward.changed(id)
  }
}

/** Whether something in an expression's value is not needed. */
function isPartOf(e: Expr, { lo, hi }: Demand): boolean {
  if (e.kind === 'const' || hasOwnEffect(e)) return false
  if (e.type === 'i32') return lo !== -1
  return e.type === 'i64' || e.type === 'i64cell' ? (lo & hi) !== -1 : lo === 0
}

/** The bits of `Demand.lo` that say something of a register. */
function meaningOf(type: Reg['type']): number {
  switch (type) {
    case 'i32':
    case 'i64':
    case 'i64cell':
      return -1
    case 'f32':
    case 'f64':
      return 1 | NAN_BITS
    case 'ref':
    case 'v128':
      return 1
    default:
      return type satisfies never
  }
}

/** What a statement that sets no register needs of an operand. */
export function demandIn(stmt: Stmt, place: number): Demand {
  if (stmt.kind === 'expr') return NOTHING
  return stmt.kind === 'store' && place === 1 ? STORED.get(stmt.op)! : EVERYTHING
}

/** The bits that a store writes; of a store of a whole value, everything is needed. */
function storedBits({ type, bytes }: AccessFacts): Demand {
  if (bytes >= (type === 'i64' ? 8 : 4)) return EVERYTHING
  return bits(bytes === 4 ? -1 : 2 ** (8 * bytes) - 1)
}

const STORED = new Map(Object.values(ACCESSES).map((facts) => [facts.op, storedBits(facts)]))
