// The two words of an i64, for what has a place for words only: functions of the runtime, elements of tuples, payloads of
// exceptions. To the IR it is a value like others until `legalize` (5-optimize/legalize).

import type { Expr } from '../3-ir/expr.ts'
import { i32, i64, operation } from '../3-ir/expressions.ts'

export const lowWord = (e: Expr): Expr => (e.kind === 'const' ? i32(e.lo) : operation('i32.wrap_i64', [e]))

export const highWord = (e: Expr): Expr =>
  e.kind === 'const' ? i32(e.hi) : operation('i32.wrap_i64', [operation('i64.shr_u', [e, i64(32, 0)])])

/**
 * Both words, the low one first.
 *
 * @param value an atom
 */
export const wordsOf = (value: Expr): [Expr, Expr] => [lowWord(value), highWord(value)]

/** The i64 of two words. */
export const i64OfWords = (lo: Expr, hi: Expr): Expr =>
  operation('i64.or', [
    operation('i64.extend_i32_u', [lo]),
    operation('i64.shl', [operation('i64.extend_i32_u', [hi]), i64(32, 0)]),
  ])
