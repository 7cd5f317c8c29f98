// Which float registers must keep the bits of a NaN: those that somebody may look at. The others hold numbers only, and
// are read from memory without a check.
//
//   f32.load f32.load f32.add f32.store     nobody looks at the bits of what was loaded

import type { Expr } from '../3-ir/expr.ts'
import { FLOATS } from '../3-ir/expr-nodes.ts'
import type { Func, Reg, Stmt } from '../3-ir/ir.ts'
import { OPS } from '../3-ir/ops/index.ts'

/** Who looks at a value: somebody, nobody, or whoever looks at this register. */
type Observer = boolean | Reg

/** @returns by register id, 1 if the bits of a NaN in it matter */
export function findNanBits(func: Func): Uint8Array {
  const finder = new Finder(func.regCount)
  finder.list(func.body)
  return finder.spread()
}

class Finder {
  readonly #observed: Uint8Array
  /** Register id -> registers whose bits it gets. */
  readonly #sources = new Map<number, Reg[]>()

  constructor(regCount: number) {
    this.#observed = new Uint8Array(regCount)
  }

  list(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) this.#stmt(stmt)
  }

  /** What is observed makes observed where it came from. */
  spread(): Uint8Array {
    const work = [...this.#sources.keys()].filter((id) => this.#observed[id] === 1)
    for (let id = work.pop(); id !== undefined; id = work.pop()) {
      for (const source of this.#sources.get(id) ?? []) {
        if (this.#observed[source.id] === 1) continue
        this.#observed[source.id] = 1
        work.push(source.id)
      }
    }
    return this.#observed
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'set':
        return this.#expr(stmt.value, stmt.reg.type === 'f32' || stmt.reg.type === 'f64' ? stmt.reg : false)
      case 'expr':
      case 'call':
        return this.#expr(stmt.value, false)
      case 'global.set':
        return this.#expr(stmt.value, true)
      case 'store':
        this.#expr(stmt.addr, false)
        return this.#expr(stmt.value, true)
      case 'return':
        return stmt.values.forEach((value) => this.#expr(value, true))
      case 'tail':
        return this.#expr(stmt.call, false)
      case 'block':
      case 'loop':
        return this.list(stmt.body)
      case 'if':
        this.#expr(stmt.cond, false)
        this.list(stmt.then)
        return this.list(stmt.else)
      case 'switch':
        this.#expr(stmt.index, false)
        return stmt.cases.forEach(({ body }) => this.list(body))
      case 'dispatch':
        return stmt.segments.forEach(({ body }) => this.list(body))
    }
  }

  #expr(e: Expr, observer: Observer): void {
    if (e.reads === 0 || (e.types & FLOATS) === 0) return
    switch (e.kind) {
      case 'reg':
        return this.#see(e.reg, observer)
      case 'select':
        this.#expr(e.cond, false)
        this.#expr(e.then, observer)
        return this.#expr(e.else, observer)
      case 'plain': {
        const { movesNan, readsNan } = OPS[e.op]
        const through: Observer = movesNan ? observer : readsNan
        for (let i = 0; i < e.args.length; i++) this.#expr(e.args[i]!, through)
        return
      }
      case 'load':
        return this.#expr(e.addr, false)
      default:
        return e.args.forEach((arg) => this.#expr(arg, true))
    }
  }

  #see(reg: Reg, observer: Observer): void {
    if (observer === true) this.#observed[reg.id] = 1
    if (typeof observer === 'boolean') return
    const sources = this.#sources.get(observer.id)
    if (sources === undefined) this.#sources.set(observer.id, [reg])
    else sources.push(reg)
  }
}
