// Walks over the IR for passes: one that reads, one that makes a new function. Nothing is copied that stays the same.
// Recursion is bounded by the height of the IR (4-lower/flatten.ts) and the size of trees (4-lower/operands.ts).

import { operands } from './build.ts'
import { withBody, withCond, withSegments, withValue } from './changed.ts'
import { refold } from './fold.ts'
import type { Compound, Expr, Func, Stmt } from './ir.ts'
import { choice, giveBack, isCompound, store, switchOn, tailCall } from './statements.ts'

const NONE: readonly never[] = []

/** The expressions of a statement itself, in the order of evaluation. */
export function expressionsOf(stmt: Stmt): readonly Expr[] {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return [stmt.value]
    case 'store':
      return [stmt.addr, stmt.value]
    case 'return':
      return stmt.values
    case 'tail':
      return [stmt.call]
    case 'if':
      return [stmt.cond]
    case 'switch':
      return [stmt.index]
    default:
      return NONE
  }
}

/** READ, TRAP and WRITE of the expressions of a statement itself. */
export function effectsIn(stmt: Stmt): number {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return stmt.value.effects
    case 'store':
      return stmt.addr.effects | stmt.value.effects
    case 'if':
      return stmt.cond.effects
    case 'switch':
      return stmt.index.effects
    case 'tail':
      return stmt.call.effects
    case 'return':
      return stmt.values.reduce((effects, e) => effects | e.effects, 0)
    default:
      return 0
  }
}

/** The sum of a measure over the expressions of a statement itself. */
export function sumOver(stmt: Stmt, measure: (e: Expr) => number): number {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return measure(stmt.value)
    case 'store':
      return measure(stmt.addr) + measure(stmt.value)
    case 'if':
      return measure(stmt.cond)
    case 'switch':
      return measure(stmt.index)
    case 'tail':
      return measure(stmt.call)
    case 'return':
      return stmt.values.reduce((sum, e) => sum + measure(e), 0)
    default:
      return 0
  }
}

/** The lists of statements inside a statement. */
export function bodiesOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case 'block':
    case 'loop':
      return [stmt.body]
    case 'if':
      return [stmt.then, stmt.else]
    case 'switch':
      return stmt.cases.map(({ body }) => body)
    case 'dispatch':
      return stmt.segments.map(({ body }) => body)
    default:
      return NONE
  }
}

/** Calls `visit` with every statement, outer ones first. */
export function forEachStmt(stmts: readonly Stmt[], visit: (stmt: Stmt) => void): void {
  for (let i = 0; i < stmts.length; i++) {
    const stmt = stmts[i]!
    visit(stmt)
    switch (stmt.kind) {
      case 'block':
      case 'loop':
        forEachStmt(stmt.body, visit)
        break
      case 'if':
        forEachStmt(stmt.then, visit)
        forEachStmt(stmt.else, visit)
        break
      case 'switch':
        for (let j = 0; j < stmt.cases.length; j++) forEachStmt(stmt.cases[j]!.body, visit)
        break
      case 'dispatch':
        for (let j = 0; j < stmt.segments.length; j++) forEachStmt(stmt.segments[j]!.body, visit)
    }
  }
}

/** The same statement with other expressions of its own. */
export function mapExpressions(stmt: Stmt, change: (e: Expr) => Expr): Stmt {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return withValue(stmt, change(stmt.value))
    case 'store':
      return store(stmt.op, stmt.memory, change(stmt.addr), stmt.offset, change(stmt.value), stmt.at)
    case 'return':
      return giveBack(stmt.values.map(change), stmt.at)
    case 'tail':
      return tailCall(change(stmt.call) as typeof stmt.call, stmt.at)
    case 'if':
      return withCond(stmt, change(stmt.cond))
    case 'switch':
      return switchOn(change(stmt.index), stmt.cases, stmt.height, stmt.at)
    default:
      return stmt
  }
}

export interface Rewriter {
  /** What stands for a node whose operands are done. */
  readonly expr?: (e: Expr) => Expr
  /** A filter like `Expr.reads`: `expr` changes only trees that read one of these registers. */
  readonly reads?: number
  /** What stands for a list of statements that are done. */
  readonly list?: (stmts: readonly Stmt[]) => readonly Stmt[]
}

export const rewrite = (func: Func, rewriter: Rewriter): Func => ({ ...func, body: rewriteList(func.body, rewriter) })

function rewriteList(stmts: readonly Stmt[], rewriter: Rewriter): readonly Stmt[] {
  let copy: Stmt[] | undefined
  for (let i = 0; i < stmts.length; i++) {
    const stmt = stmts[i]!
    const done = isCompound(stmt) ? rewriteCompound(stmt, rewriter) : rewriteLeaf(stmt, rewriter)
    if (done !== stmt) copy ??= stmts.slice(0, i)
    copy?.push(done)
  }
  const done = copy ?? stmts
  return rewriter.list === undefined ? done : rewriter.list(done)
}

function rewriteLeaf(stmt: Exclude<Stmt, Compound>, rewriter: Rewriter): Stmt {
  if (rewriter.expr === undefined) return stmt
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set': {
      const value = rewriteTree(stmt.value, rewriter)
      return value === stmt.value ? stmt : withValue(stmt, value)
    }
    case 'store': {
      const addr = rewriteTree(stmt.addr, rewriter)
      const value = rewriteTree(stmt.value, rewriter)
      if (addr === stmt.addr && value === stmt.value) return stmt
      return store(stmt.op, stmt.memory, addr, stmt.offset, value, stmt.at)
    }
    case 'return': {
      const values = mapShared(stmt.values, (value) => rewriteTree(value, rewriter))
      return values === stmt.values ? stmt : giveBack(values, stmt.at)
    }
    case 'tail': {
      const call = rewriteTree(stmt.call, rewriter)
      return call === stmt.call ? stmt : tailCall(call as typeof stmt.call, stmt.at)
    }
    default:
      return stmt
  }
}

function rewriteCompound(stmt: Compound, rewriter: Rewriter): Stmt {
  switch (stmt.kind) {
    case 'block':
    case 'loop': {
      const body = rewriteList(stmt.body, rewriter)
      return body === stmt.body ? stmt : withBody(stmt, body)
    }
    case 'if': {
      const cond = rewriteTree(stmt.cond, rewriter)
      const then = rewriteList(stmt.then, rewriter)
      const otherwise = rewriteList(stmt.else, rewriter)
      const isSame = cond === stmt.cond && then === stmt.then && otherwise === stmt.else
      return isSame ? stmt : choice(cond, stmt.label, then, otherwise, stmt.height, stmt.at)
    }
    case 'switch': {
      const index = rewriteTree(stmt.index, rewriter)
      const cases = mapShared(stmt.cases, (each) => {
        const body = rewriteList(each.body, rewriter)
        return body === each.body ? each : { indices: each.indices, body }
      })
      return index === stmt.index && cases === stmt.cases ? stmt : switchOn(index, cases, stmt.height, stmt.at)
    }
    case 'dispatch': {
      const segments = mapShared(stmt.segments, (each) => {
        const body = rewriteList(each.body, rewriter)
        return body === each.body ? each : { label: each.label, also: each.also, body }
      })
      return segments === stmt.segments ? stmt : withSegments(stmt, segments)
    }
  }
}

function rewriteTree(e: Expr, { expr, reads = -1 }: Rewriter): Expr {
  return expr === undefined || (reads !== -1 && (e.reads & reads) === 0) ? e : rewriteExpr(e, expr)
}

export function rewriteExpr(e: Expr, change: (e: Expr) => Expr): Expr {
  const old = operands(e)
  if (old.length === 0) return change(e)
  const args = mapShared(old, (arg) => rewriteExpr(arg, change))
  return change(args === old ? e : refold(e, args))
}

/** `map`, but the same array if nothing changed. */
function mapShared<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let copy: T[] | undefined
  for (let i = 0; i < items.length; i++) {
    const changed = change(items[i]!)
    if (changed !== items[i]) copy ??= items.slice(0, i)
    copy?.push(changed)
  }
  return copy ?? items
}
