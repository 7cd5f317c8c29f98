// An i64 and its two words, for what has a place for words only: lanes of vectors, functions of the runtime, elements of
// tuples, payloads of exceptions. Until `legalize` (5-optimize/legalize) an i64 is a value like others.

import type { Expr } from './expr.ts'
import { i32, i64, operation } from './expressions.ts'

/** The i64 of two words that write nothing. */
export const i64OfWords = (lo: Expr, hi: Expr): Expr =>
  lo.kind === 'const' && hi.kind === 'const' ? i64(lo.value, hi.value) : operation('i64.join', [lo, hi])

export const lowWord = (e: Expr): Expr => (e.kind === 'const' ? i32(e.lo) : operation('i64.low', [e]))

export const highWord = (e: Expr): Expr => (e.kind === 'const' ? i32(e.hi) : operation('i64.high', [e]))

/**
 * Both words, the low one first.
 *
 * @param atom a register or a constant
 */
export const wordsOf = (atom: Expr): [Expr, Expr] => [lowWord(atom), highWord(atom)]
