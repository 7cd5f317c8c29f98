// Where the values of a variable meet, V8 makes BigInts of them; a variable that always holds what it was set to once
// stays in a machine register. So each value that is set to an i64 register of a BigInt version (gain.ts) gets a
// variable of its own, for reads that only it can reach; for others it goes to an element of an array too.
//
//   loop ... local.set 0 (i64.mul (local.get 0) (local.get 1))     wl[0] = sx(64, wl[0] * b)
//   local.set 0 (A)  local.set 0 (B (local.get 0))  end            t = A; wl[0] = B(t)
//
// All functions use the same array, so what is needed behind a call is kept in variables meanwhile:
//
//   a = wl[0]; f(); wl[0] = a

import type { Expr } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import type { Compound, Func, List, Reg, SetReg, Stmt } from '../../3-ir/ir.ts'
import { isCompound, setReg } from '../../3-ir/statements.ts'
import { forEachReadIn, forEachStmt, mapBodies, mapExpressions, rewrite, rewriteExpr } from '../../3-ir/walk.ts'
import { hasBit } from '../bits.ts'
import { Liveness } from '../liveness.ts'

/** Cells that there are, of which one is for words of values that have none. */
export const CELLS = 64

/** Cells that the registers of a function may have. */
export const MAX_CELLS = CELLS - 1

/** @returns undefined if it takes too long to find out what is needed behind calls, or too much to keep it */
export function useCells(func: Func): Func | undefined {
  const versions = new Versions(func.regCount)
  const body = versions.list(func.body)
  const locals = func.locals.map((reg) => (reg.type === 'i64' ? versions.cellOf(reg) : reg))
  return saveCells(joinSets(removeDeadSets({ ...func, body, locals, regCount: versions.regCount })))
}

/** Gives each value a variable, and a cell: `t = value; cell = t`. */
class Versions {
  regCount: number
  readonly #cells = new Map<Reg, Reg>()
  /** What a register was set to last, wherever control came from. */
  #current = new Map<Reg, Reg>()

  constructor(regCount: number) {
    this.regCount = regCount
  }

  cellOf(reg: Reg): Reg {
    let cell = this.#cells.get(reg)
    if (cell === undefined) {
      cell = { ...reg, type: 'i64cell' }
      this.#cells.set(reg, cell)
    }
    return cell
  }

  readonly list = (stmts: readonly Stmt[]): Stmt[] => stmts.flatMap((stmt) => this.#stmt(stmt))

  #stmt(stmt: Stmt): Stmt[] {
    const renamed = mapExpressions(stmt, (e) => rewriteExpr(e, this.#read))
    if (isCompound(renamed)) return [this.#compound(renamed)]
    if (renamed.kind !== 'set' || renamed.reg.type !== 'i64') return [renamed]
    const { reg, value, at } = renamed
    const version: Reg = { id: this.regCount++, type: 'i64', local: undefined }
    this.#current.set(reg, version)
    return [setReg(version, value, at), setReg(this.cellOf(reg), regRead(version), at)]
  }

  readonly #read = (e: Expr): Expr =>
    e.kind === 'reg' && e.type === 'i64' ? regRead(this.#current.get(e.reg) ?? this.cellOf(e.reg)) : e

  #compound(stmt: Compound): Compound {
    const set: Reg[] = []
    for (const body of stmt.bodies) forEachStmt(body, (inner) => set.push(...inner.regs))
    if (stmt.kind === 'loop' || stmt.kind === 'try') for (const reg of set) this.#current.delete(reg)
    const made = mapBodies(stmt, this.#body)
    for (const reg of set) this.#current.delete(reg)
    return made
  }

  readonly #body = (body: List): List => {
    const before = new Map(this.#current)
    const made = this.list(body)
    this.#current = before
    return made
  }
}

/** Removes sets of cells that nobody reads afterwards. */
function removeDeadSets(func: Func): Func {
  const dead = new Set<Stmt>()
  const liveness = new Liveness(func)
  if (!liveness.solve()) return func
  liveness.visit((list) => {
    for (const stmt of deadInOne(liveness, list)) dead.add(stmt)
    return (index, live) => {
      const before = list[index - 1]
      if (!setsCell(before)) return
      const bit = liveness.bitOf(before.reg)
      if (bit >= 0 && !hasBit(live, bit)) dead.add(before)
    }
  })
  return rewrite(func, { list: (stmts) => stmts.filter((stmt) => !dead.has(stmt)) })
}

/** Dead sets of cells that only this list knows of. */
function deadInOne(liveness: Liveness, list: List): Stmt[] {
  const dead: Stmt[] = []
  const live = new Set<Reg>()
  for (let i = list.length - 1; i >= 0; i--) {
    const stmt = list[i]!
    if (setsCell(stmt) && liveness.bitOf(stmt.reg) < 0 && !live.delete(stmt.reg)) dead.push(stmt)
    forEachReadIn(stmt, (reg) => live.add(reg))
  }
  return dead
}

const isCell = (reg: Reg | undefined): reg is Reg => reg?.type === 'i64cell'

const setsCell = (stmt: Stmt | undefined): stmt is SetReg => stmt?.kind === 'set' && isCell(stmt.reg)

/** `t = value; cell = t` as `cell = value` where nobody else reads `t`. */
function joinSets(func: Func): Func {
  const reads = new Int32Array(func.regCount)
  forEachStmt(func.body, (stmt) => forEachReadIn(stmt, ({ id }) => reads[id]!++))
  const isSole = (stmt: Stmt | undefined, next: Stmt | undefined): boolean =>
    stmt?.kind === 'set' &&
    reads[stmt.reg.id] === 1 &&
    setsCell(next) &&
    next.value.kind === 'reg' &&
    next.value.reg === stmt.reg
  return rewrite(func, {
    list: (stmts) =>
      stmts.flatMap((stmt, i) => {
        if (isSole(stmt, stmts[i + 1])) return []
        const before = stmts[i - 1]
        return isSole(before, stmt) ? [setReg((stmt as SetReg).reg, (before as SetReg).value, stmt.at)] : [stmt]
      }),
  })
}

/** Lowering has left calls in sets and in statements of their own. */
const isCall = (stmt: Stmt | undefined): stmt is Stmt =>
  (stmt?.kind === 'set' || stmt?.kind === 'expr' || stmt?.kind === 'call') &&
  (stmt.value.kind === 'call' || stmt.value.kind === 'call_indirect')

/** So many cells are kept for each statement of a function. With more it would be mostly that: words are better. */
const MAX_KEPT = 4

/** Keeps the cells that are needed behind each call. @returns undefined if that takes too much */
function saveCells(func: Func): Func | undefined {
  let statements = 0
  let hasCalls = false
  forEachStmt(func.body, (stmt) => {
    statements++
    hasCalls ||= isCall(stmt)
  })
  if (!hasCalls) return func
  const saved = new Map<Stmt, readonly Reg[]>()
  const liveness = new Liveness(func)
  if (!liveness.solve()) return undefined
  const cells = cellsInSeveral(liveness)
  liveness.visit((list) => {
    const inOne = new Set<Reg>()
    return (index, live) => {
      if (index < list.length) passBackwards(list[index]!, liveness, inOne)
      const before = list[index - 1]
      if (isCall(before)) saved.set(before, [...cells.filter((_, bit) => hasBit(live, bit)), ...inOne])
    }
  })
  let kept = 0
  for (const each of saved.values()) kept += each.length
  if (kept > MAX_KEPT * statements) return undefined
  let { regCount } = func
  const around = (stmt: Stmt): readonly Stmt[] => {
    const pairs = (saved.get(stmt) ?? []).map((cell): [Reg, Reg] => [
      cell,
      { id: regCount++, type: 'i64', local: undefined },
    ])
    const save = pairs.map(([cell, reg]) => setReg(reg, regRead(cell), stmt.at))
    return [...save, stmt, ...pairs.map(([cell, reg]) => setReg(cell, regRead(reg), stmt.at))]
  }
  const { body } = rewrite(func, { list: (stmts) => stmts.flatMap(around) })
  return { ...func, body, regCount }
}

/** The cells that more than one list of statements knows of, by their bits. */
function cellsInSeveral({ ofBit, homes }: Liveness): Reg[] {
  const cells: Reg[] = []
  for (const [bit, number] of ofBit.entries()) {
    const reg = homes.regs[number]!
    if (isCell(reg)) cells[bit] = reg
  }
  return cells
}

/** From the cells, of those that only this list knows of, which are live behind a statement to those that are before it. */
function passBackwards(stmt: Stmt, liveness: Liveness, live: Set<Reg>): void {
  for (const reg of stmt.regs) live.delete(reg)
  forEachReadIn(stmt, (reg) => {
    if (isCell(reg) && liveness.bitOf(reg) < 0) live.add(reg)
  })
}
