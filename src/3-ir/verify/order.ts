// No pass changes the order in which things happen: of two that must happen in their order (effects.ts) and stood in one run
// of statements, the one that came first comes first in every run in which both stand afterwards.
//
//   t1 = i32.load(l0+4); i32.store(l0+8, 5); f1(t1)        i32.store(l0+8, 5); f1(i32.load(l0+4))       refused
//
// In the body of a `try`, and in an arm of a dispatch that has a handler, a register that the handler reads is part of the
// state: who throws lets it be seen.
//
//   try { l0 = 1; f1() } catch { f2(l0) }                  try { f1(); l0 = 1 } catch { f2(l0) }        refused
//
// What happens is known again by its statement or its node, which passes keep where they can, or else by what it is, if there
// is one such thing in the function before and after. Passes take other instructions for accesses to memory, an `f32.load` for
// an `i32.load`, two of words for an `i64.load`: where one at some offset is new, those at this offset are not told apart.

import { isOrdered as isOrderedByState, THROW } from '../effects.ts'
import type { Expr } from '../expr.ts'
import type { Func, List, Reg, Stmt } from '../ir.ts'
import { exprKind, stmtKind } from '../schema.ts'
import { hasHandlers, labelsOfArm } from '../statements.ts'
import { exprText, stmtsText } from '../text.ts'
import { forEachReadIn, forEachStmt } from '../walk.ts'

/** Beside the effects (effects.ts): it sets a register that a handler around it reads. */
const SET_FOR_HANDLER = 1 << 16

/** Registers that handlers around read. */
type Handed = ReadonlySet<Reg>

const isOrdered = (one: number, other: number): boolean =>
  isOrderedByState(one, other) || isSeen(one, other) || isSeen(other, one)

/** Whether a handler sees the one by the other. */
const isSeen = (one: number, other: number): boolean => (one & SET_FOR_HANDLER) !== 0 && (other & THROW) !== 0

interface Event {
  readonly stmt: Stmt
  /** How many things its statement does before. */
  readonly nth: number
  readonly node: Expr | Stmt
  /** What it is, whatever it works on. */
  readonly name: string
  /** Of an access to memory: what it is, whichever the instruction. */
  readonly access: string | undefined
  readonly effects: number
}

interface Place {
  readonly run: number
  readonly index: number
}

/** What a function does, in its order. */
export class Order {
  readonly #places: Places

  constructor(before: Func) {
    this.#places = happeningsIn(before).places
  }

  /** @returns what happens in another order in what the function became, as text; undefined if nothing does */
  changedIn(after: Func): string | undefined {
    const { runs, places: made } = happeningsIn(after)
    for (const run of runs) {
      const found = reorderedIn(run, (event) => this.#places.of(event, made))
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** What a pass has made is what the next one finds. */
const happenings = new WeakMap<Func, { readonly runs: readonly (readonly Event[])[]; readonly places: Places }>()

function happeningsIn(func: Func): { readonly runs: readonly (readonly Event[])[]; readonly places: Places } {
  let found = happenings.get(func)
  if (found === undefined) {
    const runs = runsOf(func)
    found = { runs, places: new Places(runs) }
    happenings.set(func, found)
  }
  return found
}

/** Where things happen. */
class Places {
  /** Of all that a statement does, in order. */
  readonly #stmts = new Map<Stmt, Place[]>()
  /** By nodes and names; undefined: in several places. */
  readonly #unique = new Map<Expr | Stmt | string, Place | undefined>()
  /** Of each access the names that there are. */
  readonly #names = new Map<string, Set<string>>()

  constructor(runs: readonly (readonly Event[])[]) {
    runs.forEach((events, run) => {
      events.forEach(({ stmt, node, name, access }, index) => {
        const place = { run, index }
        const places = this.#stmts.get(stmt)
        if (places === undefined) this.#stmts.set(stmt, [place])
        else places.push(place)
        const keys = access === undefined ? [node, name] : [node, name, access]
        for (const key of keys) this.#unique.set(key, this.#unique.has(key) ? undefined : place)
        if (access !== undefined) this.#names.set(access, (this.#names.get(access) ?? new Set()).add(name))
      })
    })
  }

  /** @param other where it happens now */
  of({ stmt, nth, node, name, access }: Event, other: Places): Place | undefined {
    const place = this.#stmts.get(stmt)?.[nth]
    if (place !== undefined) return place
    const what = access !== undefined && this.#hasNew(access, other) ? access : name
    const key = [node, what].find((each) => this.#unique.get(each) && other.#unique.get(each))
    return key === undefined ? undefined : this.#unique.get(key)
  }

  /** Whether there is an instruction for an access that there was not before. */
  #hasNew(access: string, now: Places): boolean {
    const old = this.#names.get(access)
    return [...(now.#names.get(access) ?? [])].some((name) => old?.has(name) !== true)
  }
}

/** Behind each other, what has which effect and stood furthest behind before. */
function reorderedIn(run: readonly Event[], before: (event: Event) => Place | undefined): string | undefined {
  const last = new Map<number, (readonly [index: number, event: Event] | undefined)[]>()
  for (const event of run) {
    const place = before(event)
    if (place === undefined) continue
    const seen = last.get(place.run) ?? []
    last.set(place.run, seen)
    for (let bit = 0; 1 << bit <= event.effects || bit < seen.length; bit++) {
      const [index, other] = seen[bit] ?? []
      if (other !== undefined && index! > place.index && isOrdered(1 << bit, event.effects))
        return `${shown(other.node)} comes before ${shown(event.node)} now`
    }
    for (let bit = 0; 1 << bit <= event.effects; bit++) {
      const isLater = (event.effects & (1 << bit)) !== 0 && (seen[bit]?.[0] ?? -1) < place.index
      if (isLater) seen[bit] = [place.index, event]
    }
  }
  return undefined
}

const shown = (node: Expr | Stmt): string => `\`${'height' in node ? stmtsText([node]) : exprText(node)}\``

/** What happens in statements that follow each other, in order; runs end where control divides. */
function runsOf(func: Func): Event[][] {
  const runs: Event[][] = []
  const list = (stmts: List, handed: Handed): void => {
    let run: Event[] = []
    for (const stmt of stmts) {
      addEvents(run, stmt, handed)
      if (stmt.bodies.length === 0) continue
      if (run.length > 0) runs.push(run)
      run = []
      for (const [body, given] of listsIn(stmt, handed)) list(body, given)
    }
    if (run.length > 0) runs.push(run)
  }
  list(func.body, new Set())
  return runs
}

/** The lists in a compound statement, each with what is read by handlers of what is thrown in it. */
function listsIn(stmt: Stmt, around: Handed): readonly (readonly [List, Handed])[] {
  const none = stmt.bodies.map((body) => [body, around] as const)
  if (stmt.kind === 'try')
    return none.map(([body]) => [body, body === stmt.body ? readIn(stmt.handler, around) : around])
  if (stmt.kind !== 'dispatch' || !hasHandlers(stmt)) return none
  const bodies = new Map(stmt.arms.flatMap((arm) => labelsOfArm(arm).map((label) => [label, arm.body] as const)))
  const known = new Map<List, Handed>()
  return stmt.arms.map(({ body, handler }) => {
    // What is outside of the statement is seen to where that stands.
    const home = handler && bodies.get(handler)
    if (home === undefined) return [body, around]
    const handed = known.get(home) ?? readIn(home, around)
    known.set(home, handed)
    return [body, handed]
  })
}

function readIn(handler: List, around: Handed): Handed {
  const handed = new Set(around)
  forEachStmt(handler, (each) => forEachReadIn(each, (reg) => handed.add(reg)))
  return handed
}

function addEvents(run: Event[], stmt: Stmt, handed: Handed): void {
  const from = run.length
  const visit = (e: Expr): void => {
    if (e.effects === 0) return
    e.args.forEach(visit)
    const { effects, data } = exprKind(e)
    add(e, [e.kind, ...data(e)].join(), effects(e))
  }
  const add = (node: Expr | Stmt, name: string, effects: number): void => {
    const isAccess = node.kind === 'load' || node.kind === 'store'
    const access = isAccess ? `${node.kind} at ${node.memory}, ${node.offset}` : undefined
    if (effects !== 0) run.push({ stmt, nth: run.length - from, node, name, access, effects })
  }
  stmt.args.forEach(visit)
  const { effects, data } = stmtKind(stmt)
  if (effects !== 0) add(stmt, [stmt.kind, ...data(stmt)].join(), effects)
  for (const reg of stmt.regs) if (handed.has(reg)) add(stmt, `set ${reg.id}`, SET_FOR_HANDLER)
}
