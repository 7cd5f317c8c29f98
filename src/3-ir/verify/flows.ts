// How control goes through a function, and what it finds set: registers, and the numbers that states of dispatches may be.
// What is set on the way to a statement is also set inside of it, so loops need no second round; only the arms of a
// dispatch do. Numbers change on the way around a loop: what a loop sets may be any of what it is set to there.

import { THROW } from '../effects.ts'
import type { Expr } from '../expr.ts'
import type { CallSet, Dispatch, Label, List, Reg, SetReg, Stmt, Try } from '../ir.ts'
import { type Flow, stmtKind } from '../schema.ts'
import { labelsOfArm } from '../statements.ts'
import { effectsOf, forEachReadIn, forEachStmt, readsReg, someStmt } from '../walk.ts'
import { type Codes, codesOf, handedTo, union } from './codes.ts'
import type { Subject } from './subject.ts'

/** Where control flow joins: the registers that are set on all of them; undefined as long as there is none. */
interface Join {
  /** How much had been set where the statement begins. */
  readonly from: number
  regs: Reg[] | undefined
  /** What the states of dispatches may be. */
  states: States
}

/** The numbers that registers may hold which are states of dispatches around. */
export type States = ReadonlyMap<Reg, Codes>

interface Options {
  /** Is told of registers that are read where they may not be set. */
  readonly unset?: (reg: Reg) => void
  /** Whether a dispatch that goes on by its state may go on anywhere, as passes take it. */
  readonly anywhere?: boolean
  /** Is told that control never comes to a statement. */
  readonly unreached?: () => void
  /** The registers that are followed where control flow joins. */
  readonly followed?: ReadonlySet<Reg>
  /** Registers whose numbers are followed too. */
  readonly states?: States
  /** Is told of returns, and of the numbers that registers may be there. */
  readonly returns?: (values: readonly Expr[], states: States) => void
}

export class Flows {
  readonly #s: Subject
  readonly #options: Options
  /** By register id. */
  readonly #isSet: Uint8Array
  /** The registers that have been set on the way here, in order. */
  readonly #way: Reg[] = []
  /** Where branches to a label go; undefined: to a loop. */
  readonly #joins = new Map<Label, () => readonly Join[]>()
  #states: States
  /** Where an exception goes that is thrown here. */
  #handlers: readonly Join[] = []
  /** Whether control comes here. */
  isHere = true

  constructor(subject: Subject, options: Options) {
    this.#s = subject
    this.#options = options
    this.#states = options.states ?? new Map()
    const { regCount, params, locals } = subject.func
    this.#isSet = new Uint8Array(regCount)
    for (const { id } of [...params, ...locals]) this.#isSet[id] = 1
  }

  list(list: List): void {
    for (const stmt of list) this.#stmt(stmt)
  }

  #stmt(stmt: Stmt): void {
    this.#s.stmt = stmt
    if (!this.isHere) this.#options.unreached?.()
    if (this.isHere) forEachReadIn(stmt, this.#read)
    if (this.#handlers.length > 0 && (effectsOf(stmt) & THROW) !== 0)
      for (const join of this.#handlers) this.#join(join)
    for (const reg of stmt.regs) this.#set(reg)
    if (this.#s.known.resuming.size > 0 && stmt.args.some(this.#mayEndHere)) this.#trust()
    if (this.#states.size > 0) this.#note(stmt)
    const { flow, targets } = stmtKind(stmt)
    if (flow === 'on') return
    if (stmt.kind === 'return' && this.isHere) this.#options.returns?.(stmt.values, this.#states)
    if (stmt.kind === 'dispatch') return this.#dispatch(stmt)
    if (stmt.kind === 'try') return this.#try(stmt)
    if (flow !== 'leaves') return this.#compound(stmt, flow)
    for (const label of targets(stmt)) for (const join of this.#joins.get(label)?.() ?? []) this.#join(join)
    this.isHere = false
  }

  readonly #read = (reg: Reg): void => {
    if (this.#isSet[reg.id] === 0) this.#options.unset?.(reg)
  }

  readonly #mayEndHere = (e: Expr): boolean =>
    e.kind === 'call' && e.version.kind === 'part' && this.#s.known.resuming.has(e.version.number)

  /**
   * Behind a part that may be told to go where it does not come back from: of the ways here, those on which it was told so end
   * there. They are not told from the others, so registers that are set on some way only are not looked at any more.
   */
  #trust(): void {
    for (const reg of this.#options.followed ?? []) this.#set(reg)
  }

  #set(reg: Reg): void {
    if (this.#isSet[reg.id] === 1) return
    this.#isSet[reg.id] = 1
    this.#way.push(reg)
  }

  /** Notes what a state is set to. */
  #note(stmt: Stmt): void {
    stmt.regs.forEach((reg, i) => {
      if (this.#states.has(reg)) this.#states = new Map(this.#states).set(reg, this.#codes(stmt, i))
    })
  }

  /** The numbers that a statement sets its register at `index` to. */
  #codes(stmt: Stmt, index: number): Codes {
    const { value } = stmt as SetReg | CallSet
    return codesOf(value, stmt.kind === 'call' ? stmt.results[index]! : 0, this.#s.known.returned)
  }

  /** What states may be at the start of statements or behind any of them. */
  #around(list: List, before: States): States {
    const states = new Map(before)
    if (states.size === 0) return states
    forEachStmt(list, (stmt) => {
      stmt.regs.forEach((reg, i) => {
        if (states.has(reg)) states.set(reg, union([states.get(reg), this.#codes(stmt, i)]))
      })
      if (stmt.kind === 'dispatch' && states.has(stmt.state)) states.set(stmt.state, undefined)
    })
    return states
  }

  /** Control comes from here to where control flow joins. */
  #join(join: Join): void {
    if (!this.isHere) return
    join.states = join.regs === undefined ? this.#states : merged(join.states, this.#states)
    const { followed } = this.#options
    if (followed === undefined || followed.size === 0) join.regs = []
    else if (join.regs === undefined) join.regs = this.#way.slice(join.from).filter((reg) => followed.has(reg))
    else join.regs = join.regs.filter(({ id }) => this.#isSet[id] === 1)
  }

  /** Goes back to where `length` registers were set. */
  #back(length: number): void {
    while (this.#way.length > length) this.#isSet[this.#way.pop()!.id] = 0
  }

  /** Goes on from where control flow joins. */
  #leave({ from, regs, states }: Join): void {
    this.#back(from)
    this.isHere = regs !== undefined
    this.#states = states
    for (const reg of regs ?? []) this.#set(reg)
  }

  /** Control may come to the handler from the start of the body, and from whatever may throw in it. */
  #try(stmt: Try): void {
    const join = (): Join => ({ from: this.#way.length, regs: undefined, states: this.#states })
    const [out, caught] = [join(), join()]
    this.#guarded(stmt.body, [caught])
    this.#join(out)
    this.#leave(caught)
    this.list(stmt.handler)
    this.#join(out)
    this.#leave(out)
  }

  /** @param handlers where an exception goes that is thrown in the list */
  #guarded(list: List, handlers: readonly Join[]): void {
    const outer = this.#handlers
    this.#handlers = handlers
    for (const join of handlers) this.#join(join)
    this.list(list)
    this.#handlers = outer
  }

  /** All but dispatches and `try`: each body is entered from before the statement. */
  #compound(stmt: Stmt, { falls, labels }: Flow): void {
    const { isHere } = this
    const states = stmt.kind === 'loop' ? this.#around(stmt.body, this.#states) : this.#states
    const out: Join = { from: this.#way.length, regs: undefined, states }
    const ends = labels === 'again' ? [] : [out]
    for (const label of stmt.labels) this.#joins.set(label, () => ends)
    for (const body of stmt.bodies) {
      this.isHere = isHere
      this.#states = states
      this.list(body)
      const stays = falls === 'out or again' && stmt.kind === 'loop' && stmt.repeats
      if (!stays) this.#join(out)
      this.#back(out.from)
    }
    this.#leave(out)
  }

  /** Arms are looked at again until nothing is new. */
  #dispatch(stmt: Dispatch): void {
    const { state, arms, again, resumes } = stmt
    if (resumes === true) this.#read(state)
    else this.#set(state)
    const states = this.#states
    const from = this.#way.length
    const join = (): Join => ({ from, regs: undefined, states })
    const out = join()
    const entries = arms.map(join)
    const numbered = this.#enter(stmt, entries)
    for (const entry of this.#at(numbered, this.#start(stmt))) this.#join(entry)
    const seen = arms.map(() => '')
    const isNew = (entry: Join, i: number): boolean => entry.regs !== undefined && shown(entry) !== seen[i]
    while (entries.some(isNew)) {
      entries.forEach((entry, i) => {
        if (!isNew(entry, i)) return
        seen[i] = shown(entry)
        this.#leave(entry)
        if (again !== undefined || this.#states.has(state)) this.#states = new Map(this.#states).set(state, undefined)
        const { body, handler } = arms[i]!
        if (handler === undefined) this.list(body)
        else this.#guarded(body, this.#joins.get(handler)?.() ?? [])
        this.#s.stmt = stmt
        // Empty arms that control never comes to may stand there: they are seen only where numbers are looked at.
        const falls = this.isHere && this.#options.anywhere !== true && reads(arms[i + 1]?.body ?? [], state)
        if (falls) this.#s.fail('control falls to where the state is read')
        this.#join(entries[i + 1] ?? out)
        this.#back(from)
      })
    }
    this.#needEntered(stmt, entries)
    this.#leave(out)
  }

  /** The numbers of the arms at which a dispatch may start. */
  #start({ state, first = 0, resumes }: Dispatch): Codes {
    if (resumes !== true) return new Set([first])
    const { func, known } = this.#s
    return handedTo(func, state, known.funcs, known.returned)
  }

  /** The arms with some numbers. */
  #at(numbered: ReadonlyMap<number, Join>, codes: Codes): Join[] {
    if (codes === undefined || this.#options.anywhere === true) return [...new Set(numbered.values())]
    return [...codes].map((code) => numbered.get(code) ?? this.#s.fail(`there is no arm ${code}`))
  }

  /** Arms keep their numbers where control does not come to them: they are empty then. */
  #needEntered({ arms }: Dispatch, entries: readonly Join[]): void {
    arms.forEach(({ body }, i) => {
      if (entries[i]!.regs !== undefined || body.length === 0) return
      this.#s.stmt = body[0]
      this.#options.unreached?.()
    })
  }

  /** Notes where branches to the labels of a dispatch go. @returns the arms by their numbers */
  #enter({ arms, first = 0, again, state }: Dispatch, entries: readonly Join[]): Map<number, Join> {
    const numbered = new Map<number, Join>()
    arms.forEach((arm, i) => {
      const entry = entries[i]!
      for (const label of labelsOfArm(arm)) {
        this.#joins.set(label, () => [entry])
        numbered.set(first + numbered.size, entry)
      }
    })
    if (again !== undefined) this.#joins.set(again, () => this.#at(numbered, this.#states.get(state)))
    return numbered
  }
}

/** How much is known where control flow joins, for comparison with what was known when it was last looked at. */
const shown = ({ regs, states }: Join): string =>
  [regs?.length, ...[...states.values()].map((codes) => codes?.size)].join()

/** What states may be where control flow joins. */
function merged(one: States, other: States): States {
  if (one === other) return one
  return new Map([...one].map(([reg, codes]) => [reg, union([codes, other.get(reg)])]))
}

function reads(list: List, reg: Reg): boolean {
  return someStmt(list, (stmt) => stmt.args.some((e) => readsReg(e, reg)))
}
