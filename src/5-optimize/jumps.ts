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
import { forEachRead, mapBodies } from '../3-ir/walk.ts'
import { BranchCounts } from './branch-counts.ts'

/** @returns the function with fewer branches to such loops, and without loops that nothing repeats any more */
export function threadJumps(func: Func): Func {
  const heads = new Heads()
  heads.find(func.body, true)
  if (heads.of.size === 0) return func
  checkUse(func.body, heads.of)
  return { ...func, body: new Threader(heads.of, new BranchCounts(func)).list(func.body) }
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
  let filter = 0
  for (const { id } of readers.keys()) filter |= 1 << (id & 31)
  const visit = (list: List): void => {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      const target = stmt.kind === 'br' ? heads.get(stmt.target) : undefined
      if (target !== undefined && !sets(list[i - 1], target.reg)) target.isPrivate = false
      for (let j = 0; j < stmt.args.length; j++) if ((stmt.args[j]!.reads & filter) !== 0) checkReads(stmt, j)
      for (let j = 0; j < stmt.bodies.length; j++) visit(stmt.bodies[j]!)
    }
  }
  const checkReads = (stmt: Stmt, place: number): void =>
    forEachRead(stmt.args[place]!, (reg) => {
      const head = readers.get(reg)
      if (head !== undefined && head.table !== stmt) head.isPrivate = false
    })
  visit(body)
}

const sets = (stmt: Stmt | undefined, reg: Reg): stmt is SetReg => stmt?.kind === 'set' && stmt.reg === reg

class Threader {
  readonly #heads: ReadonlyMap<Label, Head>
  readonly #branches: BranchCounts
  /** Labels of the statements around. */
  readonly #scope = new Set<Label>()
  /** Where each table sends its numbers. */
  readonly #ways = new Map<Switch, ReadonlyMap<number, Label | undefined>>()

  constructor(heads: ReadonlyMap<Label, Head>, branches: BranchCounts) {
    this.#heads = heads
    this.#branches = branches
  }

  list(list: List): List {
    let done: Stmt[] | undefined
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      const made = isCompound(stmt) ? this.#compound(stmt) : stmt
      const last = done === undefined ? list[i - 1] : done[done.length - 1]
      const target = stmt.kind === 'br' ? this.#targetFrom(stmt, last) : undefined
      if (made !== stmt || target !== undefined) done ??= list.slice(0, i)
      if (target !== undefined) this.#send(stmt as Branch, target, done!)
      else if ('kind' in made) done?.push(made)
      else for (let j = 0; j < made.length; j++) done!.push(made[j]!)
    }
    return done ?? list
  }

  /** Where a branch behind a statement may go at once. */
  #targetFrom(stmt: Branch, last: Stmt | undefined): Label | undefined {
    const head = this.#heads.get(stmt.target)
    const target = head && sets(last, head.reg) ? this.#targetOf(head.table, last) : undefined
    return target !== undefined && this.#scope.has(target) ? target : undefined
  }

  #send(stmt: Branch, target: Label, done: Stmt[]): void {
    if (this.#heads.get(stmt.target)!.isPrivate) done.pop()
    this.#branches.remove(stmt.target)
    this.#branches.add(target)
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

  /** What stands for the statement: of a loop that nothing repeats any more, its body. */
  #compound(stmt: Compound): Stmt | List {
    const { labels } = stmt
    for (let i = 0; i < labels.length; i++) this.#scope.add(labels[i]!)
    const inner = mapBodies(stmt, this.#inside)
    for (let i = 0; i < labels.length; i++) this.#scope.delete(labels[i]!)
    return inner.kind === 'loop' && !this.#branches.has(inner.label) ? inner.body : inner
  }

  readonly #inside = (list: List): List => this.list(list)
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
