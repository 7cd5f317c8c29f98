// i64 values as BigInts: an i64 register is a variable that holds one.

import { WRITE } from '../../3-ir/effects.ts'
import type { Const, Expr, Load, Operation } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import { refold } from '../../3-ir/fold.ts'
import type { CallSet, Reg, Store } from '../../3-ir/ir.ts'
import { store } from '../../3-ir/statements.ts'
import { bigIntRule, join, loadBigInt, selectBigInt, storedBigInt, wordsOf } from './bigint-rules.ts'
import type { Representation, Workplace } from './representation.ts'
import { words } from './words.ts'

export class AsBigInts implements Representation<Expr> {
  readonly type = 'i64'
  readonly #at: Workplace

  constructor(at: Workplace) {
    this.#at = at
  }

  /** Calls use the same cells: they stand in statements of their own, so that what is needed behind them can be kept. */
  stays({ effects }: Expr): boolean {
    return (effects & WRITE) === 0
  }

  called(node: CallSet['value']): Expr {
    return this.#at.stack.nameResults(node, [node.type])[0]!
  }

  constant(e: Const): Expr {
    return e
  }

  read(reg: Reg): Expr {
    return regRead(reg)
  }

  registersOf(reg: Reg): readonly Reg[] {
    return [reg]
  }

  load(e: Load, addr: Expr): Expr {
    return loadBigInt(e.op, e.memory, addr, e.offset)
  }

  select(cond: Expr, then: Expr, otherwise: Expr): Expr {
    const free = (e: Expr): Expr => (e.effects === 0 ? e : this.#at.stack.name(e))
    const [x, y] = [free(then), free(otherwise)]
    return selectBigInt(this.#at.stack, cond, x, y)
  }

  operation(e: Operation, operands: readonly Expr[]): Expr {
    const rule = bigIntRule(e.op)
    return rule === undefined ? refold(e, operands) : rule(this.#at.stack, ...operands)
  }

  set(reg: Reg, value: Expr): void {
    this.#at.assign([reg], [value])
  }

  store({ op, memory, offset, at }: Store, addr: Expr, value: Expr): void {
    const stored = storedBigInt(op, value)
    this.#at.emit(store(stored.op, memory, addr, offset, stored.value, at))
  }

  toWords(value: Expr): readonly Expr[] {
    const { lo, hi } = wordsOf(this.#at.stack, value)
    return [lo, hi]
  }

  fromWords([lo, hi]: readonly Expr[]): Expr {
    return join(words(lo!, hi!))
  }

  entries(value: Expr): readonly Expr[] {
    return [value]
  }

  withEntries(_: Expr, entries: readonly Expr[], from: number): Expr {
    return entries[from]!
  }
}
