// The registers of a function's locals. The first locals have the first registers, as people who read the IR expect; those
// far behind get one when an instruction names them. Of the 50,000 locals that a function may declare most are never used.

import type { LocalTypes } from '../0-wasm/locals.ts'
import type { Expr } from '../3-ir/expr.ts'
import { regRead } from '../3-ir/expressions.ts'
import type { Func, Reg } from '../3-ir/ir.ts'
import { type Fresh, registerType } from '../3-ir/registers.ts'

/** So many locals have a register whether they are used or not. */
const FIRST = 64

export class LocalRegisters {
  readonly #types: LocalTypes
  readonly #fresh: Fresh
  readonly #paramCount: number
  /** So many locals have a register from the start. */
  readonly #first: number
  /** Reads, by index of the local: trees may share nodes. */
  readonly #reads: Expr[] = []
  readonly #registers: Reg[] = []
  /** Locals behind the first ones that are used, in the order of first use. */
  readonly #used: number[] = []

  /** @param paramCount so many of the locals are parameters */
  constructor(types: LocalTypes, paramCount: number, fresh: Fresh) {
    this.#types = types
    this.#paramCount = paramCount
    this.#fresh = fresh
    this.#first = Math.max(paramCount, Math.min(types.length, FIRST))
    for (let i = 0; i < this.#first; i++) this.#make(i)
  }

  /** The register of a local. */
  register(index: number): Reg {
    const known = this.#registers[index]
    if (known !== undefined) return known
    this.#used.push(index)
    return this.#make(index)
  }

  /** The value of a local. */
  read(index: number): Expr {
    if (this.#reads[index] === undefined) this.register(index)
    return this.#reads[index]!
  }

  /** The registers there are, by index of their locals. */
  get all(): Pick<Func, 'params' | 'locals'> {
    const used = [...this.#used].sort((a, b) => a - b).map((index) => this.#registers[index]!)
    return {
      params: this.#registers.slice(0, this.#paramCount),
      locals: this.#registers.slice(this.#paramCount, this.#first).concat(used),
    }
  }

  #make(index: number): Reg {
    const reg = this.#fresh.reg(registerType(this.#types.at(index)!), index)
    this.#registers[index] = reg
    this.#reads[index] = regRead(reg)
    return reg
  }
}
