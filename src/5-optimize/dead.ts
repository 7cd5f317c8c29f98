// Removes what sets registers that nobody needs: halves of i64 values, counters of loops that are gone. A register is
// needed if an effect needs it, or the value of a needed register does (faint variables; Giegerich, Möncke & Wilhelm
// 1981), wherever it stands: flow does not matter.
//
//   t = load(p); u = load(p + 4)        t = load(p), checked for 8 bytes
//   u is never read

import { LEAVE, WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { isAtom, load } from '../3-ir/expressions.ts'
import type { CallSet, Func, List, Reg, Stmt } from '../3-ir/ir.ts'
import { evaluate, setReg, setResults } from '../3-ir/statements.ts'
import { effectsIn, forEachRead, forEachReadIn, forEachStmt, rewrite } from '../3-ir/walk.ts'

export function removeDead(func: Func): Func {
  const needed = findNeeded(func)
  const slim = rewrite(func, { list: (stmts) => removeFrom(stmts, needed) })
  return { ...slim, locals: func.locals.filter(({ id }) => needed[id] === 1) }
}

/** By register id, 1 if the register is needed. */
function findNeeded(func: Func): Uint8Array {
  const needed = new Uint8Array(func.regCount)
  const sources = new Sources(func.regCount)
  const work: number[] = []
  const need = (reg: Reg): void => {
    if (needed[reg.id] === 1) return
    needed[reg.id] = 1
    work.push(reg.id)
  }
  forEachStmt(func.body, (stmt) => {
    if (stmt.kind === 'dispatch') need(stmt.state)
    if (stmt.regs.length === 0 || (effectsIn(stmt) & (LEAVE | WRITE)) !== 0) forEachReadIn(stmt, need)
    else for (const reg of stmt.regs) sources.addReads(reg, stmt.args[0]!)
  })
  for (let id = work.pop(); id !== undefined; id = work.pop()) sources.forEach(id, need)
  return needed
}

/** For each register a linked list of those that its value is made of. */
class Sources {
  /** By register id, and by link: the number of the next link, 0 at the end. */
  readonly #first: Int32Array
  readonly #next: number[] = [0]
  readonly #regs: (Reg | undefined)[] = [undefined]
  /** Whose value is being read. */
  #of = 0

  constructor(regCount: number) {
    this.#first = new Int32Array(regCount)
  }

  addReads({ id }: Reg, value: Expr): void {
    this.#of = id
    forEachRead(value, this.#add)
  }

  readonly #add = (reg: Reg): void => {
    this.#next.push(this.#first[this.#of]!)
    this.#first[this.#of] = this.#regs.push(reg) - 1
  }

  forEach(id: number, visit: (reg: Reg) => void): void {
    for (let link = this.#first[id]!; link !== 0; link = this.#next[link]!) visit(this.#regs[link]!)
  }
}

function removeFrom(stmts: List, needed: Uint8Array): List {
  const isDead = ({ id }: Reg): boolean => needed[id] === 0
  if (!stmts.some(({ regs }) => regs.some(isDead))) return stmts
  const kept: Stmt[] = []
  for (const stmt of stmts) {
    if (!stmt.regs.some(isDead)) kept.push(stmt)
    else if (stmt.kind === 'call') keepResults(kept, stmt, needed)
    else keepEffects(kept, stmt)
  }
  return kept
}

/** Without the results that nobody needs. */
function keepResults(kept: Stmt[], stmt: CallSet, needed: Uint8Array): void {
  const { value, results, at } = stmt
  const left = stmt.regs.map((_, i) => i).filter((i) => needed[stmt.regs[i]!.id] === 1)
  if (left.length === 0) return keepEffects(kept, stmt)
  if (left.length === 1 && results[left[0]!] === 0) {
    kept.push(setReg(stmt.regs[0]!, value, at))
    return
  }
  const regs = left.map((i) => stmt.regs[i]!)
  const numbers = left.map((i) => results[i]!)
  kept.push(setResults(regs, value, at, numbers))
}

function keepEffects(kept: Stmt[], stmt: Stmt): void {
  const value = stmt.args[0]!
  if ((value.effects & (LEAVE | WRITE)) === 0 || guardBefore(kept, value)) return
  kept.push(evaluate(value, stmt.at))
}

/** If the dead value is the high word of an i64 whose low word was loaded just before, that load checks for both. */
function guardBefore(kept: Stmt[], value: Expr): boolean {
  const last = kept[kept.length - 1]
  if (value.kind !== 'load' || last?.kind !== 'set' || last.value.kind !== 'load') return false
  const low = last.value
  const isHigh =
    value.op === 'i32.load' && low.op === 'i32.load' && value.offset === low.offset + 4 && value.memory === low.memory
  if (!isHigh || !isAtom(value.addr) || !isSame(value.addr, low.addr, last.reg)) return false
  kept[kept.length - 1] = setReg(last.reg, load(low.op, low.memory, low.addr, low.offset, 4), last.at)
  return true
}

/** Whether two addresses are the same although `set` has been set between. */
function isSame(x: Expr, y: Expr, set: Reg): boolean {
  if (x.kind === 'reg') return y.kind === 'reg' && x.reg === y.reg && x.reg !== set
  return x.kind === 'const' && y.kind === 'const' && x.value === y.value
}
