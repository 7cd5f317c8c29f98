// Instructions on references: null, i31, and tests and casts to types.

import type { HeapType, RefType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Expr } from '../3-ir/expr.ts'
import { gc, i32, operation } from '../3-ir/expressions.ts'
import { binary, eqz } from '../3-ir/fold.ts'
import { MAY_BE_I31, MAY_BE_NULL, TAKES_NULL } from '../3-ir/gc-ops.ts'
import { branchOnRef } from './branches.ts'
import type { Rule } from './builder.ts'
import { notNull, trapIf } from './checks.ts'

const isNull = (ref: Expr): Expr => operation('ref.is_null', [ref])

export const lowerAsNonNull: Rule = (b, ins) => b.stack.push(notNull(b, b.stack.popOne(), ins.operand))

export const lowerBrOnNull = branchOnRef(() => ({ decision: isNull, carries: false, stays: true }))

export const lowerBrOnNonNull = branchOnRef(() => ({
  decision: (ref) => eqz(isNull(ref)),
  carries: true,
  stays: false,
}))

/** Whether among references of a type there may be an i31. */
const mayBeI31 = (heap: HeapType): boolean => heap === 'any' || heap === 'eq' || heap === 'i31'

/**
 * Whether a reference is of a type.
 * @param ref a register, or null
 * @param from what is known of it
 */
function test(ref: Expr, to: RefType, from: RefType | undefined): Expr {
  const nulls = (to.nullable ? TAKES_NULL : 0) | (from?.nullable === false ? 0 : MAY_BE_NULL)
  const i31 = from === undefined || mayBeI31(from.heap) ? MAY_BE_I31 : 0
  return gc('ref.test', to.heap, nulls | i31, [ref], 'i32')
}

/** What is tested for is said by the instruction and its name. */
const target = (ins: Instruction): RefType => ({ nullable: ins.op.name.endsWith('null'), heap: ins.heap })

export const lowerRefTest: Rule = (b, ins) => {
  const { stack } = b
  stack.push(test(stack.atom(stack.popOne()), target(ins), ins.operand))
}

//   ref.cast $t      if (!(a !== null && a.t === D5)) throw trap_cast()
export const lowerRefCast: Rule = (b, ins) => {
  const { stack } = b
  const ref = stack.atom(stack.popOne())
  const isKnown = ref.kind === 'reg' && b.notNull.heapOf(ref.reg) === ins.heap
  if (!isKnown) trapIf(b, eqz(test(ref, target(ins), ins.operand)), 'trap_cast')
  stack.push(ref)
}

export const lowerBrOnCast = branchOnRef(({ from, to, operand }) => ({
  decision: (ref) => test(ref, to, operand ?? from),
  carries: true,
  stays: true,
}))

export const lowerBrOnCastFail = branchOnRef(({ from, to, operand }) => ({
  decision: (ref) => eqz(test(ref, to, operand ?? from)),
  carries: true,
  stays: true,
}))

/** All bits of an i31. */
const MASK_31 = 0x7fff_ffff

export const lowerI31Get =
  (isSigned: boolean): Rule =>
  (b, ins) => {
    const word = operation('i31.get', [notNull(b, b.stack.popOne(), ins.operand)])
    b.stack.push(isSigned ? word : binary('i32.and', word, i32(MASK_31)))
  }
