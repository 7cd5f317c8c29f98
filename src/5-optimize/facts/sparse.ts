// Facts on registers, found from registers to registers along definitions and reads, and not along control (sparse data-flow
// analysis). Forward: what a register holds follows from what it is set to. Backward: what is asked of a register follows
// from what is asked of those that are set from it. Either way a register is looked at again only if something that it
// depends on has changed, and each changes a bounded number of times.

import type { Expr } from '../../3-ir/expr.ts'
import { zeroOf } from '../../3-ir/expressions.ts'
import type { Func, Reg } from '../../3-ir/ir.ts'
import { forEachRead } from '../../3-ir/walk.ts'
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

/** Nothing is known of a register. */
function forget<Fact>(reg: Reg, facts: (Fact | undefined)[], domain: Forward<Fact>): void {
  if (domain.covers(reg)) facts[reg.id] = domain.top(reg)
}

/** What is known before anything is set. */
function factsAtStart<Fact>(func: Func, uses: DefUse, domain: Forward<Fact>): (Fact | undefined)[] {
  const facts: (Fact | undefined)[] = new Array(func.regCount).fill(undefined)
  for (const reg of func.locals) if (domain.covers(reg)) facts[reg.id] = domain.transfer(zeroOf(reg.type), facts)
  for (let i = 0; i < func.params.length; i++) forget(func.params[i]!, facts, domain)
  for (let i = 0; i < uses.states.length; i++) forget(uses.states[i]!, facts, domain)
  return facts
}

/**
 * Optimistic: what is only set from itself stays what it starts with. Of parameters, results of calls and states of
 * dispatches nothing is known; locals start at zero.
 *
 * @returns the facts by register id
 */
export function solveForward<Fact>(func: Func, uses: DefUse, domain: Forward<Fact>): Facts<Fact> {
  const facts = factsAtStart(func, uses, domain)
  const { definitions } = uses
  const changes = new Uint8Array(func.regCount)
  const note = ({ id }: Reg, made: Fact | undefined): boolean => {
    const old = facts[id]
    if (made === undefined) return false
    const joined = old === undefined ? made : domain.join(old, made, changes[id]!)
    if (joined === old) return false
    facts[id] = joined
    return true
  }
  // What is made of no registers is known from the start.
  const others: number[] = []
  for (let number = 0; number < definitions.length; number++) {
    const { kind, regs, args } = definitions[number]!
    if (kind === 'call') for (let i = 0; i < regs.length; i++) forget(regs[i]!, facts, domain)
    else if (!domain.covers(regs[0]!)) continue
    else if (isMadeOfRegisters(args[0]!)) others.push(number)
    else note(regs[0]!, domain.transfer(args[0]!, facts))
  }
  if (others.length === 0) return facts
  /** @returns whether what is known of the register has changed */
  const look = (number: number): boolean => {
    const { regs, args } = definitions[number]!
    const reg = regs[0]!
    if (facts[reg.id] === domain.top(reg) || !note(reg, domain.transfer(args[0]!, facts))) return false
    if (changes[reg.id]! < 255) changes[reg.id]!++
    return true
  }
  // Most are set before they are read in the text, too.
  const late: number[] = []
  const isRead = new Uint8Array(func.regCount)
  const read = ({ id }: Reg): void => {
    isRead[id] = 1
  }
  for (let i = 0; i < others.length; i++) {
    const number = others[i]!
    const { regs, args } = definitions[number]!
    const reg = regs[0]!
    if (facts[reg.id] === domain.top(reg)) continue
    forEachRead(args[0]!, read)
    if (look(number) && isRead[reg.id] === 1) late.push(reg.id)
  }
  if (late.length === 0) return facts
  const queue = new Queue(definitions.length)
  const again = (number: number): void => {
    const stmt = definitions[number]!
    if (stmt.kind === 'set' && domain.covers(stmt.reg)) queue.add(number)
  }
  for (const id of late) uses.forEachReader(id, again)
  for (let number = queue.take(); number !== undefined; number = queue.take()) {
    if (look(number)) uses.forEachReader(definitions[number]!.regs[0]!.id, again)
  }
  return facts
}

/** Whether the value depends on operands. */
const isMadeOfRegisters = ({ kind, reads }: Expr): boolean =>
  reads !== 0 && (kind === 'op' || kind === 'select' || kind === 'reg')

/** Spreads what is asked of registers to those that they are set from. */
export class Backward {
  readonly #uses: DefUse
  /** By register id: see `lastDefinitions`. */
  readonly #last: Int32Array
  /** All definitions from this one on have been looked at. */
  #at: number
  /** Registers of which more was asked than one of their definitions knew. */
  readonly #late: number[] = []
  #queue: Queue | undefined

  constructor(uses: DefUse) {
    this.#uses = uses
    this.#last = uses.lastDefinitions()
    this.#at = uses.definitions.length
  }

  /** To be called when more is asked of a register than before. */
  changed(id: number): void {
    if (this.#queue !== undefined) this.#again(id, this.#queue)
    else if (this.#last[id]! > this.#at) this.#late.push(id)
  }

  #again(id: number, queue: Queue): void {
    this.#uses.forEachDefinition(id, (number) => queue.add(number))
  }

  /**
   * Most is asked further down in the text: once from the end to the start, and then whatever has changed.
   *
   * @param ask asks what the definition of that number needs of the registers that it reads, and calls `changed`
   */
  solve(ask: (definition: number) => void): void {
    while (this.#at > 0) ask(--this.#at)
    if (this.#late.length === 0) return
    const queue = new Queue(this.#uses.definitions.length)
    this.#queue = queue
    for (const id of this.#late) this.#again(id, queue)
    for (let number = queue.take(); number !== undefined; number = queue.take()) ask(number)
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
