// Changes of single places in a function, for passes that are broken on purpose.

import type { Expr } from '../../src/3-ir/expr.ts'
import { regRead, withOperands } from '../../src/3-ir/expressions.ts'
import type { Func, Label, List, Reg, Stmt } from '../../src/3-ir/ir.ts'
import { block, branch, isCompound, loop, setReg, setResults, withArgs } from '../../src/3-ir/statements.ts'
import { forEachStmt, mapBodies, mapExpressions, replaceIn, rewriteExpr } from '../../src/3-ir/walk.ts'
import type { Random } from '../fuzz/random.ts'

/** All statements, outer ones first. */
export function stmtsOf(func: Func): Stmt[] {
  const found: Stmt[] = []
  forEachStmt(func.body, (stmt) => found.push(stmt))
  return found
}

/** All lists of statements. */
export const listsOf = (func: Func): List[] => [func.body, ...stmtsOf(func).flatMap(({ bodies }) => bodies)]

/** The trees of a function, each with all below it, and the statement that they stand in. */
export function exprsOf(func: Func): { e: Expr; stmt: Stmt }[] {
  const found: { e: Expr; stmt: Stmt }[] = []
  for (const stmt of stmtsOf(func)) {
    const add = (e: Expr): void => {
      found.push({ e, stmt })
      e.args.forEach(add)
    }
    stmt.args.forEach(add)
  }
  return found
}

/** One of those that a test holds for; undefined if there is none. */
export function pick<T>(random: Random, all: readonly T[], test: (each: T) => boolean): T | undefined {
  const found = all.filter(test)
  return found.length === 0 ? undefined : random.pick(found)
}

/** The function with something else for a statement. */
export function replaceStmt(func: Func, old: Stmt, made: (stmt: Stmt) => Stmt | List): Func {
  const list = (stmts: List): List =>
    replaceIn(stmts, (stmt) => (stmt === old ? made(stmt) : isCompound(stmt) ? mapBodies(stmt, list) : stmt))
  return { ...func, body: list(func.body) }
}

/** The function with another list for one of its lists. */
export function replaceList(func: Func, old: List, made: List): Func {
  const list = (stmts: List): List =>
    stmts === old ? made : replaceIn(stmts, (stmt) => (isCompound(stmt) ? mapBodies(stmt, list) : stmt))
  return { ...func, body: list(func.body) }
}

/** The function with another expression for one, in one statement. */
export function replaceExpr(func: Func, { e: old, stmt }: { e: Expr; stmt: Stmt }, made: Expr): Func {
  const change = (e: Expr): Expr => {
    if (e === old) return made
    const args = e.args.map(change)
    return args.every((arg, i) => arg === e.args[i]) ? e : withOperands(e, args)
  }
  return replaceStmt(func, stmt, (each) => withArgs(each, each.args.map(change)))
}

/** The function with another register for one, everywhere. */
export function replaceReg(func: Func, old: Reg, made: Reg): Func {
  const of = (reg: Reg): Reg => (reg === old ? made : reg)
  const expr = (e: Expr): Expr =>
    rewriteExpr(e, (each) => (each.kind === 'reg' && each.reg === old ? regRead(made) : each))
  const leaf = (stmt: Stmt): Stmt => {
    const done = mapExpressions(stmt, expr)
    if (done.kind === 'set') return setReg(of(done.reg), done.value, done.at)
    return done.kind === 'call' ? setResults(done.regs.map(of), done.value, done.at, done.results) : done
  }
  const list = (stmts: List): List => stmts.map((stmt) => mapBodies(leaf(stmt), list))
  return { ...func, params: func.params.map(of), locals: func.locals.map(of), body: list(func.body) }
}

/** A block or loop of another label; branches to it go there. */
export function withOtherLabel(stmt: Stmt & { kind: 'block' | 'loop' }, label: Label): Stmt {
  const list = (stmts: List): List =>
    stmts.map((each) =>
      each.kind === 'br' && each.target === stmt.label ? branch(label, each.at) : mapBodies(each, list),
    )
  const body = list(stmt.body)
  return stmt.kind === 'block' ? block(label, body, stmt.at) : loop(label, body, stmt.at, stmt.repeats)
}

/** A node as no maker makes it. */
export const forged = <T extends object>(node: T, fields: Readonly<Record<string, unknown>>): T =>
  Object.assign(Object.create(Object.getPrototypeOf(node)), node, fields) as T
