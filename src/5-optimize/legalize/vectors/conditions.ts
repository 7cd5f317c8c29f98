// Where only zero or not counts, no mask of a vector's lanes is put together:
//
//   if (i8x16.bitmask(v)) ...    if (v128.any_true(v128.and(v, v128.join(0x80808080, ...)))) ...

import type { Expr } from '../../../3-ir/expr.ts'
import { operation, vector, withOperands } from '../../../3-ir/expressions.ts'
import type { Func, List, Stmt } from '../../../3-ir/ir.ts'
import { located } from '../../../3-ir/positions.ts'
import { withArgs } from '../../../3-ir/statements.ts'
import { replaceIn, rewrite } from '../../../3-ir/walk.ts'

type Word = readonly [number, number, number, number]

const same = (word: number): Word => [word, word, word, word]

/** The highest bits of lanes. */
const TOPS: { readonly [Op in string]?: Word } = {
  'i8x16.bitmask': same(-0x7f7f7f80),
  'i16x8.bitmask': same(-0x7fff8000),
  'i32x4.bitmask': same(-0x80000000),
  'i64x2.bitmask': [0, -0x80000000, 0, -0x80000000],
}

export const simplifyConditions = (func: Func): Func =>
  rewrite(func, { expr: ofTests, list: (list: List) => replaceIn(list, ofStatement) })

/** An `if` by a mask. */
function ofStatement(stmt: Stmt): Stmt {
  if (stmt.kind !== 'if') return stmt
  const cond = truthOf(stmt.cond)
  return cond === stmt.cond ? stmt : withArgs(stmt, [cond])
}

/** Tests for zero, and choices. */
function ofTests(e: Expr): Expr {
  const isTest = (e.kind === 'op' && e.op === 'i32.eqz') || e.kind === 'select'
  if (!isTest) return e
  const [first, ...others] = e.args as [Expr, ...Expr[]]
  const cond = truthOf(first)
  return cond === first ? e : withOperands(e, [cond, ...others])
}

/** What is zero where a mask is. */
function truthOf(e: Expr): Expr {
  const tops = e.kind === 'op' ? TOPS[e.op] : undefined
  return tops === undefined
    ? e
    : located(operation('v128.any_true', [operation('v128.and', [e.args[0]!, vector(tops)])]), e.at)
}
