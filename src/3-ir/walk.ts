// Walks over the IR: those that look, and one that makes a new function. Nothing is copied that stays the same. No walk
// knows kinds: what they need is in the fields that all nodes have. Recursion is bounded by the height of the IR
// (4-lower/flatten.ts) and the size of trees (operands.ts).

import type { Expr } from './expr.ts'
import { refold } from './fold.ts'
import type { Compound, Func, List, Reg, Stmt } from './ir.ts'
import { located } from './positions.ts'
import { STMTS } from './schema.ts'
import { isCompound, withArgs, withBodies } from './statements.ts'

/** Calls `visit` for every register that the tree reads, in the order of evaluation. */
export function forEachRead(e: Expr, visit: (reg: Reg) => void): void {
  if (e.reads === 0) return
  if (e.kind === 'reg') return visit(e.reg)
  for (let i = 0; i < e.args.length; i++) forEachRead(e.args[i]!, visit)
}

/** Calls `visit` for every register that the expressions of a statement itself read. */
export function forEachReadIn(stmt: Stmt, visit: (reg: Reg) => void): void {
  for (let i = 0; i < stmt.args.length; i++) forEachRead(stmt.args[i]!, visit)
}

/** Whether the tree reads a register. */
export function readsReg(e: Expr, reg: Reg): boolean {
  if ((e.reads & (1 << (reg.id & 31))) === 0) return false
  if (e.kind === 'reg') return e.reg === reg
  for (let i = 0; i < e.args.length; i++) if (readsReg(e.args[i]!, reg)) return true
  return false
}

/** The sum of the effects of the expressions of a statement itself (effects.ts). What it does with them is not included. */
export const effectsIn = (stmt: Stmt): number => effectsOfAll(stmt.args)

/** The sum of the effects of some expressions. */
export function effectsOfAll(exprs: readonly Expr[]): number {
  let effects = 0
  for (let i = 0; i < exprs.length; i++) effects |= exprs[i]!.effects
  return effects
}

/** What running a statement may do, the statements inside of it not included (effects.ts). */
export const effectsOf = (stmt: Stmt): number => effectsIn(stmt) | STMTS[stmt.kind].effects

/** The sum of a measure over the expressions of a statement itself. */
export function sumOver(stmt: Stmt, measure: (e: Expr) => number): number {
  let sum = 0
  for (let i = 0; i < stmt.args.length; i++) sum += measure(stmt.args[i]!)
  return sum
}

/** Calls `visit` with every statement, outer ones first. */
export function forEachStmt(list: List, visit: (stmt: Stmt) => void): void {
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    visit(stmt)
    for (let j = 0; j < stmt.bodies.length; j++) forEachStmt(stmt.bodies[j]!, visit)
  }
}

/** Whether a test is true of any statement that holds others. */
export function someCompound(list: List, test: (stmt: Compound) => boolean): boolean {
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    if (!isCompound(stmt)) continue
    if (test(stmt)) return true
    for (let j = 0; j < stmt.bodies.length; j++) if (someCompound(stmt.bodies[j]!, test)) return true
  }
  return false
}

/** Whether a test is true of any statement. */
export function someStmt(list: List, test: (stmt: Stmt) => boolean): boolean {
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    if (test(stmt)) return true
    for (let j = 0; j < stmt.bodies.length; j++) if (someStmt(stmt.bodies[j]!, test)) return true
  }
  return false
}

/** The same statement with other expressions of its own. */
export function mapExpressions(stmt: Stmt, change: (e: Expr) => Expr): Stmt {
  const args = mapShared(stmt.args, change)
  return args === stmt.args ? stmt : withArgs(stmt, args)
}

/** The statement with other lists, one level down; the same statement if they all stay. */
export function mapBodies<S extends Stmt>(stmt: S, map: (list: List) => List): S {
  const bodies = mapShared(stmt.bodies, map)
  return bodies === stmt.bodies ? stmt : (withBodies(stmt as Compound, bodies) as Stmt as S)
}

/** The list with others in the place of some statements; the same list if every statement stays. */
export function replaceIn(list: List, replace: (stmt: Stmt) => Stmt | List): List {
  let done: Stmt[] | undefined
  for (let i = 0; i < list.length; i++) {
    const old = list[i]!
    const made = replace(old)
    if (made === old) {
      done?.push(old)
      continue
    }
    done ??= list.slice(0, i)
    if ('kind' in made) done.push(made)
    else for (let j = 0; j < made.length; j++) done.push(made[j]!)
  }
  return done ?? list
}

export interface Rewriter {
  /** What stands for a node whose operands are done. */
  readonly expr?: (e: Expr) => Expr
  /** A filter like `Expr.reads`: `expr` changes only trees that read one of these registers. */
  readonly reads?: number
  /** What stands for a list of statements that are done. */
  readonly list?: (list: List) => List
}

export const rewrite = (func: Func, rewriter: Rewriter): Func => {
  const body = rewriteList(func.body, rewriter)
  return body === func.body ? func : { ...func, body }
}

function rewriteList(list: List, rewriter: Rewriter): List {
  let copy: Stmt[] | undefined
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    const done = rewriteStmt(stmt, rewriter)
    if (done !== stmt) copy ??= list.slice(0, i)
    copy?.push(done)
  }
  const done = copy ?? list
  return rewriter.list === undefined ? done : rewriter.list(done)
}

function rewriteStmt(stmt: Stmt, rewriter: Rewriter): Stmt {
  const args = rewriter.expr === undefined ? stmt.args : mapShared(stmt.args, (e) => rewriteTree(e, rewriter))
  const changed = args === stmt.args ? stmt : withArgs(stmt, args)
  return isCompound(changed) ? rewriteBodies(changed, rewriter) : changed
}

/** `mapBodies`, without a function made for each statement. */
function rewriteBodies(stmt: Compound, rewriter: Rewriter): Stmt {
  const { bodies } = stmt
  let copy: List[] | undefined
  for (let i = 0; i < bodies.length; i++) {
    const list = rewriteList(bodies[i]!, rewriter)
    if (list !== bodies[i]) copy ??= bodies.slice(0, i)
    copy?.push(list)
  }
  return copy === undefined ? stmt : withBodies(stmt, copy)
}

function rewriteTree(e: Expr, { expr, reads = -1 }: Rewriter): Expr {
  return expr === undefined || (reads !== -1 && (e.reads & reads) === 0) ? e : rewriteExpr(e, expr)
}

/** A tree in which `change` stands for each node, operands first. */
export function rewriteExpr(e: Expr, change: (e: Expr) => Expr): Expr {
  if (e.args.length === 0) return change(e)
  let args: Expr[] | undefined
  for (let i = 0; i < e.args.length; i++) {
    const made = rewriteExpr(e.args[i]!, change)
    if (made !== e.args[i]) args ??= e.args.slice(0, i)
    args?.push(made)
  }
  return located(change(args === undefined ? e : refold(e, args)), e.at)
}

/** A copy of a tree with other registers, or expressions in their place. */
export function substitute(e: Expr, of: (reg: Reg) => Expr): Expr {
  if (e.reads === 0) return e
  if (e.kind === 'reg') return of(e.reg)
  return refold(
    e,
    e.args.map((arg) => substitute(arg, of)),
  )
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
