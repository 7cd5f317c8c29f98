// Live ranges of registers: at which points of a function somebody may still read what is in them. A point is before a
// statement or at the end of a list. They are numbered backwards, as liveness goes:
//
//   5: a = f()   4: b = a + 1   3: g(b)   2: return a   1        a lives at 2-4, b at 3

import type { Dispatch, Func, List, Reg, SetReg, Stmt } from '../../3-ir/ir.ts'
import { weightIn } from '../../3-ir/loop-weight.ts'
import { type Bits, become, hasBit, noBits } from '../bits.ts'
import type { ById } from '../by-id.ts'
import { Liveness } from '../liveness.ts'
import { Intervals } from './intervals.ts'

/** `to = from`, registers by their numbers, `weight` times. */
export interface Copy {
  readonly to: number
  readonly from: number
  readonly weight: number
}

/** All arrays are by the numbers of registers, from 1. */
export class LiveRanges {
  readonly intervals: Intervals
  readonly copies: Copy[] = []
  /** The registers that occur. */
  readonly regs: readonly Reg[]
  /** How often a register is read or set. */
  readonly weights: Float64Array
  /** The same, each time once. */
  readonly counts: readonly number[]
  /** The numbers of the registers that are read or set, as this happens first. */
  readonly order: readonly number[]
  /** 1 if a register may be read before it is set. */
  readonly early: Uint8Array
  /** 1 for the state of a dispatch, whose intervals may overlap. */
  readonly isState: Uint8Array
  /** The number of a register, by its id; 0 if it does not occur. */
  readonly numbers: ById
  /** Where the interval begins that has not ended, or 0. */
  readonly #open: Int32Array
  readonly #liveness: Liveness
  readonly #isExact: boolean
  /** What is live at the last point. */
  readonly #live: Bits
  #point = 0
  #weight = 1
  /** The lists around, and the last point seen in each. */
  readonly #lists: List[] = []
  readonly #afters: number[] = []

  /** @param isExact false: what is known of by several lists lives everywhere */
  private constructor(liveness: Liveness, params: readonly Reg[], isExact: boolean) {
    this.#liveness = liveness
    this.#isExact = isExact
    this.regs = this.#liveness.homes.regs
    this.numbers = this.#liveness.homes.numbers
    this.counts = this.#liveness.homes.counts
    this.order = this.#liveness.homes.order
    const count = this.regs.length
    this.intervals = new Intervals(count)
    this.weights = new Float64Array(count)
    this.early = new Uint8Array(count)
    this.isState = new Uint8Array(count)
    this.#open = new Int32Array(count)
    this.#live = noBits(this.#liveness.ofBit.length)
    liveness.visit(this.#watch)
    this.#begin(params)
  }

  /** If it would take too long, or too much space, to say where registers live, they live longer. */
  static of(func: Func): LiveRanges {
    const liveness = new Liveness(func)
    const ranges = new LiveRanges(liveness, func.params, liveness.solve())
    return ranges.#isExact && ranges.intervals.count > ranges.#maxIntervals
      ? new LiveRanges(liveness, func.params, false)
      : ranges
  }

  /** Very many registers may come and go at very many places: there are not much more intervals than there is code. */
  get #maxIntervals(): number {
    return 10_000 + 16 * this.#liveness.homes.reads.length
  }

  /** The highest number of a point. */
  get points(): number {
    return this.#point
  }

  readonly #watch = (list: List): ((index: number, live: Bits) => void) => {
    this.#lists.push(list)
    this.#afters.push(0)
    return this.#see
  }

  readonly #see = (index: number, live: Bits): void => {
    const point = ++this.#point
    const inner = this.#lists.length - 1
    const list = this.#lists[inner]!
    if (this.#isExact && this.intervals.count <= this.#maxIntervals) become(this.#live, live, this.#turn)
    if (index < list.length) this.#stmt(list[index]!, this.#afters[inner]!)
    this.#afters[inner] = point
    if (index > 0) return
    this.#lists.pop()
    this.#afters.pop()
  }

  /** Begins and ends the interval of a register that has a bit. */
  readonly #turn = (bit: number, isLive: boolean): void => {
    const reg = this.#liveness.ofBit[bit]!
    if (isLive) this.#open[reg] = this.#point
    else this.#close(reg, this.#point - 1)
  }

  #close(reg: number, point: number): void {
    this.intervals.add(reg, this.#open[reg]!, point)
    this.#open[reg] = 0
  }

  #stmt(stmt: Stmt, after: number): void {
    this.#weight = weightIn(this.#liveness.depth)
    for (let i = 0; i < stmt.regs.length; i++) this.#set(stmt.regs[i]!, after)
    if (stmt.kind === 'set') this.#copy(stmt)
    else if (stmt.kind === 'dispatch') this.#dispatch(stmt, after)
    const { reads } = this.#liveness.homes
    for (let i = this.#liveness.read; i < this.#liveness.readEnd; i++) this.#read(reads[i]!)
  }

  #read(reg: number): void {
    this.weights[reg]! += this.#weight
    if (this.#open[reg] === 0 && this.#liveness.bit(reg) < 0) this.#open[reg] = this.#point
  }

  /** A register is in use behind the statement that sets it, even if nobody reads it. */
  #set({ id }: Reg, after: number): void {
    const reg = this.numbers.get(id)
    this.weights[reg]! += this.#weight
    const open = this.#open[reg]!
    if (this.#liveness.bit(reg) < 0 && open !== 0) this.#close(reg, after)
    else if ((open === 0 || open > after) && this.intervals.end(reg) < after) this.intervals.add(reg, after, after)
  }

  #copy({ reg: { id }, value }: SetReg): void {
    if (value.kind !== 'reg' || value.reg.id === id) return
    this.copies.push({ to: this.numbers.get(id), from: this.numbers.get(value.reg.id), weight: this.#weight })
  }

  /** Branches set the state on their way. */
  #dispatch({ state }: Dispatch, after: number): void {
    const reg = this.numbers.get(state.id)
    this.isState[reg] = 1
    this.weights[reg]! += this.#weight
    this.intervals.add(reg, after, this.#point)
  }

  /** At the start there are the parameters, and what may be read before it is set. */
  #begin(params: readonly Reg[]): void {
    const start = this.#point
    this.#liveness.ofBit.forEach((reg, bit) => {
      if (!this.#isExact) this.#open[reg] = 1
      else if (!hasBit(this.#live, bit)) return
      this.early[reg] = 1
      this.#close(reg, start)
    })
    for (const { id } of params) {
      const reg = this.numbers.get(id)
      if (this.early[reg] === 0) this.intervals.add(reg, start, start)
    }
  }
}
