// Memory views in variables of a function. V8 reads a variable of the closure anew at each access and checks that it has
// not changed hands: in a loop over doubles that is 1.7 times slower than a local variable. What may grow the memory is
// followed by reading the views again.
//
//   x = f(a); y = D0.v.getInt32(b, true)       V = D0.v; ...; x = f(a); { V = D0.v } y = V.getInt32(b, true)

import type * as es from 'estree'
import { READ, WRITE } from '../3-ir/effects.ts'
import type { Call, CallIndirect, Expr } from '../3-ir/expr.ts'
import type { Func, Stmt } from '../3-ir/ir.ts'
import { weightInside } from '../3-ir/loop-weight.ts'
import { RUNTIME_CALLS } from '../3-ir/runtime-calls.ts'
import { id, type Node, set } from './build.ts'

/** Whether a call may grow a memory. */
export type Growing = (call: Call | CallIndirect) => boolean

/** Whether evaluating a tree may grow a memory. */
export function mayGrow(e: Expr, growing: Growing): boolean {
  if ((e.effects & WRITE) === 0) return false
  if (e.kind === 'runtime' && RUNTIME_CALLS[e.name].grows) return true
  if ((e.kind === 'call' || e.kind === 'call_indirect') && growing(e)) return true
  for (let i = 0; i < e.args.length; i++) if (mayGrow(e.args[i]!, growing)) return true
  return false
}

/** The view variables of one function. */
export class LocalViews {
  readonly #locals = new Map<string, string>()
  readonly #refresh: es.Statement[] = []
  readonly #kept: (view: string) => Node
  readonly #name: (index: number) => string
  #suspended = false

  /**
   * @param kept reads a view from where the instance keeps it
   * @param name gives variables that nothing else in the function uses
   */
  constructor(kept: (view: string) => Node, name: (index: number) => string) {
    this.#kept = kept
    this.#name = name
  }

  /** A view, here: the variable, or where the instance keeps it. */
  read(view: string): Node {
    if (this.#suspended) return this.#kept(view)
    let local = this.#locals.get(view)
    if (local === undefined) {
      local = this.#name(this.#locals.size)
      this.#locals.set(view, local)
      this.#refresh.push(set(local, this.#kept(view)))
    }
    return id(local)
  }

  /** Emits what may grow the memory on the way: inside of it, the views are read from where they are kept. */
  shared<T>(emit: () => T): T {
    this.#suspended = true
    const result = emit()
    this.#suspended = false
    return result
  }

  /** Reads all views again; complete once the function is emitted. */
  get refresh(): es.Statement {
    return { type: 'BlockStatement', body: this.#refresh }
  }

  /** The variables as the function starts. */
  get declarations(): [string, Node][] {
    return [...this.#locals].map(([view, local]) => [local, this.#kept(view)])
  }
}

interface Weights {
  accesses: number
  growth: number
  inLoops: boolean
}

/** Whether a function reads views often enough, compared with how often it would have to read them again. */
export function wantsLocalViews(func: Func, growing: Growing): boolean {
  const weights: Weights = { accesses: 0, growth: 0, inLoops: false }
  weigh(func.body, 1, weights, (e) => Number(mayGrow(e, growing)))
  if (weights.growth === 0) return weights.accesses >= 3
  return weights.inLoops && weights.accesses > 2 * weights.growth
}

function loadsIn(e: Expr): number {
  if ((e.effects & READ) === 0) return 0
  if (e.kind === 'load') return 1 + loadsIn(e.addr)
  let loads = 0
  for (let i = 0; i < e.args.length; i++) loads += loadsIn(e.args[i]!)
  return loads
}

/** @param growth 1 for a tree that may grow a memory, else 0 */
function weigh(stmts: readonly Stmt[], weight: number, weights: Weights, growth: (e: Expr) => number): void {
  for (let i = 0; i < stmts.length; i++) {
    const stmt = stmts[i]!
    let accesses = stmt.kind === 'store' ? 1 : 0
    for (let j = 0; j < stmt.args.length; j++) {
      const e = stmt.args[j]!
      if ((e.effects & READ) !== 0) accesses += loadsIn(e)
      if ((e.effects & WRITE) !== 0) weights.growth += weight * growth(e)
    }
    weights.accesses += accesses * weight
    weights.inLoops ||= accesses > 0 && weight > 1
    const inner = weightInside(stmt, weight)
    for (let j = 0; j < stmt.bodies.length; j++) weigh(stmt.bodies[j]!, inner, weights, growth)
  }
}
