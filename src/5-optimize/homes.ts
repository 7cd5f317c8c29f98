// The registers of a function, numbered as they occur: most that lowering made are gone. What each statement reads is
// noted in one array, so that analyses need not walk over trees again and again; and which registers only one list of
// statements knows of.

import type { Expr } from '../3-ir/expr.ts'
import type { Compound, Dispatch, Func, List, Reg } from '../3-ir/ir.ts'
import { isCompound, labelsOfArm } from '../3-ir/statements.ts'
import { ById } from './by-id.ts'

const UNSEEN = 0
const SEVERAL = -1

export class Homes {
  /** By number, from 1. */
  readonly regs: Reg[]
  /** By register id: its number, 0 if it does not occur. */
  readonly numbers: ById
  /**
   * For each statement, outer ones first: the numbers of the registers that it reads itself, and how many they are. Nothing says
   * whose they are but the order: who takes them goes over the statements in exactly this one, or, as liveness does, from the end
   * in exactly the reverse, each statement behind its bodies and these from the last to the first.
   */
  readonly reads: number[] = []
  /** By number: how often the register is read or set. */
  readonly counts: number[] = [0]
  /** The numbers of the registers that are read or set, as this happens first. */
  readonly order: number[] = []
  /** Whether control goes to what is before it in the text. */
  goesBack = false
  /** By number: the only list that has the register. */
  readonly #homes: number[] = [SEVERAL]
  /** By id of a label: whether a branch to it from here leads back. */
  readonly #isBehind: boolean[] = []
  #lists = 0
  /** The list whose statement is being read. */
  #home = 0

  constructor(func: Func) {
    this.numbers = new ById(func.regCount)
    this.regs = new Array(1)
    for (const reg of [...func.params, ...func.locals]) this.#homes[this.#number(reg)] = SEVERAL
    this.#list(func.body)
  }

  /** Gives a bit to each register that more than one list knows of, or that has a value before it is set. */
  bits(): { bit: Int32Array; ofBit: number[] } {
    const bit = new Int32Array(this.regs.length).fill(-1)
    const ofBit: number[] = []
    for (let number = 1; number < bit.length; number++) {
      if (this.#homes[number] === SEVERAL) bit[number] = ofBit.push(number) - 1
    }
    return { bit, ofBit }
  }

  #number(reg: Reg): number {
    const known = this.numbers.get(reg.id)
    if (known !== 0) return known
    const number = this.regs.push(reg) - 1
    this.#homes.push(UNSEEN)
    this.counts.push(0)
    this.numbers.set(reg.id, number)
    return number
  }

  /** @returns the number of a register that occurs here */
  #count(reg: Reg): number {
    const number = this.#number(reg)
    if (this.counts[number]!++ === 0) this.order.push(number)
    return number
  }

  #list(list: List): void {
    const home = ++this.#lists
    for (let at = 0; at < list.length; at++) {
      const stmt = list[at]!
      this.#home = home
      const before = this.reads.length
      for (let i = 0; i < stmt.args.length; i++) this.#readsOf(stmt.args[i]!)
      this.reads.push(this.reads.length - before)
      for (let i = 0; i < stmt.regs.length; i++) this.#set(this.#count(stmt.regs[i]!), home)
      if (stmt.kind === 'br') this.goesBack ||= this.#isBehind[stmt.target.id] === true
      if (isCompound(stmt)) this.#compound(stmt)
    }
  }

  #compound(stmt: Compound): void {
    if (stmt.kind === 'dispatch') return this.#dispatch(stmt)
    if (stmt.kind === 'loop') {
      this.goesBack ||= stmt.repeats
      this.#isBehind[stmt.label.id] = true
    }
    for (let i = 0; i < stmt.bodies.length; i++) this.#list(stmt.bodies[i]!)
  }

  #dispatch({ arms, state, again }: Dispatch): void {
    this.#homes[this.#count(state)] = SEVERAL
    if (again !== undefined) this.#isBehind[again.id] = true
    for (const arm of arms) {
      for (const { id } of labelsOfArm(arm)) this.#isBehind[id] = true
      if (arm.handler !== undefined) this.goesBack ||= this.#isBehind[arm.handler.id] === true
      this.#list(arm.body)
    }
  }

  #set(number: number, home: number): void {
    if (this.#homes[number] === UNSEEN) this.#homes[number] = home
    else if (this.#homes[number] !== home) this.#homes[number] = SEVERAL
  }

  #readsOf(e: Expr): void {
    if (e.kind === 'reg') return this.#read(e.reg)
    if (e.reads !== 0) for (let i = 0; i < e.args.length; i++) this.#readsOf(e.args[i]!)
  }

  #read(reg: Reg): void {
    const number = this.#count(reg)
    this.reads.push(number)
    if (this.#homes[number] !== this.#home) this.#homes[number] = SEVERAL
  }
}
