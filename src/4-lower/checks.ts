// Checks that come before an instruction on a reference, as statements of their own: the instruction itself does not trap, so
// what reads a field may be evaluated late, and engines see that what is behind a check is an object.
//
//   struct.get $t 1      if (a === null) throw trap_null(); ... a.f1

import type { RefType } from '../0-wasm/types.ts'
import { TRAP } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { operation } from '../3-ir/expressions.ts'
import { TAKES_NULL } from '../3-ir/gc-ops.ts'
import type { TrapFunction } from '../3-ir/runtime-names.ts'
import { choice, trap } from '../3-ir/statements.ts'
import type { FunctionBuilder } from './builder.ts'

/** Traps where a condition, which does nothing but look at registers, is true. */
export function trapIf(b: FunctionBuilder, cond: Expr, message: TrapFunction): void {
  b.stack.before(TRAP)
  b.emit(choice(cond, undefined, [trap(message, b.at)], [], b.at))
  knowNotNull(b, cond)
}

/** Notes what is known of a reference where a condition is not true. */
export function knowNotNull(b: FunctionBuilder, cond: Expr): void {
  if (cond.kind !== 'op') return
  const operand = cond.args[0]
  if (cond.op === 'ref.is_null' && operand!.kind === 'reg' && !b.notNull.knows(operand!.reg))
    b.notNull.add(operand!.reg, undefined)
  // What is of a type that has no null is not null.
  if (cond.op !== 'i32.eqz' || operand!.kind !== 'gc' || (operand!.detail & TAKES_NULL) !== 0) return
  const [ref] = operand!.args
  if (ref!.kind === 'reg') b.notNull.add(ref!.reg, operand!.heap)
}

/**
 * A reference that is not null: where it may be, it is put into a register, and what is null traps.
 * @param type what the validator knows of it; undefined: nothing
 */
export function notNull(b: FunctionBuilder, e: Expr, type: RefType | undefined): Expr {
  if (type?.nullable === false) return e
  if (e.kind === 'reg' && b.notNull.knows(e.reg)) return e
  const ref = b.stack.atom(e)
  trapIf(b, operation('ref.is_null', [ref]), 'trap_null')
  return ref
}
