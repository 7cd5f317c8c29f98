// Whether two functions are the same: not their objects, but what they say.

import type { Expr } from './expr.ts'
import type { Func, Label, List, Reg, Stmt } from './ir.ts'
import { exprKind, stmtKind } from './schema.ts'
import { isSameVersion } from './versions.ts'

export interface EqualOptions {
  /** Whether the byte offsets of statements and expressions must be the same too. */
  readonly at?: boolean
}

/** Whether two functions are equal. */
export function equal(a: Func, b: Func, { at = false }: EqualOptions = {}): boolean {
  return sameHead(a, b) && new Comparison(at).list(a.body, b.body)
}

const sameHead = (a: Func, b: Func): boolean =>
  a.index === b.index &&
  isSameVersion(a.version, b.version) &&
  all(a.alternatives, b.alternatives, isSameVersion) &&
  a.int64 === b.int64 &&
  a.regCount === b.regCount &&
  a.labelCount === b.labelCount &&
  a.hasTailCalls === b.hasTailCalls &&
  a.hasVectors === b.hasVectors &&
  all(a.params, b.params, sameReg) &&
  all(a.locals, b.locals, sameReg) &&
  all(a.results, b.results, Object.is)

function all<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => same(each, b[i]!))
}

const sameReg = (a: Reg, b: Reg): boolean => a.id === b.id && a.type === b.type && a.local === b.local

class Comparison {
  readonly #at: boolean
  /** The label that stands for another, both ways. */
  readonly #pairs = new Map<Label, Label>()

  constructor(at: boolean) {
    this.#at = at
  }

  readonly list = (a: List, b: List): boolean => all(a, b, this.#stmt)

  readonly #stmt = (a: Stmt, b: Stmt): boolean =>
    a.kind === b.kind &&
    (!this.#at || a.at === b.at) &&
    all(stmtKind(a).data(a), stmtKind(b).data(b), Object.is) &&
    all(stmtKind(a).targets(a), stmtKind(b).targets(b), this.#label) &&
    all(a.regs, b.regs, sameReg) &&
    all(a.labels, b.labels, this.#label) &&
    all(a.args, b.args, this.#expr) &&
    all(a.bodies, b.bodies, this.list)

  readonly #expr = (a: Expr, b: Expr): boolean =>
    a.kind === b.kind &&
    a.type === b.type &&
    a.effects === b.effects &&
    (!this.#at || a.at === b.at) &&
    all(exprKind(a).data(a), exprKind(b).data(b), Object.is) &&
    all(a.args, b.args, this.#expr)

  readonly #label = (a: Label, b: Label): boolean => {
    if (!this.#pairs.has(a) && !this.#pairs.has(b)) {
      this.#pairs.set(a, b)
      this.#pairs.set(b, a)
    }
    return this.#pairs.get(a) === b && this.#pairs.get(b) === a && a.id === b.id
  }
}
