// i64 values as words: two i32 registers for each i64 register.

import type { ElementLoad, Expr, Load, LoadOp, Plain } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth, refold } from '../../3-ir/fold.ts'
import type { CallSet, Reg, Store } from '../../3-ir/ir.ts'
import { constantWords, loadWords, storeWords } from './accesses.ts'
import type { Representation, Workplace } from './representation.ts'
import { wordRule } from './word-rules.ts'
import { type Words, words } from './words.ts'

export class AsWords implements Representation<Words> {
  readonly #at: Workplace
  /** By id of an i64 register: its words. */
  readonly #registers: (readonly [lo: Reg, hi: Reg])[] = []

  constructor(at: Workplace) {
    this.#at = at
  }

  stays(): boolean {
    return true
  }

  called(node: CallSet['value']): Expr {
    return node
  }

  constant(lo: number, hi: number): Words {
    return constantWords(lo, hi)
  }

  read(reg: Reg): Words {
    const [lo, hi] = this.registersOf(reg)
    return words(regRead(lo), regRead(hi))
  }

  registersOf(reg: Reg): readonly [lo: Reg, hi: Reg] {
    let made = this.#registers[reg.id]
    if (made === undefined) {
      made = [this.#at.fresh.reg('i32', reg.local), this.#at.fresh.reg('i32', reg.local)]
      this.#registers[reg.id] = made
    }
    return made
  }

  load(e: Load, addr: Expr): Words {
    return loadWords(this.#at.stack, e.op as Exclude<LoadOp, ElementLoad> | 'i64.load', e.memory, addr, e.offset)
  }

  select(cond: Expr, then: Words, otherwise: Words): Words {
    const free = (e: Expr): Expr => (e.effects === 0 ? e : this.#at.stack.name(e))
    const arms = [then.lo, then.hi, otherwise.lo, otherwise.hi].map(free) as [Expr, Expr, Expr, Expr]
    const pick = isTruth(cond) ? chooseMasked : choose
    const once = this.#at.stack.atom(cond)
    return {
      ...words(pick(once, arms[0], arms[2]), pick(once, arms[1], arms[3])),
      isSigned: then.isSigned && otherwise.isSigned,
    }
  }

  plain(e: Plain, operands: readonly (Words | Expr)[]): Words | Expr {
    const rule = wordRule(e.op as Parameters<typeof wordRule>[0])
    return rule === undefined ? refold(e, operands as readonly Expr[]) : rule(this.#at.stack, ...operands)
  }

  set(reg: Reg, { lo, hi }: Words): void {
    this.#at.assign(this.registersOf(reg), [lo, hi])
  }

  store(stmt: Store, addr: Expr, value: Words): void {
    for (const each of storeWords(this.#at.stack, stmt, addr, value)) this.#at.emit(each)
  }

  toWords(value: Words): Words {
    return value
  }

  fromWords(lo: Expr, hi: Expr): Words {
    return words(lo, hi)
  }

  entries({ lo, hi }: Words): readonly Expr[] {
    return [lo, hi]
  }

  withEntries(value: Words, [lo, hi]: readonly Expr[]): Words {
    if (lo === value.lo && hi === value.hi) return value
    return { lo: lo!, hi: hi!, isSigned: value.isSigned, sum: undefined }
  }
}
