// Decides what each branch is printed as, which statements need a name for it, and where control comes out of them: for a
// whole function, before any of it is emitted. This is the only place that knows. Whether a case needs a `break`, say, depends
// on the plain breaks in the switches inside it; who has to know such a thing asks the plan and never the IR.
//
//   block $b                              b: {
//     block $a                              switch (x) {
//       switch (x)                            case 0:
//         0: switch (y)                         switch (y) {
//              0: if (z) br $a; br $b             case 0: if (z) break; break b
//              else: br $b                        default: break b }
//         else: f()                             break
//     g()                                     default: f() }
//                                           g() }

import type { Compound, Dispatch, If, Label, Loop, Stmt, Switch, Try } from '../3-ir/ir.ts'
import { labelsOfArm, withLabel } from '../3-ir/statements.ts'
import {
  type Block,
  type Cases,
  type Choice,
  type ComputedState,
  comesOut,
  type Guarded,
  type Holder,
  type Item,
  type Jump,
  joined,
  type Machine,
  newTarget,
  type Repeat,
  type Sequence,
  type State,
  type Target,
} from './control.ts'
import { Arms } from './dispatch.ts'
import { FALL, type Innermost, leave, Place } from './places.ts'

type List = readonly Stmt[]

/** What else decides on the shape of control. */
export interface Printing {
  /** Whether a statement is printed as nothing. */
  isMoot(stmt: Stmt): boolean
  /** Whether something has to stand between the condition of an `if` and its branch: no loop can take it as its own. */
  isPinned(stmt: If): boolean
}

/** @param body of a function, at whose end control returns */
export function planJumps(body: List, printing: Printing): Sequence {
  return new JumpPlanner(printing).function(body)
}

class JumpPlanner {
  readonly #printing: Printing
  readonly #places = new Map<Label, Place>()
  readonly #arms = new Arms()
  readonly #end = new Place()
  #breaks: Innermost | undefined
  #continues: Innermost | undefined
  /** The innermost statement around that may have a name. */
  #around: Target | undefined

  constructor(printing: Printing) {
    this.#printing = printing
  }

  readonly function = (body: List): Sequence => this.#list(body, this.#end)

  /** @param next where control goes from the end of the list */
  #list(list: List, next: Place): Sequence {
    const stmts = this.#printed(list)
    const last = stmts.length - 1
    const items: Item[] = []
    let isLeft = false
    for (let i = 0; i <= last; i++) {
      const item = this.#item(stmts[i]!, i === last ? next : undefined)
      items.push(item)
      isLeft ||= !comesOut(item)
    }
    return { stmts, items, comesOut: !isLeft }
  }

  #printed(list: List): List {
    for (let i = 0; i < list.length; i++) {
      if (this.#printing.isMoot(list[i]!)) return list.filter((stmt) => !this.#printing.isMoot(stmt))
    }
    return list
  }

  /** @param next where control goes from the statement, if it is the last of its list */
  #item(stmt: Stmt, next: Place | undefined): Item {
    switch (stmt.kind) {
      case 'br':
        return this.#jump(this.#placeOf(stmt.target), next)
      case 'return':
        return next === this.#end && stmt.values.length === 0 ? FALL : stmt
      case 'block':
      case 'loop':
      case 'if':
      case 'switch':
      case 'try':
      case 'dispatch':
        return this.#compound(stmt, next ?? new Place())
      default:
        return stmt
    }
  }

  #compound(stmt: Compound, after: Place): Holder | ComputedState {
    switch (stmt.kind) {
      case 'block':
        return this.#block(stmt.label, after, stmt.body)
      case 'if':
        return stmt.label === undefined
          ? this.#choice(stmt, after)
          : this.#block(stmt.label, after, [withLabel(stmt, undefined)])
      case 'loop':
        return this.#loop(stmt, after)
      case 'switch':
        return this.#computed(stmt) ?? this.#switch(stmt, after)
      case 'try':
        return this.#try(stmt, after)
      case 'dispatch':
        return this.#dispatch(stmt, after)
    }
  }

  #placeOf(label: Label): Place {
    const place = this.#places.get(label)
    if (place === undefined) throw new Error('branch to a label that is not around')
    return place
  }

  /** The shortest way to a place: nothing, a plain `break` or `continue`, one with a name. */
  #jump(place: Place, next: Place | undefined): Jump {
    if (place === next) return FALL
    if (this.#breaks?.place === place) return leave(this.#breaks.target, false)
    if (this.#continues?.place === place) return this.#again(this.#continues.target)
    const { way } = place
    if (way === undefined) throw new Error('branch to where nothing around leads')
    return way.kind === 'break' ? leave(way.target, true) : this.#again(way.target, way.state)
  }

  #again(target: Target, state?: State): Jump {
    const isNamed = target !== this.#continues?.target
    target.isContinued = true
    target.isNamed ||= isNamed
    return { kind: 'continue', target, isNamed, state }
  }

  /** Plans what is inside a statement that a break with a name leaves. */
  #within<T>(target: Target, after: Place, plan: () => T): T {
    const outer = this.#around
    const { way } = after
    this.#around = target
    after.way = { target, kind: 'break', state: undefined }
    const made = plan()
    after.way = way
    this.#around = outer
    const levels = target.level + Number(target.isNamed)
    if (outer !== undefined && outer.level < levels) outer.level = levels
    return made
  }

  /** Plans what is inside a statement that a plain `break` leaves. */
  #withinBreakable<T>(target: Target, after: Place, plan: () => T): T {
    const outer = this.#breaks
    this.#breaks = { target, place: after }
    const made = this.#within(target, after, plan)
    this.#breaks = outer
    return made
  }

  /** Plans what is inside a loop, which `continue` leads to the start of. */
  #withinLoop<T>(target: Target, after: Place, start: Place, plan: () => T): T {
    const outer = this.#continues
    this.#continues = { target, place: start }
    const made = this.#withinBreakable(target, after, plan)
    this.#continues = outer
    return made
  }

  #block(label: Label, after: Place, stmts: List): Block {
    const target = newTarget()
    this.#places.set(label, after)
    const body = this.#within(target, after, () => this.#list(stmts, after))
    return { kind: 'block', target, body, comesOut: body.comesOut || target.isLeft }
  }

  #choice(stmt: If, after: Place): Choice {
    const then = this.#list(stmt.then, after)
    const otherwise = this.#list(stmt.else, after)
    return { kind: 'if', stmt, then, else: otherwise, comesOut: then.comesOut || otherwise.comesOut }
  }

  #try(stmt: Try, after: Place): Guarded {
    const [body, handler] = [this.#list(stmt.body, after), this.#list(stmt.handler, after)]
    return { kind: 'try', body, handler, comesOut: body.comesOut || handler.comesOut }
  }

  #loop({ label, body, repeats }: Loop, after: Place): Repeat {
    const target = newTarget()
    const start = new Place()
    start.way = { target, kind: 'continue', state: undefined }
    this.#places.set(label, start)
    const planned = this.#withinLoop(target, after, start, (): Pick<Repeat, 'form' | 'exit' | 'body'> => {
      if (repeats === true) return this.#repeated(body, target, after, start)
      return { form: 'once', exit: undefined, body: this.#list(body, after) }
    })
    return { kind: 'loop', ...planned, target, comesOut: target.isLeft || (repeats !== true && planned.body.comesOut) }
  }

  /**
   * A loop whose first or last statement is a way out says so in its head or its foot:
   *
   *   for (;;) { if (i >= n) break; A }     for (; i < n;) { A }
   *   for (;;) { A; if (i >= n) break }     do { A } while (i < n)
   */
  #repeated(body: List, target: Target, after: Place, start: Place): Pick<Repeat, 'form' | 'exit' | 'body'> {
    const head = this.#exit(body[0], after)
    if (head !== undefined) {
      target.isLeft = true
      return { form: 'head', exit: head, body: this.#list(body.slice(1), start) }
    }
    const foot = this.#exit(body[body.length - 1], after)
    if (foot === undefined) return { form: 'endless', exit: undefined, body: this.#list(body, start) }
    const before = this.#list(body.slice(0, -1), new Place())
    target.isLeft = true
    // Where a foot is, `continue` goes to it.
    if (!target.isContinued) return { form: 'foot', exit: foot, body: before }
    return { form: 'endless', exit: undefined, body: joined(before, this.#list([foot], start)) }
  }

  /** An `if` that leaves the loop around it and does nothing else. */
  #exit(stmt: Stmt | undefined, after: Place): If | undefined {
    if (stmt?.kind !== 'if' || stmt.label !== undefined || this.#printing.isPinned(stmt)) return undefined
    const jump = stmt.then[0]
    if (stmt.else.length > 0 || stmt.then.length !== 1 || jump?.kind !== 'br') return undefined
    return this.#placeOf(jump.target) === after ? stmt : undefined
  }

  #switch(stmt: Switch, after: Place): Cases {
    const target = newTarget()
    const last = stmt.cases.length - 1
    const cases = this.#withinBreakable(target, after, () =>
      stmt.cases.map(({ indices, body: list }, i) => {
        const body = this.#list(list, after)
        return { indices, body, breaks: i < last && body.comesOut }
      }),
    )
    return { kind: 'switch', stmt, target, cases, comesOut: target.isLeft || cases.some(({ body }) => body.comesOut) }
  }

  #dispatch(stmt: Dispatch, after: Place): Machine {
    const target = newTarget()
    const numbers = this.#arms.add(stmt, target)
    for (const each of stmt.arms.flatMap(labelsOfArm)) this.#addArm(each)
    if (stmt.again !== undefined) this.#addArm(stmt.again)
    const arms = this.#withinLoop(target, after, new Place(), () =>
      stmt.arms.map(({ body, handler }, i) => ({
        numbers: numbers[i]!,
        body: this.#list(body, this.#afterArm(stmt, i, after)),
        handler: handler === undefined ? -1 : this.#arms.get(handler)!.state!.value,
      })),
    )
    return {
      kind: 'dispatch',
      stmt,
      target,
      arms,
      comesOut: target.isLeft || arms[arms.length - 1]!.body.comesOut,
    }
  }

  #addArm(label: Label): void {
    const { loop: target, state } = this.#arms.get(label)!
    const place = new Place()
    place.way = { target, kind: 'continue', state }
    this.#places.set(label, place)
  }

  /** An arm with several labels finds the state set: nothing falls into it that has not done that. */
  #afterArm({ arms }: Dispatch, index: number, after: Place): Place {
    const below = arms[index + 1]
    if (below === undefined) return after
    return below.also.length === 0 ? this.#placeOf(below.label) : new Place()
  }

  #computed(stmt: Switch): ComputedState | undefined {
    const sequence = this.#arms.sequence(stmt)
    return sequence && { kind: 'computed', ...sequence, jump: this.#again(sequence.loop) }
  }
}
