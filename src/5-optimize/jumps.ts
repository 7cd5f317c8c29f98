// Sends branches to a loop that begins with a `br_table` straight to where that would send them. Go's compiler, whose
// functions can be entered in the middle, makes every jump so: with the number of the place in a local.
//
//   loop $l                                       block $b block $a
//     block $b block $a                             br_table $a $b (local.get $pc) end
//       br_table $a $b (local.get $pc) end          if (x) br $b
//     if (x) { pc = 1; br $l }                      A end
//     A end                                       B
//   B; return end

import type { Branch, Compound, Dispatch, Func, Label, List, Reg, SetReg, Stmt, Switch } from '../3-ir/ir.ts'
import { branch, isCompound } from '../3-ir/statements.ts'
import { countBranches, forEachReadIn, forEachStmt, mapBodies } from '../3-ir/walk.ts'

/** @returns the function with fewer branches to such loops, and without loops that nothing repeats any more */
export function threadJumps(func: Func): Func {
  const heads = new Heads()
  heads.find(func.body, true)
  if (heads.of.size === 0) return func
  checkUse(func.body, heads.of)
  return { ...func, body: new Threader(heads.of, countBranches(func.body)).list(func.body) }
}

/** What control finds first behind a label. */
interface Head {
  readonly reg: Reg
  readonly table: Switch
  /** Whether the table reads only what is set directly before the branches to it, or before the first of them. */
  isPrivate: boolean
}

/** The loops and arms that begin with a `br_table` on a register, by their labels. */
class Heads {
  readonly of = new Map<Label, Head>()
  /** A table may have several labels: those of a loop and of the arms that the loop begins with. */
  readonly #ofTable = new Map<Switch, Head>()

  /** @param once whether control comes to the list only once */
  find(list: List, once: boolean): void {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      if (!isCompound(stmt)) continue
      if (stmt.kind === 'loop') this.#note(stmt.label, tableOf(stmt.body), once)
      if (stmt.kind === 'dispatch') this.#arms(stmt, once && stmt.resumes !== true)
      const inner = once && stmt.kind !== 'loop' && stmt.kind !== 'dispatch'
      for (let j = 0; j < stmt.bodies.length; j++) this.find(stmt.bodies[j]!, inner)
    }
  }

  /** Arms without statements lead to the next one. */
  #arms({ arms }: Dispatch, once: boolean): void {
    const first = arms.findIndex(({ body }) => body.length > 0)
    let table: Switch | undefined
    for (let i = arms.length - 1; i >= 0; i--) {
      const { label, body } = arms[i]!
      if (body.length > 0) table = tableOf(body)
      this.#note(label, table, once && i <= first)
    }
  }

  #note(label: Label, table: Switch | undefined, isPrivate: boolean): void {
    if (table?.index.kind !== 'reg') return
    const head = this.#ofTable.get(table) ?? { reg: table.index.reg, table, isPrivate }
    this.#ofTable.set(table, head)
    this.of.set(label, head)
  }
}

/** The `br_table` that a list begins with, inside blocks. */
function tableOf(list: List): Switch | undefined {
  const first = list[0]
  if (first?.kind === 'block') return tableOf(first.body)
  if (first?.kind === 'switch') return first
  if (first?.kind !== 'dispatch' || first.resumes === true) return undefined
  const arm = first.arms.find(({ body }) => body.length > 0)
  return arm && tableOf(arm.body)
}

/** Sees who else reads the register of a table, or goes to it without having set that. */
function checkUse(body: List, heads: ReadonlyMap<Label, Head>): void {
  const readers = new Map<Reg, Head>()
  for (const head of heads.values()) readers.set(head.reg, head)
  const visit = (list: List): void => {
    for (const [i, stmt] of list.entries()) {
      const target = stmt.kind === 'br' ? heads.get(stmt.target) : undefined
      if (target !== undefined && !sets(list[i - 1], target.reg)) target.isPrivate = false
      forEachReadIn(stmt, (reg) => {
        const head = readers.get(reg)
        if (head !== undefined && head.table !== stmt) head.isPrivate = false
      })
    }
  }
  visit(body)
  forEachStmt(body, (stmt) => {
    if (isCompound(stmt)) stmt.bodies.forEach(visit)
  })
}

const sets = (stmt: Stmt | undefined, reg: Reg): stmt is SetReg => stmt?.kind === 'set' && stmt.reg === reg

class Threader {
  readonly #heads: ReadonlyMap<Label, Head>
  /** How often each label is branched to. */
  readonly #branches: Map<Label, number>
  /** Labels of the statements around. */
  readonly #scope = new Set<Label>()
  /** Where each table sends its numbers. */
  readonly #ways = new Map<Switch, ReadonlyMap<number, Label | undefined>>()

  constructor(heads: ReadonlyMap<Label, Head>, branches: Map<Label, number>) {
    this.#heads = heads
    this.#branches = branches
  }

  list(list: List): List {
    const done: Stmt[] = []
    for (const stmt of list) {
      if (stmt.kind === 'br') this.#branch(stmt, done)
      else if (isCompound(stmt)) this.#compound(stmt, done)
      else done.push(stmt)
    }
    return done
  }

  #branch(stmt: Branch, done: Stmt[]): void {
    const head = this.#heads.get(stmt.target)
    const last = done[done.length - 1]
    const target = head && sets(last, head.reg) ? this.#targetOf(head.table, last) : undefined
    if (target === undefined || !this.#scope.has(target)) {
      done.push(stmt)
      return
    }
    if (head!.isPrivate) done.pop()
    this.#branches.set(stmt.target, this.#branches.get(stmt.target)! - 1)
    this.#branches.set(target, (this.#branches.get(target) ?? 0) + 1)
    done.push(branch(target, stmt.at))
  }

  /** Where the table sends what has been set to a constant, if it only branches there. */
  #targetOf(table: Switch, { value }: SetReg): Label | undefined {
    if (value.kind !== 'const') return undefined
    let ways = this.#ways.get(table)
    if (ways === undefined) {
      ways = waysOf(table)
      this.#ways.set(table, ways)
    }
    const isListed = ways.has(value.value)
    return isListed ? ways.get(value.value) : soleTarget(table.cases[table.cases.length - 1]!.body)
  }

  #compound(stmt: Compound, done: Stmt[]): void {
    for (const label of stmt.labels) this.#scope.add(label)
    const inner = mapBodies(stmt, (list) => this.list(list))
    for (const label of stmt.labels) this.#scope.delete(label)
    if (inner.kind === 'loop' && (this.#branches.get(inner.label) ?? 0) === 0)
      for (const each of inner.body) done.push(each)
    else done.push(inner)
  }
}

/** Where a table sends each of its numbers, if it only branches there. */
function waysOf({ cases }: Switch): ReadonlyMap<number, Label | undefined> {
  const ways = new Map<number, Label | undefined>()
  for (const { indices, body } of cases) for (const index of indices) ways.set(index, soleTarget(body))
  return ways
}

function soleTarget(body: List): Label | undefined {
  const [only] = body
  return body.length === 1 && only!.kind === 'br' ? only!.target : undefined
}
