// Gives control the shape of JavaScript: what a branch skips goes into an `if`, and a branch to where control would go
// anyhow goes away. Loops come out such that they go on by themselves.
//
//   block $a                           if (x) {            loop $l                          for (; i < n;) {
//     block $b                           T                   if (i >= n) {} else {            A
//       if (!x) br $b                  } else {                A; br $l } end               }
//       T; br $a end                     S
//     S end                            }

import type { Expr } from '../3-ir/expr.ts'
import { negate } from '../3-ir/fold.ts'
import type { Dispatch, Func, If, Label, List, Loop, Stmt, Switch, Try } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { removeUnreachable } from '../3-ir/reachable.ts'
import { Fresh } from '../3-ir/registers.ts'
import { block, branch, choice, evaluate, loop as loopOf, withArms, withBodies, withCases } from '../3-ir/statements.ts'
import { BranchCounts } from './branch-counts.ts'
import { Reversed } from './structure/reversed.ts'
import { dropTail, endsIn, follows, goesTo, type Next } from './structure/tails.ts'

/**
 * @param height what is moved into other statements makes none higher, as lowering left none (`Limits`, 4-lower/flatten.ts)
 * @returns the function with fewer branches and labels
 */
export function structure(func: Func, height: number): Func {
  const structurer = new Structurer(func, height)
  const end: Next = { label: structurer.fresh.label(), returns: true, outer: undefined }
  const body = structurer.list(func.body, end, 1)
  // A branch that all ways of a list end in is kept at its end: what stands before it may leave by other branches.
  return removeUnreachable({ ...func, body, labelCount: structurer.fresh.labelCount })
}

class Structurer {
  readonly fresh: Fresh
  readonly #branches: BranchCounts
  readonly #height: number

  constructor(func: Func, height: number) {
    this.#height = height
    this.fresh = new Fresh(func)
    this.#branches = new BranchCounts(func)
  }

  /** @param next where control goes from the end of the list, if that has a label */
  list(list: List, next: Next | undefined, depth: number): Stmt[] {
    const jump = commonJump(list, next)
    const rest = new Reversed()
    const place: Place = jump === undefined ? { rest, next, depth } : { rest, next: nextOf(jump.target), depth }
    this.#each(jump === undefined ? list : list.slice(0, -1), place)
    return jump === undefined ? rest.take() : [...rest.take(), jump]
  }

  #jump(label: Label, at: number): Stmt {
    this.#branches.add(label)
    return branch(label, at)
  }

  #prepend(list: List, place: Place): void {
    const last = list[list.length - 1]
    if (last?.kind !== 'br' || !place.rest.isEmpty) return this.#each(list, place)
    const done = this.list(list, place.next, place.depth)
    for (let i = done.length - 1; i >= 0; i--) place.rest.push(done[i]!)
  }

  #each(list: List, place: Place): void {
    for (let i = list.length - 1; i >= 0; i--) this.#stmt(list[i]!, place)
  }

  #stmt(stmt: Stmt, place: Place): void {
    const { rest } = place
    switch (stmt.kind) {
      case 'br':
      case 'return':
        if (rest.isEmpty && follows(place.next, stmt)) {
          if (stmt.kind === 'br') this.#branches.remove(stmt.target)
          return
        }
        return rest.push(stmt)
      case 'block': {
        const next = { label: stmt.label, outer: after(place) }
        return this.#block(stmt.label, this.list(stmt.body, next, place.depth + 1), stmt.at, place)
      }
      case 'loop':
        return this.#loop(stmt, place)
      case 'if':
        if (stmt.label !== undefined) return this.#labeledIf(stmt, stmt.label, place)
        return this.#if(stmt.cond, stmt.then, stmt.else, stmt.at, place)
      case 'switch':
        return rest.push(this.#switch(stmt, place))
      case 'try':
        return rest.push(this.#try(stmt, place))
      case 'dispatch':
        return rest.push(this.#dispatch(stmt, place))
      case 'set':
      case 'call':
      case 'expr':
      case 'store':
      case 'global.set':
      case 'trap':
      case 'throw':
      case 'tail':
        return rest.push(stmt)
      default:
        stmt satisfies never
    }
  }

  /** A block whose body is done. Nothing branches to it any more: its statements stand where it stood. */
  #block(label: Label, body: Stmt[], at: number, place: Place): void {
    if (this.#branches.has(label)) return place.rest.push(blockOf(label, body, at))
    const filled = this.#fillCase(body, place)
    for (let i = filled.length - 1; i >= 0; i--) this.#join(filled[i]!, place)
  }

  /** Puts a statement that is done before others: what it skips goes into its `else`. */
  #join(stmt: Stmt, place: Place): void {
    const skips = stmt.kind === 'if' && stmt.label === undefined && stmt.else.length === 0
    if (skips && this.#absorbs(stmt.then, place)) this.#absorb(stmt.cond, stmt.then, stmt.at, place)
    else place.rest.push(stmt)
  }

  /**
   * What only one case of a switch leads to goes into that case:
   *
   *   block $a { switch (x) { case 0: br $a; default: br $b } } A       switch (x) { case 0: A; break; default: br $b }
   */
  #fillCase(body: Stmt[], { rest, next, depth }: Place): Stmt[] {
    const last = body[body.length - 1]
    if (last?.kind !== 'switch' || rest.isEmpty || depth + rest.height + 1 > this.#height) return body
    const falling = last.cases.filter((each) => !leaves(each.body))
    if (falling.length !== 1) return body
    const moved = rest.take()
    const cases = last.cases.map(({ indices, body: old }) => ({
      indices,
      body: falling[0]!.body === old ? [...old, ...moved] : dropTail(old, next, this.#branches),
    }))
    return [...body.slice(0, -1), withCases(last, cases)]
  }

  /** Its end is not its exit any more: whatever leaves it is a branch. */
  #loop(stmt: Loop, place: Place): void {
    const { label, body, at } = stmt
    const stays = stmt.repeats || leaves(body)
    const outer = after(place)
    const known = outer !== undefined && outer.returns !== true ? outer.label : undefined
    const exit = known ?? this.fresh.label()
    const depth = place.depth + 2
    const done = this.list(stays ? body : [...body, this.#jump(exit, at)], { label, outer: undefined }, depth)
    const loop: Loop = loopOf(label, done, at, true)
    place.rest.push(known === undefined && this.#branches.has(exit) ? blockOf(exit, [loop], at) : loop)
  }

  #labeledIf(stmt: If, label: Label, place: Place): void {
    const next = { label, outer: after(place) }
    const then = this.list(stmt.then, next, place.depth + 1)
    const otherwise = this.list(stmt.else, next, place.depth + 1)
    if (this.#branches.has(label)) place.rest.push(ifOf(stmt.cond, label, then, otherwise, stmt.at))
    else this.#if(stmt.cond, then, otherwise, stmt.at, place)
  }

  /** What an alternative that leaves does not reach can stand behind the `if`, or in the `else`. */
  #if(cond: Expr, then: List, otherwise: List, at: number, place: Place): void {
    if (otherwise.length > 0 && leaves(then)) {
      this.#prepend(otherwise, place)
      return this.#skip(cond, then, at, place)
    }
    if (then.length > 0 && leaves(otherwise)) {
      this.#prepend(then, place)
      return this.#skip(negate(cond), otherwise, at, place)
    }
    if (otherwise.length === 0) return this.#skip(cond, then, at, place)
    if (then.length === 0) return this.#skip(negate(cond), otherwise, at, place)
    const next = after(place)
    const done = this.list(then, next, place.depth + 1)
    this.#push(cond, done, this.list(otherwise, next, place.depth + 1), at, place.rest)
  }

  /** An `if` without `else`. */
  #skip(cond: Expr, then: List, at: number, place: Place): void {
    if (this.#absorbs(then, place)) return this.#absorb(cond, then, at, place)
    this.#push(cond, this.list(then, after(place), place.depth + 1), [], at, place.rest)
  }

  /** Whether an `if` at this place goes to where the statements behind it end, and they may become its `else`. */
  #absorbs(then: List, { rest, next, depth }: Place): boolean {
    return !rest.isEmpty && leaves(then) && endsIn(then, next) && depth + rest.height < this.#height
  }

  /** An `if` without `else` that goes to where the others end: they become its `else`. */
  #absorb(cond: Expr, then: List, at: number, { rest, next, depth }: Place): void {
    const skipped = rest.take()
    const done = this.list(then, next, depth + 1)
    if (done.length === 0 || !leaves(skipped)) return this.#push(cond, done, skipped, at, rest)
    for (let i = done.length - 1; i >= 0; i--) rest.push(done[i]!)
    this.#push(cond, [], skipped, at, rest)
  }

  #push(cond: Expr, then: List, otherwise: List, at: number, rest: Reversed): void {
    const isNegative = cond.kind === 'op' && cond.op === 'i32.eqz' && otherwise.length > 0
    if (then.length > 0 && !isNegative) rest.push(ifOf(cond, undefined, then, otherwise, at))
    else if (otherwise.length > 0) rest.push(ifOf(negate(cond), undefined, otherwise, then, at))
    else if (cond.effects !== 0) rest.push(evaluate(cond, at))
  }

  #switch(stmt: Switch, place: Place): Switch {
    const next = after(place)
    const cases = stmt.cases.map((each) => ({
      indices: each.indices,
      body: this.list(each.body, next, place.depth + 1),
    }))
    return withCases(stmt, cases)
  }

  /** What stands behind it stays there: in its body, the handler would catch what that throws. */
  #try(stmt: Try, place: Place): Try {
    const next = after(place)
    return withBodies(
      stmt,
      stmt.bodies.map((body) => this.list(body, next, place.depth + 1)),
    )
  }

  /** Arms fall into each other, but what follows must find the state set if it is several arms in one. */
  #dispatch(stmt: Dispatch, place: Place): Dispatch {
    const arms = stmt.arms.map((arm, i) => {
      const below = stmt.arms[i + 1]
      const next = below === undefined ? after(place) : below.also.length === 0 ? nextOf(below.label) : undefined
      return { ...arm, body: this.list(arm.body, next, place.depth + 2) }
    })
    return withArms(stmt, arms)
  }
}

/** Before which statements others are put. */
interface Place {
  /** What comes behind, done. */
  readonly rest: Reversed
  /** Where control goes from the end of those. */
  readonly next: Next | undefined
  readonly depth: number
}

/** Where control goes from a statement at this place, if that has a label. */
const after = ({ rest, next }: Place): Next | undefined => (rest.isEmpty ? next : undefined)

type Branch = Extract<Stmt, { kind: 'br' }>

const nextOf = (label: Label): Next => ({ label, outer: undefined })

/** A branch at the end of a list that more of its statements go to than to where the list leads. */
function commonJump(list: List, next: Next | undefined): Branch | undefined {
  const last = list[list.length - 1]
  if (last?.kind !== 'br' || follows(next, last)) return undefined
  const other = nextOf(last.target)
  let gain = 0
  for (let i = 0; i < list.length; i++) {
    const stmt = list[i]!
    if (stmt.kind === 'if') gain += Number(goesTo(stmt, other)) - Number(goesTo(stmt, next))
  }
  return gain > 0 ? last : undefined
}

const blockOf = (label: Label, body: List, at: number): Stmt => block(label, body, at)

const ifOf = (cond: Expr, label: Label | undefined, then: List, otherwise: List, at: number): If =>
  choice(cond, label, then, otherwise, at)
