// i64 values as BigInts: an i64 register is a variable that holds one. Functions get and give i64 values as all do, in two
// words:
//
//   (func (param i64) (result i64) (i64.mul (local.get 0) (local.get 0)))
//
//   x = join(lo, hi); t = i64.mul(x, x); return i64.low(t), i64.high(t)

import { WRITE } from '../../3-ir/effects.ts'
import type { Expr, Load, Plain } from '../../3-ir/expr.ts'
import { i64, regRead } from '../../3-ir/expressions.ts'
import { refold } from '../../3-ir/fold.ts'
import type { CallSet, Func, Reg, Store } from '../../3-ir/ir.ts'
import { setReg, store } from '../../3-ir/statements.ts'
import { bigIntRule, join, loadBigInt, selectBigInt, storedBigInt, wordsOf } from './bigint-rules.ts'
import { Legalizer } from './legalizer.ts'
import { type Words, words } from './words.ts'

export class BigIntLegalizer extends Legalizer<Expr> {
  run(func: Func): Func {
    const params = func.params.map((reg) => (reg.type === 'i64' ? [this.temp('i32'), this.temp('i32')] : [reg]))
    const joins = func.params.flatMap((reg, i) => {
      const [lo, hi] = params[i]!
      return hi === undefined ? [] : [setReg(reg, join(words(regRead(lo!), regRead(hi))), 0)]
    })
    const legal = this.finish(func, 'bigint')
    return {
      ...legal,
      params: params.flat(),
      locals: [...func.params.filter(({ type }) => type === 'i64'), ...legal.locals],
      body: [...joins, ...legal.body],
    }
  }

  /** Calls use the same cells: they stand in statements of their own, so that what is needed behind them can be kept. */
  protected stays({ effects }: Expr): boolean {
    return (effects & WRITE) === 0
  }

  protected called(node: CallSet['value']): Expr {
    return this.stack.nameResults(node, [node.type])[0]!
  }

  protected constant(lo: number, hi: number): Expr {
    return i64(lo, hi)
  }

  protected read(reg: Reg): Expr {
    return regRead(reg)
  }

  protected registersOf(reg: Reg): readonly Reg[] {
    return [reg]
  }

  protected load(e: Load, addr: Expr): Expr {
    return loadBigInt(e.op, e.memory, addr, e.offset)
  }

  protected select(cond: Expr, then: Expr, otherwise: Expr): Expr {
    const free = (e: Expr): Expr => (e.effects === 0 ? e : this.stack.name(e))
    const [x, y] = [free(then), free(otherwise)]
    return selectBigInt(this.stack, cond, x, y)
  }

  protected plain(e: Plain, operands: readonly Expr[]): Expr {
    const rule = bigIntRule(e.op as Parameters<typeof bigIntRule>[0])
    return rule === undefined ? refold(e, operands) : rule(this.stack, ...operands)
  }

  protected set(reg: Reg, value: Expr): void {
    this.assign([reg], [value])
  }

  protected store({ op, memory, offset, at }: Store, addr: Expr, value: Expr): void {
    const stored = storedBigInt(op, value)
    this.emit(store(stored.op, memory, addr, offset, stored.value, at))
  }

  protected toWords(value: Expr): Words {
    return wordsOf(this.stack, value)
  }

  protected fromWords(lo: Expr, hi: Expr): Expr {
    return join(words(lo, hi))
  }

  protected entries(value: Expr): readonly Expr[] {
    return [value]
  }

  protected withEntries(_: Expr, [value]: readonly Expr[]): Expr {
    return value!
  }
}
