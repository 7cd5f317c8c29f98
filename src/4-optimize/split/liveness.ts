// Which registers are read later: at every label, and before and after any statement. Backward data flow over the
// structured IR, repeated until nothing changes.
//
// Most temporaries are set and read in one list of statements. They get no bit: their life is a span of that list.

import type { Dispatch, Func, Label, Reg, Stmt } from '../../3-lower/ir.ts'
import { forEachReadIn } from '../../3-lower/reads.ts'
import { bodiesOf } from '../rewrite.ts'
import { addAll, addBit, type Bits, removeBit } from './bits.ts'
import type { List } from './tree.ts'

/** Words of bits that may be handled before the function counts as too complicated. */
const MAX_WORK = 3e8

/** Looks at what is live before each statement of a list, and at its end; undefined: not at this list. */
export type Watcher = (list: List) => ((index: number, live: Bits) => void) | undefined

export class Liveness {
  readonly #func: Func
  /** Bit of each register that has one, by register id; -1 for the others. */
  readonly #bit: Int32Array
  readonly #words: number
  readonly #labels = new Map<Label, Bits>()
  /** What is live before the statement whose expressions are being read. */
  #live: Bits = new Uint32Array(0)
  #changed = false
  #work = 0
  #watch: Watcher | undefined

  constructor(func: Func) {
    this.#func = func
    const { bit, count } = numberRegisters(func)
    this.#bit = bit
    this.#words = (count + 31) >>> 5
  }

  /** @returns false if that takes too long */
  solve(): boolean {
    do {
      this.#changed = false
      this.#list(this.#func.body, this.#empty())
      if (this.#work > MAX_WORK) return false
    } while (this.#changed)
    return true
  }

  /** Shows what is live all over the function. The bits are valid only while the watcher runs. */
  visit(watch: Watcher): void {
    this.#watch = watch
    this.#list(this.#func.body, this.#empty())
    this.#watch = undefined
  }

  /** What is live where a branch to the label goes. */
  at(label: Label): Bits {
    let bits = this.#labels.get(label)
    if (bits === undefined) {
      bits = this.#empty()
      this.#labels.set(label, bits)
    }
    return bits
  }

  /** The bit of a register, or -1 if only one list knows of it. */
  bitOf(reg: Reg): number {
    return this.#bit[reg.id] ?? -1
  }

  #empty(): Bits {
    this.#work += this.#words
    return new Uint32Array(this.#words)
  }

  #copy(bits: Bits): Bits {
    this.#work += this.#words
    return bits.slice()
  }

  /** Changes `live` from what is live after the statements to what is live before them. */
  #list(list: List, live: Bits): void {
    const watch = this.#watch?.(list)
    watch?.(list.length, live)
    for (let i = list.length - 1; i >= 0; i--) {
      this.#stmt(list[i]!, live)
      watch?.(i, live)
    }
  }

  #stmt(stmt: Stmt, live: Bits): void {
    switch (stmt.kind) {
      case 'set': {
        const bit = this.bitOf(stmt.reg)
        if (bit >= 0) removeBit(live, bit)
        break
      }
      case 'return':
      case 'trap':
      case 'tail':
        live.fill(0)
        break
      case 'br':
        this.#work += this.#words
        live.set(this.at(stmt.label))
        break
      case 'block':
      case 'loop':
      case 'if':
      case 'switch':
      case 'dispatch':
        this.#compound(stmt, live)
    }
    this.#live = live
    forEachReadIn(stmt, this.#read)
  }

  #compound(stmt: Stmt, live: Bits): void {
    switch (stmt.kind) {
      case 'block':
        this.#note(stmt.label, live)
        return this.#list(stmt.body, live)
      case 'loop':
        this.#list(stmt.body, live)
        this.#reach(stmt.label, live)
        return void live.set(this.at(stmt.label))
      case 'if':
        if (stmt.label !== undefined) this.#note(stmt.label, live)
        return this.#alternatives(bodiesOf(stmt), live)
      case 'switch':
        return this.#alternatives(bodiesOf(stmt), live)
      case 'dispatch':
        return this.#dispatch(stmt, live)
    }
  }

  #alternatives(lists: readonly List[], live: Bits): void {
    const after = this.#copy(live)
    live.fill(0)
    for (const list of lists) {
      const before = this.#copy(after)
      this.#list(list, before)
      addAll(live, before)
    }
  }

  #dispatch({ segments, state, resumes, again }: Dispatch, live: Bits): void {
    const any = this.#empty()
    for (let i = segments.length - 1; i >= 0; i--) {
      const { label, also = [], body } = segments[i]!
      this.#list(body, live)
      for (const each of [label, ...also]) this.#reach(each, live)
      live.set(this.at(label))
      addAll(any, live)
    }
    addBit(any, this.bitOf(state))
    if (again !== undefined) this.#reach(again, any)
    if (resumes === true) live.set(any)
  }

  /** Notes what is live at a label; the branches to it are still to come. @returns whether that is more than before */
  #note(label: Label, live: Bits): boolean {
    this.#work += this.#words
    return addAll(this.at(label), live)
  }

  /** Notes what is live at a label that branches may have been to already: they must know. */
  #reach(label: Label, live: Bits): void {
    if (this.#note(label, live)) this.#changed = true
  }

  readonly #read = (reg: Reg): void => {
    const bit = this.bitOf(reg)
    if (bit >= 0) addBit(this.#live, bit)
  }
}

/** Gives a bit to each register that more than one list knows of, or that has a value before it is set. */
function numberRegisters(func: Func): { bit: Int32Array; count: number } {
  const finder = new HomeFinder(func)
  const bit = new Int32Array(func.regCount).fill(-1)
  let count = 0
  for (let id = 0; id < func.regCount; id++) if (finder.homes[id] === SEVERAL) bit[id] = count++
  return { bit, count }
}

const UNSEEN = 0
const SEVERAL = -1

class HomeFinder {
  /** By register id: the number of the only list that has the register. */
  readonly homes: Int32Array
  #lists = 0
  /** The list whose statement is being read. */
  #home = 0

  constructor(func: Func) {
    this.homes = new Int32Array(func.regCount)
    for (const { id } of [...func.params, ...func.locals]) this.homes[id] = SEVERAL
    this.#list(func.body)
  }

  #list(list: List): void {
    const home = ++this.#lists
    for (const stmt of list) {
      this.#home = home
      forEachReadIn(stmt, this.#read)
      if (stmt.kind === 'set') this.#set(stmt.reg, home)
      if (stmt.kind === 'dispatch') this.homes[stmt.state.id] = SEVERAL
      for (const inner of bodiesOf(stmt)) this.#list(inner)
    }
  }

  #set({ id }: Reg, home: number): void {
    if (this.homes[id] === UNSEEN) this.homes[id] = home
    else if (this.homes[id] !== home) this.homes[id] = SEVERAL
  }

  readonly #read = ({ id }: Reg): void => {
    if (this.homes[id] !== this.#home) this.homes[id] = SEVERAL
  }
}
