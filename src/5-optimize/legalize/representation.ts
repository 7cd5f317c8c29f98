// What the legalizer asks of a representation of i64 values.

import type { Expr, Load, Operation } from '../../3-ir/expr.ts'
import type { CallSet, Reg, Store } from '../../3-ir/ir.ts'
import type { OperandStack, Sink } from '../../3-ir/operands.ts'
import type { Fresh } from '../../3-ir/registers.ts'
import type { Words } from './words.ts'

/** The function at work. */
export interface Workplace extends Sink {
  readonly fresh: Fresh
  readonly stack: OperandStack
  /** Sets registers at once. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void
}

/** @template Held what an i64 is held as */
export interface Representation<Held> {
  /** Whether an expression without i64 values stays as it is. */
  stays(e: Expr): boolean
  /** What stands for a call without an i64 among its results. */
  called(node: CallSet['value']): Expr
  /** The value of an i64 expression. */
  constant(lo: number, hi: number): Held
  read(reg: Reg): Held
  load(e: Load, addr: Expr): Held
  select(cond: Expr, then: Held, otherwise: Held): Held
  /** The value of an operation with i64 operands or an i64 result. */
  operation(e: Operation, operands: readonly (Held | Expr)[]): Held | Expr
  set(reg: Reg, value: Held): void
  store(stmt: Store, addr: Expr, value: Held): void
  /** How values go from function to function, and into globals. */
  toWords(value: Held): Words
  fromWords(lo: Expr, hi: Expr): Held
  /** A value as entries of the operand stack, and back: some of them may have been put into registers meanwhile. */
  entries(value: Held): readonly Expr[]
  /** How many these are. */
  readonly entriesOfOne: number
  /** @param from where those of the value begin */
  withEntries(value: Held, entries: readonly Expr[], from: number): Held
  /** The registers that hold an i64 register. */
  registersOf(reg: Reg): readonly Reg[]
}
