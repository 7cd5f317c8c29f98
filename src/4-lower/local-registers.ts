// The registers of a function's locals. The first locals have the first registers, as people who read the IR expect; those
// far behind get one when an instruction names them. Of the 50,000 locals that a function may declare most are never used.

import type { LocalTypes } from '../0-wasm/locals.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Expr } from '../3-ir/expr.ts'
import { regRead } from '../3-ir/expressions.ts'
import type { Func, Reg, Stmt } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/positions.ts'
import { type Fresh, registerType, takesTuple } from '../3-ir/registers.ts'
import { setReg } from '../3-ir/statements.ts'
import { startsOf, type Tuple, valueIn } from './tuples.ts'

/** So many locals have a register whether they are used or not. */
const FIRST = 64

export class LocalRegisters {
  readonly #types: LocalTypes
  readonly #fresh: Fresh
  readonly #params: readonly ValType[]
  /** What the function is given if its parameters are too many for registers; then they are locals like others. */
  readonly #tuple: Tuple | undefined
  /** So many locals have a register from the start. */
  readonly #first: number
  /** Reads, by index of the local: trees may share nodes. */
  readonly #reads: Expr[] = []
  readonly #registers: Reg[] = []
  /** Locals behind the first ones that are used, in the order of first use. */
  readonly #used: number[] = []

  /** @param type of the function, whose parameters are the first locals */
  constructor(types: LocalTypes, type: FuncType, fresh: Fresh) {
    const { params } = type
    this.#types = types
    this.#params = params
    this.#fresh = fresh
    const isMany = takesTuple(type)
    if (isMany) this.#tuple = { reg: fresh.reg('ref'), types: params.map(registerType), starts: startsOf(params) }
    this.#first = isMany ? 0 : Math.max(params.length, Math.min(types.length, FIRST))
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
    if (this.#tuple !== undefined) return { params: [this.#tuple.reg], locals: used }
    const paramCount = this.#params.length
    return {
      params: this.#registers.slice(0, paramCount),
      locals: this.#registers.slice(paramCount, this.#first).concat(used),
    }
  }

  /** Statements for the start of the function: those parameters that it uses are set from the tuple that they are in. */
  fromTuple(): Stmt[] {
    const tuple = this.#tuple
    if (tuple === undefined) return []
    const used = this.#used.filter((index) => index < this.#params.length)
    return used.map((index) => setReg(this.#registers[index]!, valueIn(tuple, index), NOWHERE))
  }

  #make(index: number): Reg {
    const reg = this.#fresh.reg(registerType(this.#types.at(index)!), index)
    this.#registers[index] = reg
    this.#reads[index] = regRead(reg)
    return reg
  }
}
