// What the legalizer asks of a representation of i64 or v128 values.

import type { Const, Expr, Load, Operation } from '../../3-ir/expr.ts'
import type { CallSet, Reg, Store } from '../../3-ir/ir.ts'
import type { OperandStack, Sink } from '../../3-ir/operands.ts'
import type { Fresh } from '../../3-ir/registers.ts'

/** The function at work. */
export interface Workplace extends Sink {
  readonly fresh: Fresh
  readonly stack: OperandStack
  /** Sets registers at once. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void
}

/** The types of Wasm that JavaScript has no values of. */
export type HeldType = 'i64' | 'v128'

/** @template Held what a value of the type is held as */
export interface Representation<Held> {
  readonly type: HeldType
  /** Whether an expression without values of the type stays as it is. */
  stays(e: Expr): boolean
  /** What stands for a call without one among its results. */
  called(node: CallSet['value']): Expr
  /** The value of an expression of the type. */
  constant(e: Const): Held
  read(reg: Reg): Held
  load(e: Load, addr: Expr): Held
  select(cond: Expr, then: Held, otherwise: Held): Held
  /** The value of an operation with operands or a result of the type. */
  operation(e: Operation, operands: readonly (Held | Expr)[]): Held | Expr
  set(reg: Reg, value: Held): void
  store(stmt: Store, addr: Expr, value: Held): void
  /** How values go from function to function, and into globals. */
  toWords(value: Held): readonly Expr[]
  fromWords(words: readonly Expr[]): Held
  /** A value as entries of the operand stack, and back: some of them may have been put into registers meanwhile. */
  entries(value: Held): readonly Expr[]
  /** @param from where those of the value begin */
  withEntries(value: Held, entries: readonly Expr[], from: number): Held
  /** The registers that hold a register of the type. */
  registersOf(reg: Reg): readonly Reg[]
}
