// Checks that come before an instruction on a reference, as statements of their own: the instruction itself does not trap, so
// what reads a field may be evaluated late, and engines see that what is behind a check is an object.
//
//   struct.get $t 1      if (a === null) throw trap_null(); ... a.f1

import type { RefType } from '../0-wasm/types.ts'
import { TRAP } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { operation } from '../3-ir/expressions.ts'
import type { TrapFunction } from '../3-ir/runtime-names.ts'
import { choice, trap } from '../3-ir/statements.ts'
import type { FunctionBuilder } from './builder.ts'

/** Traps where a condition, which does nothing but look at registers, is true. */
export function trapIf(b: FunctionBuilder, cond: Expr, message: TrapFunction): void {
  b.stack.before(TRAP)
  b.emit(choice(cond, undefined, [trap(message, b.at)], [], b.at))
}

/**
 * A reference that is not null: where it may be, it is put into a register, and what is null traps.
 * @param type what the validator knows of it; undefined: nothing
 */
export function notNull(b: FunctionBuilder, e: Expr, type: RefType | undefined): Expr {
  if (type?.nullable === false) return e
  const ref = b.stack.atom(e)
  trapIf(b, operation('ref.is_null', [ref]), 'trap_null')
  return ref
}
