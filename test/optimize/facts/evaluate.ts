// Runs functions of the IR that compute with integers, exactly: sets, stores, choices and loops.

import type { Expr } from '../../../src/3-ir/expr.ts'
import type { Func, Label, List, Reg, Stmt } from '../../../src/3-ir/ir.ts'
import { compute, ofWords, widthOf } from '../../ir/integers.ts'

/** What is stored and returned, in order. */
type Log = string[]

interface Watch {
  /** What a register is really set to. */
  readonly set?: (reg: Reg, value: bigint) => bigint
}

/** @returns what can be seen of a function that gets these numbers */
export function run(func: Func, args: readonly bigint[], watch: Watch = {}): Log {
  const machine = new Machine(watch)
  func.params.forEach((reg, i) => machine.set(reg, BigInt.asIntN(widthOf(reg.type), args[i]!)))
  for (const reg of func.locals) machine.set(reg, 0n)
  machine.list(func.body)
  return machine.log
}

/** How control leaves a list, if not at its end. */
type Way = Label | 'return' | undefined

class Machine {
  readonly log: Log = []
  readonly #regs = new Map<number, bigint>()
  readonly #watch: Watch

  constructor(watch: Watch) {
    this.#watch = watch
  }

  set(reg: Reg, value: bigint): void {
    this.#regs.set(reg.id, this.#watch.set?.(reg, value) ?? value)
  }

  list(list: List): Way {
    for (const stmt of list) {
      const way = this.#stmt(stmt)
      if (way !== undefined) return way
    }
    return undefined
  }

  #stmt(stmt: Stmt): Way {
    switch (stmt.kind) {
      case 'set':
        this.set(stmt.reg, this.#value(stmt.value))
        return undefined
      case 'expr':
        this.#value(stmt.value)
        return undefined
      case 'store':
        this.log.push(`${stmt.op} ${this.#stored(stmt.op, this.#value(stmt.value))}`)
        return undefined
      case 'return':
        this.log.push(`return ${stmt.values.map((e) => this.#value(e)).join()}`)
        return 'return'
      case 'br':
        return stmt.target
      case 'if':
        return this.list(this.#value(stmt.cond) === 0n ? stmt.else : stmt.then)
      case 'block': {
        const way = this.list(stmt.body)
        return way === stmt.label ? undefined : way
      }
      case 'loop':
        for (;;) {
          const way = this.list(stmt.body)
          if (way !== stmt.label) return way
        }
      default:
        throw new Error(`a ${stmt.kind} is not run here`)
    }
  }

  #stored(op: string, value: bigint): bigint {
    return BigInt.asUintN(Number(/store(\d+)/.exec(op)?.[1] ?? 64), value)
  }

  #value(e: Expr): bigint {
    switch (e.kind) {
      case 'const':
        return e.type === 'i32' ? BigInt(e.value) : ofWords(e.lo, e.hi)
      case 'reg': {
        const value = this.#regs.get(e.reg.id)
        if (value === undefined) throw new Error(`register ${e.reg.id} is read before it is set`)
        return value
      }
      case 'select':
        return this.#value(e.args[this.#value(e.cond) === 0n ? 2 : 1]!)
      case 'op': {
        const value = compute(
          e.op,
          e.args.map((arg) => this.#value(arg)),
        )
        if (value === undefined) throw new Error(`${e.op} traps`)
        return value
      }
      default:
        throw new Error(`a ${e.kind} is not run here`)
    }
  }
}
