// Facts on registers, found from registers to registers along definitions and reads, and not along control (sparse data-flow
// analysis). Forward: what a register holds follows from what it is set to. Backward: what is asked of a register follows
// from what is asked of those that are set from it. Either way a register is looked at again only if something that it
// depends on has changed, and each changes a bounded number of times.

import type { Expr } from '../../3-ir/expr.ts'
import { zeroOf } from '../../3-ir/expressions.ts'
import type { Func, Reg } from '../../3-ir/ir.ts'
import type { DefUse } from './def-use.ts'

/** By register id; undefined: nothing has been set there yet. */
export type Facts<Fact> = readonly (Fact | undefined)[]

/** What is known of registers, as a lattice: `join` goes towards `top`, in a bounded number of steps. */
export interface Forward<Fact> {
  /** Whether it is about a register. */
  covers(reg: Reg): boolean
  /** What is true of every value of a register: always the same, since nothing changes it any more. */
  top(reg: Reg): Fact
  /** What is known of an expression; undefined: nothing has been set that it is made of. */
  transfer(value: Expr, facts: Facts<Fact>): Fact | undefined
  /**
   * What is known of a value that is one or the other.
   *
   * @param changes how often the register has changed before: the more often, the more is given up at once
   * @returns `old` itself if it stays true
   */
  join(old: Fact, made: Fact, changes: number): Fact
}

/**
 * Optimistic: what is only set from itself stays what it starts with. Of parameters, results of calls and states of
 * dispatches nothing is known; locals start at zero.
 *
 * @returns the facts by register id
 */
export function solveForward<Fact>(func: Func, uses: DefUse, domain: Forward<Fact>): Facts<Fact> {
  const facts: (Fact | undefined)[] = new Array(func.regCount).fill(undefined)
  const isUnknown = (reg: Reg): void => {
    if (domain.covers(reg)) facts[reg.id] = domain.top(reg)
  }
  for (const reg of func.locals) if (domain.covers(reg)) facts[reg.id] = domain.transfer(zeroOf(reg.type), facts)
  func.params.forEach(isUnknown)
  uses.states.forEach(isUnknown)
  const { definitions } = uses
  const changes = new Uint8Array(func.regCount)
  const queue = new Queue(definitions.length)
  definitions.forEach((stmt, number) => {
    if (stmt.kind === 'call') stmt.regs.forEach(isUnknown)
    else if (domain.covers(stmt.reg)) queue.add(number)
  })
  const again = (number: number): void => {
    const stmt = definitions[number]!
    if (stmt.kind === 'set' && domain.covers(stmt.reg)) queue.add(number)
  }
  for (let number = queue.take(); number !== undefined; number = queue.take()) {
    const reg = definitions[number]!.regs[0]!
    const { id } = reg
    const old = facts[id]
    if (old === domain.top(reg)) continue
    const made = domain.transfer(definitions[number]!.value, facts)
    if (made === undefined) continue
    const joined = old === undefined ? made : domain.join(old, made, changes[id]!)
    if (joined === old) continue
    facts[id] = joined
    if (changes[id]! < 255) changes[id]!++
    uses.forEachReader(id, again)
  }
  return facts
}

/** Spreads what is asked of registers to those that they are set from. */
export class Backward {
  readonly #uses: DefUse
  readonly #queue: Queue

  constructor(uses: DefUse) {
    this.#uses = uses
    this.#queue = new Queue(uses.definitions.length)
  }

  /** To be called when more is asked of a register than before. */
  changed(id: number): void {
    this.#uses.forEachDefinition(id, (number) => this.#queue.add(number))
  }

  /** @param ask asks what the definition of that number needs of the registers that it reads, and calls `changed` */
  solve(ask: (definition: number) => void): void {
    for (let number = this.#queue.take(); number !== undefined; number = this.#queue.take()) ask(number)
  }
}

/** Numbers below a limit, first in, first out, each at most once. */
class Queue {
  readonly #ring: Int32Array
  readonly #isIn: Uint8Array
  #first = 0
  #count = 0

  constructor(limit: number) {
    this.#ring = new Int32Array(limit)
    this.#isIn = new Uint8Array(limit)
  }

  add(number: number): void {
    if (this.#isIn[number] === 1) return
    this.#isIn[number] = 1
    const place = this.#first + this.#count++
    this.#ring[place < this.#ring.length ? place : place - this.#ring.length] = number
  }

  take(): number | undefined {
    if (this.#count === 0) return undefined
    const number = this.#ring[this.#first]!
    this.#isIn[number] = 0
    this.#count--
    if (++this.#first === this.#ring.length) this.#first = 0
    return number
  }
}
