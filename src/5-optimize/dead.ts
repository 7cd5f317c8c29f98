// Removes what nobody needs: sets of registers, halves of i64 values, counters of loops that are gone; in expressions, what
// has no part in the bits that are needed. What is evaluated for its effects alone is left with these.
//
//   t = load(p); u = load(p + 4)        t = load(p), checked for 8 bytes
//   u is never read
//   i32.store8 (p) (x & 255)            i32.store8 (p) (x)

import { LEAVE, WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { isAtom, load } from '../3-ir/expressions.ts'
import type { CallSet, Func, List, Reg, Stmt } from '../3-ir/ir.ts'
import { located } from '../3-ir/positions.ts'
import { evaluate, isCompound, setReg, setResults, withArgs } from '../3-ir/statements.ts'
import { mapBodies } from '../3-ir/walk.ts'
import { neededOf } from './dead/needed.ts'
import type { DefUse } from './facts/def-use.ts'
import { type Demand, EVERYTHING, hasOwnEffect } from './facts/demand.ts'
import { type Demands, demandIn, findDemands } from './facts/demands.ts'

export function removeDead(func: Func, uses?: DefUse): Func {
  const demands = findDemands(func, uses)
  const removeIn = (list: List): List => removeFrom(list, demands, removeIn)
  const body = removeIn(func.body)
  return { ...func, body, locals: func.locals.filter((reg) => !demands.isDead(reg)) }
}

/**
 * Demands are those of the statements as they were. So a statement is changed first, with the lists inside of it as they are, and
 * these afterwards.
 *
 * @param inside the same for lists inside: one function for all of them
 */
function removeFrom(list: List, demands: Demands, inside: (list: List) => List): List {
  let kept: Stmt[] | undefined
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    const isPart = demands.needsPartOf(stmt)
    const slim = isPart ? withNeeded(stmt, demands) : stmt
    const made = isCompound(slim) ? mapBodies(slim, inside) : slim
    if (!isPart && made === stmt) {
      kept?.push(stmt)
      continue
    }
    kept ??= list.slice(0, i)
    if (isPart) keepNeeded(kept, made, demands)
    else kept.push(made)
  }
  return kept ?? list
}

/** What is left of a statement. */
function keepNeeded(kept: Stmt[], stmt: Stmt, demands: Demands): void {
  if (stmt.kind === 'expr') keepEffects(kept, stmt.value, stmt)
  else if (!setsDead(stmt, demands)) kept.push(stmt)
  else if (stmt.kind === 'call') keepResults(kept, stmt, demands)
  else keepEffects(kept, stmt.args[0]!, stmt)
}

function setsDead({ regs }: Stmt, demands: Demands): boolean {
  for (let i = 0; i < regs.length; i++) if (demands.isDead(regs[i]!)) return true
  return false
}

/** A statement whose operands are no more than is needed of them. */
function withNeeded(stmt: Stmt, demands: Demands): Stmt {
  let args: Expr[] | undefined
  for (let i = 0; i < stmt.args.length; i++) {
    const made = neededOf(stmt.args[i]!, demandOf(stmt, i, demands))
    if (made !== stmt.args[i]) args ??= [...stmt.args]
    if (args !== undefined) args[i] = made
  }
  return args === undefined ? stmt : withArgs(stmt, args)
}

function demandOf(stmt: Stmt, place: number, demands: Demands): Demand {
  if (stmt.kind === 'set') return demands.of(stmt.reg)
  return stmt.kind === 'call' ? EVERYTHING : demandIn(stmt, place)
}

/** Without the results that nobody needs. */
function keepResults(kept: Stmt[], stmt: CallSet, demands: Demands): void {
  const { value, results, at } = stmt
  const left = stmt.regs.map((_, i) => i).filter((i) => !demands.isDead(stmt.regs[i]!))
  if (left.length === 0) return keepEffects(kept, value, stmt)
  if (left.length === 1 && results[left[0]!] === 0) {
    kept.push(setReg(stmt.regs[0]!, value, at))
    return
  }
  const regs = left.map((i) => stmt.regs[i]!)
  const numbers = left.map((i) => results[i]!)
  kept.push(setResults(regs, value, at, numbers))
}

/** What of an expression does something: the parts that do, in the order in which they are evaluated. */
function keepEffects(kept: Stmt[], e: Expr, from: Stmt): void {
  if ((e.effects & (LEAVE | WRITE)) === 0) return
  if (!hasOwnEffect(e)) for (const arg of e.args) keepEffects(kept, arg, from)
  else if (!guardBefore(kept, e)) kept.push(evaluate(e, from.at))
}

/** If the dead value is the high word of an i64 whose low word was loaded just before, that load checks for both. */
function guardBefore(kept: Stmt[], value: Expr): boolean {
  const last = kept[kept.length - 1]
  if (value.kind !== 'load' || last?.kind !== 'set' || last.value.kind !== 'load') return false
  const low = last.value
  const isHigh =
    value.op === 'i32.load' && low.op === 'i32.load' && value.offset === low.offset + 4 && value.memory === low.memory
  if (!isHigh || !isAtom(value.addr) || !isSame(value.addr, low.addr, last.reg)) return false
  const both = located(load(low.op, low.memory, low.addr, low.offset, 4), low.at)
  kept[kept.length - 1] = setReg(last.reg, both, last.at)
  return true
}

/** Whether two addresses are the same although `set` has been set between. */
function isSame(x: Expr, y: Expr, set: Reg): boolean {
  if (x.kind === 'reg') return y.kind === 'reg' && x.reg === y.reg && x.reg !== set
  return x.kind === 'const' && y.kind === 'const' && x.value === y.value
}
