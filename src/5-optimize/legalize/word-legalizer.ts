// i64 values as words: two i32 registers for each i64 register.

import type { Expr, Load, Plain } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth, refold } from '../../3-ir/fold.ts'
import type { CallSet, Func, Reg, Store } from '../../3-ir/ir.ts'
import { constantWords, loadWords, storeWords } from './accesses.ts'
import { Legalizer } from './legalizer.ts'
import { wordRule } from './word-rules.ts'
import { type Words, words } from './words.ts'

export class WordLegalizer extends Legalizer<Words> {
  /** By id of an i64 register: its words. */
  readonly #registers: (readonly [lo: Reg, hi: Reg])[] = []

  run(func: Func): Func {
    return this.finish(func, 'words')
  }

  protected stays(): boolean {
    return true
  }

  protected called(node: CallSet['value']): Expr {
    return node
  }

  protected constant(lo: number, hi: number): Words {
    return constantWords(lo, hi)
  }

  protected read(reg: Reg): Words {
    const [lo, hi] = this.registersOf(reg)
    return words(regRead(lo), regRead(hi))
  }

  protected registersOf(reg: Reg): readonly [lo: Reg, hi: Reg] {
    let made = this.#registers[reg.id]
    if (made === undefined) {
      made = [this.fresh.reg('i32', reg.local), this.fresh.reg('i32', reg.local)]
      this.#registers[reg.id] = made
    }
    return made
  }

  protected load(e: Load, addr: Expr): Words {
    return loadWords(this.stack, e.op, e.memory, addr, e.offset)
  }

  protected select(cond: Expr, then: Words, otherwise: Words): Words {
    const free = (e: Expr): Expr => (e.effects === 0 ? e : this.stack.name(e))
    const arms = [then.lo, then.hi, otherwise.lo, otherwise.hi].map(free) as [Expr, Expr, Expr, Expr]
    const pick = isTruth(cond) ? chooseMasked : choose
    const once = this.stack.atom(cond)
    return {
      ...words(pick(once, arms[0], arms[2]), pick(once, arms[1], arms[3])),
      isSigned: then.isSigned && otherwise.isSigned,
    }
  }

  protected plain(e: Plain, operands: readonly (Words | Expr)[]): Words | Expr {
    const rule = wordRule(e.op as Parameters<typeof wordRule>[0])
    return rule === undefined ? refold(e, operands as readonly Expr[]) : rule(this.stack, ...operands)
  }

  protected set(reg: Reg, { lo, hi }: Words): void {
    this.assign(this.registersOf(reg), [lo, hi])
  }

  protected store(stmt: Store, addr: Expr, value: Words): void {
    for (const each of storeWords(this.stack, stmt, addr, value)) this.emit(each)
  }

  protected toWords(value: Words): Words {
    return value
  }

  protected fromWords(lo: Expr, hi: Expr): Words {
    return words(lo, hi)
  }

  protected entries({ lo, hi }: Words): readonly Expr[] {
    return [lo, hi]
  }

  protected withEntries(value: Words, [lo, hi]: readonly Expr[]): Words {
    if (lo === value.lo && hi === value.hi) return value
    return { lo: lo!, hi: hi!, isSigned: value.isSigned, sum: undefined }
  }
}
