// Which registers are read later: at every label, and before and after any statement. Backward data flow over the
// structured IR, repeated until nothing changes.
//
// Most temporaries are set and read in one list of statements. They get no bit: their life is a span of that list.

import { THROW } from '../3-ir/effects.ts'
import type { Compound, Dispatch, Func, Label, List, Reg, Stmt, Try } from '../3-ir/ir.ts'
import { effectsOf } from '../3-ir/walk.ts'
import { addAll, addBit, type Bits, clear, copyAll, emptyLike, leastWork, noBits, removeBit } from './bits.ts'
import { Homes } from './homes.ts'

/** Words of bits that may be handled before the function counts as too complicated. */
const MAX_WORK = 3e8

/** Looks at what is live before each statement of a list, and at its end; undefined: not at this list. */
export type Watcher = (list: List) => ((index: number, live: Bits) => void) | undefined

export class Liveness {
  readonly #func: Func
  readonly homes: Homes
  /** Bit of each register that has one, by its number; -1 for the others. */
  readonly #bit: Int32Array
  /** Number of the register of each bit. */
  readonly ofBit: readonly number[]
  /** The empty set. */
  readonly #none: Bits
  /** What is live at each label. Of a part's labels few are its own: it has no array by their ids. */
  readonly #labels = new Map<Label, Bits>()
  /** Where the reads of the current statement begin among those of `homes`. */
  #read = 0
  #readEnd = 0
  /** What is live at the start of the innermost handler around: control may come there from whatever throws. */
  #handler: Bits | undefined
  #changed = false
  #work = 0
  #watch: Watcher | undefined
  /** Sets that are not needed any more. */
  readonly #pool: Bits[] = []
  #depth = 0

  constructor(func: Func) {
    this.#func = func
    this.homes = new Homes(func)
    const { bit, ofBit } = this.homes.bits()
    this.#bit = bit
    this.ofBit = ofBit
    this.#none = noBits(ofBit.length)
  }

  /** @returns false if that takes too long */
  solve(): boolean {
    // Where all branches lead forwards, a label is seen before the branches to it, by `visit` too.
    if (!this.homes.goesBack) return true
    do {
      this.#once()
      if (this.#work > MAX_WORK) return false
    } while (this.#changed)
    return true
  }

  /** Loops around the statement that a watcher is shown. */
  get depth(): number {
    return this.#depth
  }

  /** Shows what is live all over the function. The bits are valid only while the watcher runs. */
  visit(watch: Watcher): void {
    this.#watch = watch
    this.#once()
    this.#watch = undefined
  }

  #once(): void {
    this.#changed = false
    this.#read = this.homes.reads.length
    const end = this.#empty()
    this.#list(this.#func.body, end)
    if (this.#read !== 0) throw new Error(`the reads of other statements were taken: ${this.#read} are left`)
    this.#pool.push(end)
  }

  /** What is live where a branch to the label goes. */
  at(label: Label): Bits {
    const known = this.#labels.get(label)
    if (known !== undefined) return known
    const bits = this.#empty()
    this.#labels.set(label, bits)
    return bits
  }

  /** The bit of a register, or -1 if only one list knows of it. */
  bitOf({ id }: Reg): number {
    const number = this.homes.numbers.get(id)
    return number === 0 ? -1 : this.#bit[number]!
  }

  /** The bit of a register, by its number. */
  bit(number: number): number {
    return this.#bit[number]!
  }

  /** Where the reads of the statement that a watcher is shown begin in `homes.reads`, and where they end. */
  get read(): number {
    return this.#read
  }

  get readEnd(): number {
    return this.#readEnd
  }

  #empty(): Bits {
    this.#work += leastWork(this.#none)
    const used = this.#pool.pop()
    if (used === undefined) return emptyLike(this.#none)
    clear(used)
    return used
  }

  #copy(bits: Bits): Bits {
    const copy = this.#pool.pop() ?? emptyLike(this.#none)
    this.#work += copyAll(copy, bits)
    return copy
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
      case 'set':
      case 'call':
        for (let i = 0; i < stmt.regs.length; i++) {
          const bit = this.bitOf(stmt.regs[i]!)
          if (bit >= 0) removeBit(live, bit)
        }
        break
      case 'return':
      case 'trap':
      case 'throw':
      case 'tail':
        clear(live)
        break
      case 'br':
        this.#work += copyAll(live, this.at(stmt.target))
        break
      case 'block':
      case 'loop':
      case 'if':
      case 'switch':
      case 'try':
      case 'dispatch':
        this.#compound(stmt, live)
        break
      case 'expr':
      case 'store':
      case 'global.set':
        break
      default:
        stmt satisfies never
    }
    if (this.#handler !== undefined && (effectsOf(stmt) & THROW) !== 0) this.#mayThrow(this.#handler, live)
    this.#reads(live)
  }

  #mayThrow(handler: Bits, live: Bits): void {
    this.#work += leastWork(handler)
    addAll(live, handler)
  }

  #reads(live: Bits): void {
    const { reads } = this.homes
    const end = this.#read - 1
    const start = end - reads[end]!
    for (let i = start; i < end; i++) {
      const bit = this.#bit[reads[i]!]!
      if (bit >= 0) addBit(live, bit)
    }
    this.#read = start
    this.#readEnd = end
  }

  #compound(stmt: Compound, live: Bits): void {
    switch (stmt.kind) {
      case 'block':
        this.#note(stmt.label, live)
        return this.#list(stmt.body, live)
      case 'loop':
        if (stmt.repeats === true) copyAll(live, this.at(stmt.label))
        this.#depth++
        this.#list(stmt.body, live)
        this.#depth--
        this.#reach(stmt.label, live)
        copyAll(live, this.at(stmt.label))
        return
      case 'if':
        if (stmt.label !== undefined) this.#note(stmt.label, live)
        return this.#alternatives(stmt.bodies, live)
      case 'switch':
        return this.#alternatives(stmt.bodies, live)
      case 'try':
        return this.#try(stmt, live)
      case 'dispatch':
        return this.#dispatch(stmt, live)
    }
  }

  /** A register that the body sets may have its old value in the handler: what throws comes before what is set. */
  #try({ body, handler }: Try, live: Bits): void {
    const caught = this.#copy(live)
    this.#list(handler, caught)
    this.#guarded(body, live, caught)
    this.#pool.push(caught)
  }

  /** @param handler what is live where an exception goes that is thrown in the list; undefined: it leaves the function */
  #guarded(list: List, live: Bits, handler: Bits | undefined): void {
    const outer = this.#handler
    this.#handler = handler
    this.#list(list, live)
    // As if its start could throw: so a handler that nothing leads to is one like others.
    if (handler !== undefined) this.#mayThrow(handler, live)
    this.#handler = outer
  }

  #alternatives(lists: readonly List[], live: Bits): void {
    const after = this.#copy(live)
    clear(live)
    for (let i = lists.length - 1; i >= 0; i--) {
      const list = lists[i]!
      const before = this.#copy(after)
      this.#list(list, before)
      addAll(live, before)
      this.#pool.push(before)
    }
    this.#pool.push(after)
  }

  #dispatch({ arms, state, resumes, again }: Dispatch, live: Bits): void {
    // What is live at any arm.
    const any = again !== undefined || resumes === true ? this.#empty() : undefined
    this.#depth++
    for (let i = arms.length - 1; i >= 0; i--) {
      const { label, also, body, handler } = arms[i]!
      this.#guarded(body, live, handler === undefined ? this.#handler : this.at(handler))
      this.#reach(label, live)
      for (const each of also) this.#reach(each, live)
      // It is all that is live here and maybe more.
      const first = this.at(label)
      if (first.count !== live.count) copyAll(live, first)
      if (any !== undefined) addAll(any, live)
    }
    this.#depth--
    if (any === undefined) return
    addBit(any, this.bitOf(state))
    if (again !== undefined) this.#reach(again, any)
    if (resumes === true) copyAll(live, any)
    this.#pool.push(any)
  }

  /** Notes what is live at a label; the branches to it are still to come. @returns whether that is more than before */
  #note(label: Label, live: Bits): boolean {
    this.#work += leastWork(live)
    return addAll(this.at(label), live)
  }

  /** Notes what is live at a label that branches may have been to already: they must know. */
  #reach(label: Label, live: Bits): void {
    if (this.#note(label, live)) this.#changed = true
  }
}
