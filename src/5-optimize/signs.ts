// Products of sign-extended words that stand in locals: compilers extend an operand once, outside the loop. A local of
// type i64 whose high word is the sign of its low word wherever it is set needs no cross terms.
//
//   x = t; X = t >> 31; ...                           x = t; ...
//   high((x >>> 0) * (y >>> 0)) + imul(x, Y) + imul(y, X)     high(x * y)

import type { Expr, Plain } from '../3-ir/expr.ts'
import { double, i32, plain, regRead } from '../3-ir/expressions.ts'
import { add, sub } from '../3-ir/fold.ts'
import type { Func, Stmt } from '../3-ir/ir.ts'
import { isCompound } from '../3-ir/statements.ts'
import { rewrite } from '../3-ir/walk.ts'

/** A term of a sum, with the sign it has there. */
interface Term {
  readonly negative: boolean
  readonly value: Expr
}

export function useSigns(func: Func): Func {
  const signs = findSigns(func)
  if (signs.size === 0) return func
  const change = (e: Expr): Expr => (isSum(e, WORDS) ? shorten(e, signs) : e)
  let reads = 0
  for (const id of signs.keys()) reads |= 1 << (id & 31)
  return rewrite(func, { expr: change, reads })
}

/** High words that are the sign of the low word of the same local: their ids, to those of the low words. */
function findSigns(func: Func): Map<number, number> {
  const good = new Map<number, number>()
  const bad = new Set<number>()
  for (const reg of func.params) bad.add(reg.id)
  const visit = (stmts: readonly Stmt[]): void => {
    stmts.forEach((stmt, i) => {
      if (isCompound(stmt)) for (const body of stmt.bodies) visit(body)
      if (stmt.kind === 'dispatch') bad.add(stmt.state.id)
      if (stmt.kind !== 'set' || stmt.reg.type !== 'i32' || stmt.reg.local === undefined) return
      const [before, after] = [stmts[i - 1], stmts[i + 1]]
      if (isPair(before, stmt)) good.set(stmt.reg.id, (before as SetStmt).reg.id)
      else if (!isPair(stmt, after)) bad.add(stmt.reg.id)
    })
  }
  visit(func.body)
  for (const [high, low] of good) if (bad.has(high) || bad.has(low)) good.delete(high)
  return good
}

type SetStmt = Extract<Stmt, { kind: 'set' }>

/** Whether two statements set the words of one local to a word and its sign. */
function isPair(low: Stmt | undefined, high: Stmt | undefined): boolean {
  if (low?.kind !== 'set' || high?.kind !== 'set' || low.reg.local === undefined) return false
  const isLocal = low.reg.local === high.reg.local && high.reg.id === low.reg.id + 1
  return isLocal && (isSignOf(high.value, low.value, NONE) || isSignOf(high.value, regRead(low.reg), NONE))
}

const NONE: ReadonlyMap<number, number> = new Map()

/** Whether `e` is the sign of a word, itself or in a high word of which that is known. */
function isSignOf(e: Expr, word: Expr, signs: ReadonlyMap<number, number>): boolean {
  if (word.kind === 'const') return e.kind === 'const' && e.value === word.value >> 31
  if (word.kind !== 'reg') return false
  if (e.kind === 'reg') return signs.get(e.reg.id) === word.reg.id
  if (e.kind !== 'plain' || e.op !== 'i32.shr_s') return false
  const [of, by] = e.args as [Expr, Expr]
  return of.kind === 'reg' && of.reg === word.reg && by.kind === 'const' && (by.value & 31) === 31
}

/** The ops of sums of one type. */
interface Sums {
  readonly add: 'i32.add' | 'f64.add'
  readonly sub: 'i32.sub' | 'f64.sub'
}

const WORDS: Sums = { add: 'i32.add', sub: 'i32.sub' }
const DOUBLES: Sums = { add: 'f64.add', sub: 'f64.sub' }

const isSum = (e: Expr, { add, sub }: Sums): e is Plain => e.kind === 'plain' && (e.op === add || e.op === sub)

/** The terms of a sum, from left to right. */
function termsOf(e: Expr, sums: Sums, negative = false, into: Term[] = []): Term[] {
  if (isSum(e, sums)) {
    termsOf(e.args[0]!, sums, negative, into)
    termsOf(e.args[1]!, sums, negative !== (e.op === sums.sub), into)
  } else into.push({ negative, value: e })
  return into
}

/** The sum of terms. What is added comes first. */
function sumOf(terms: readonly Term[], zero: Expr, plus: Join, minus: Join): Expr {
  const first = terms.find(({ negative }) => !negative)
  return terms.reduce(
    (sum, term) => (term === first ? sum : (term.negative ? minus : plus)(sum, term.value)),
    first?.value ?? zero,
  )
}

type Join = (x: Expr, y: Expr) => Expr

const join =
  (op: 'f64.add' | 'f64.sub'): Join =>
  (x, y) =>
    plain(op, [x, y])

const isHigh = (e: Expr): e is Plain => e.kind === 'plain' && (e.op === 'i32.high_s' || e.op === 'i32.high_u')

/** A sum of words without the cross terms of products that are signed. */
function shorten(e: Expr, signs: ReadonlyMap<number, number>): Expr {
  const terms = termsOf(e, WORDS)
  const crossed = new Set<Term>()
  const done = terms.map((term) => {
    if (!isHigh(term.value)) return term
    const [sum, lo] = term.value.args as [Expr, Expr]
    const products = termsOf(sum, DOUBLES)
    const signed = products.map((product) => signedProduct(term, product, terms, crossed, signs))
    if (signed.every((product, i) => product === products[i])) return term
    const value = sumOf(signed, double(0), join('f64.add'), join('f64.sub'))
    return { ...term, value: plain('i32.high_s', [value, lo]) }
  })
  return crossed.size === 0
    ? e
    : sumOf(
        done.filter((term) => !crossed.has(term)),
        i32(0),
        add,
        sub,
      )
}

/** A product of unsigned words as one of signed words, if its cross terms are among the terms: they are crossed out. */
function signedProduct(
  high: Term,
  product: Term,
  terms: readonly Term[],
  crossed: Set<Term>,
  signs: ReadonlyMap<number, number>,
): Term {
  const factors = product.value.kind === 'plain' ? product.value.args : []
  const [x, y] = factors.map((f) => (f.kind === 'plain' && f.op === 'f64.convert_i32_u' ? f.args[0] : undefined))
  if (x === undefined || y === undefined) return product
  const negative = high.negative !== product.negative
  const found: Term[] = []
  for (const [word, other] of [[x, y] as const, [y, x] as const]) {
    if (isPositive(other)) continue
    const isTheirs = (term: Term): boolean =>
      term.negative === negative &&
      !crossed.has(term) &&
      !found.includes(term) &&
      isCross(term.value, word, other, signs)
    const cross = terms.find(isTheirs)
    if (cross === undefined) return product
    found.push(cross)
  }
  if (found.length === 0) return product
  for (const term of found) crossed.add(term)
  return { ...product, value: plain('f64.mul', [asDouble(x), asDouble(y)]) }
}

const asDouble = (word: Expr): Expr => plain('f64.convert_i32_s', [word])

const isPositive = (e: Expr): boolean => e.kind === 'const' && e.value >= 0

/** Whether `e` is the product of `word` and the sign of the other word. */
function isCross(e: Expr, word: Expr, other: Expr, signs: ReadonlyMap<number, number>): boolean {
  if (e.kind !== 'plain' || e.op !== 'i32.mul') return false
  const [x, y] = e.args as [Expr, Expr]
  return (isSame(x, word) && isSignOf(y, other, signs)) || (isSame(y, word) && isSignOf(x, other, signs))
}

const isSame = (x: Expr, y: Expr): boolean =>
  x.kind === 'reg'
    ? y.kind === 'reg' && x.reg === y.reg
    : x.kind === 'const' && y.kind === 'const' && x.value === y.value
