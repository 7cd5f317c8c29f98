// Where registers are set and read, found in one walk over a function, when it is first asked for.

import type { CallSet, Func, List, Reg, SetReg, Stmt } from '../../3-ir/ir.ts'
import { forEachRead } from '../../3-ir/walk.ts'

/** A statement that sets registers. */
export type Definition = SetReg | CallSet

export class DefUse {
  readonly #definitions: Definition[] = []
  readonly #others: Stmt[] = []
  readonly #states: Reg[] = []
  readonly #regCount: number
  /** What is still to be walked over. */
  #body: List | undefined
  #definitionsOf: Links | undefined
  #readersOf: Links | undefined

  constructor(func: Func) {
    this.#regCount = func.regCount
    this.#body = func.body
  }

  /** In the order in which they stand; others know them by their places here. */
  get definitions(): readonly Definition[] {
    this.#walk()
    return this.#definitions
  }

  /** Statements that set no registers, but have operands. */
  get others(): readonly Stmt[] {
    this.#walk()
    return this.#others
  }

  /** Registers that dispatches go by, and set. */
  get states(): readonly Reg[] {
    this.#walk()
    return this.#states
  }

  #walk(): void {
    const body = this.#body
    this.#body = undefined
    if (body !== undefined) this.#list(body)
  }

  #list(list: List): void {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      this.#stmt(stmt)
      for (let j = 0; j < stmt.bodies.length; j++) this.#list(stmt.bodies[j]!)
    }
  }

  /** By register id: one more than the number of its last definition, 0 if there is none. */
  lastDefinitions(): Int32Array {
    const last = new Int32Array(this.#regCount)
    const { definitions } = this
    for (let number = 0; number < definitions.length; number++) {
      const { regs } = definitions[number]!
      for (let i = 0; i < regs.length; i++) last[regs[i]!.id] = number + 1
    }
    return last
  }

  /** Calls `visit` with the number of each definition of a register. */
  forEachDefinition(id: number, visit: (definition: number) => void): void {
    this.#definitionsOf ??= this.#link(({ regs }, add) => {
      for (let i = 0; i < regs.length; i++) add(regs[i]!)
    })
    this.#definitionsOf.forEach(id, visit)
  }

  /** Calls `visit` with the number of each definition whose operands read a register, perhaps more than once. */
  forEachReader(id: number, visit: (definition: number) => void): void {
    this.#readersOf ??= this.#link(({ value }, add) => forEachRead(value, add))
    this.#readersOf.forEach(id, visit)
  }

  #stmt(stmt: Stmt): void {
    if (stmt.kind === 'set' || stmt.kind === 'call') this.#definitions.push(stmt)
    else if (stmt.args.length > 0) this.#others.push(stmt)
    else if (stmt.kind === 'dispatch') this.#states.push(stmt.state)
  }

  /** Links registers to definitions: when they are first asked for, since each way is asked for by one solver. */
  #link(eachOf: (definition: Definition, add: (reg: Reg) => void) => void): Links {
    const links = new Links(this.#regCount)
    let number = 0
    const add = ({ id }: Reg): void => links.add(id, number)
    const { definitions } = this
    for (; number < definitions.length; number++) eachOf(definitions[number]!, add)
    return links
  }
}

/** For each register a linked list of numbers. */
class Links {
  /** By register id, and by link: the number of the next link, 0 at the end. */
  readonly #first: Int32Array
  readonly #next: number[] = [0]
  readonly #numbers: number[] = [0]

  constructor(regCount: number) {
    this.#first = new Int32Array(regCount)
  }

  /** The same number twice in a row is one. */
  add(id: number, number: number): void {
    const first = this.#first[id]!
    if (first !== 0 && this.#numbers[first] === number) return
    this.#first[id] = this.#numbers.push(number) - 1
    this.#next.push(first)
  }

  forEach(id: number, visit: (number: number) => void): void {
    for (let link = this.#first[id]!; link !== 0; link = this.#next[link]!) visit(this.#numbers[link]!)
  }
}
