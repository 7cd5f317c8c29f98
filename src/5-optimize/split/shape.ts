// What a region of a function touches: registers, and the ways out of it.

import type { Expr } from '../../3-ir/expr.ts'
import type { Label, List, Reg } from '../../3-ir/ir.ts'
import { isCompound } from '../../3-ir/statements.ts'

export interface Shape {
  /** Registers that are read or set. */
  readonly touched: readonly Reg[]
  readonly sets: readonly Reg[]
  /** Registers read before the text sets them. */
  readonly early: ReadonlySet<Reg>
  /** Labels outside that it branches to. */
  readonly exits: readonly Label[]
  readonly returns: boolean
}

const TOUCHED = 1
const SET = 2

/** Finds the shapes of regions of one function, one after the other. */
export class ShapeFinder {
  /** By register id, what has been seen of it in this region. */
  readonly #marks: Uint8Array
  #touched: Reg[] = []
  #sets: Reg[] = []
  #early = new Set<Reg>()
  #inside = new Set<Label>()
  #targets = new Set<Label>()
  #returns = false

  constructor(regCount: number) {
    this.#marks = new Uint8Array(regCount)
  }

  /** @param own labels of the region that stand outside its statements: those of its arms */
  find(lists: readonly List[], own: Iterable<Label> = []): Shape {
    this.#touched = []
    this.#sets = []
    this.#early = new Set()
    this.#inside = new Set(own)
    this.#targets = new Set()
    this.#returns = false
    for (const list of lists) this.#list(list)
    for (const { id } of this.#touched) this.#marks[id] = 0
    const exits = [...this.#targets].filter((label) => !this.#inside.has(label))
    return { touched: this.#touched, sets: this.#sets, early: this.#early, exits, returns: this.#returns }
  }

  #list(list: List): void {
    for (const stmt of list) {
      for (let i = 0; i < stmt.args.length; i++) this.#readsOf(stmt.args[i]!)
      for (let i = 0; i < stmt.regs.length; i++) this.#set(stmt.regs[i]!)
      if (stmt.kind === 'br') this.#targets.add(stmt.target)
      else if (stmt.kind === 'return') this.#returns = true
      if (!isCompound(stmt)) continue
      for (const label of stmt.labels) this.#inside.add(label)
      for (const inner of stmt.bodies) this.#list(inner)
    }
  }

  #readsOf(e: Expr): void {
    if (e.kind === 'reg') return this.#read(e.reg)
    if (e.reads !== 0) for (let i = 0; i < e.args.length; i++) this.#readsOf(e.args[i]!)
  }

  #read(reg: Reg): void {
    if (this.#marks[reg.id] !== 0) return
    this.#marks[reg.id] = TOUCHED
    this.#touched.push(reg)
    this.#early.add(reg)
  }

  #set(reg: Reg): void {
    const mark = this.#marks[reg.id]!
    if (mark === 0) this.#touched.push(reg)
    if ((mark & SET) === 0) this.#sets.push(reg)
    this.#marks[reg.id] = TOUCHED | SET
  }
}
