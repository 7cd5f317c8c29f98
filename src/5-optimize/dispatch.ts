// Moves what a `br_table` alone leads to into its cases, so that control gets there with one jump instead of two:
//
//   switch (state) {                               switch (state) {
//     case 0: switch (x) {                           case 0: switch (x) {
//       case 0: state = 1; continue                    case 0: A; continue
//       case 1: state = 2; continue }                  case 1: B; continue } }
//     case 1: A; continue
//     case 2: B; continue }

import type { Arm, Dispatch, Func, Label, List, Stmt, Switch } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { removeUnreachable } from '../3-ir/reachable.ts'
import { Fresh } from '../3-ir/registers.ts'
import { block, branch, isCompound, withArms, withCases } from '../3-ir/statements.ts'
import { forEachStmt, mapBodies, replaceIn, rewrite, someCompound } from '../3-ir/walk.ts'

/** @returns the function with the arms of its dispatches where they are decided on */
export function fillCases(func: Func): Func {
  if (!someCompound(func.body, ({ kind }) => kind === 'dispatch')) return func
  const fresh = new Fresh(func)
  const replace = (stmt: Stmt): Stmt => (stmt.kind === 'dispatch' ? fill(stmt, fresh) : stmt)
  return { ...rewrite(removeUnreachable(func), { list: (list) => replaceIn(list, replace) }), ...fresh.counts }
}

function fill(dispatch: Dispatch, fresh: Fresh): Stmt {
  const filler = new Filler(dispatch, fresh)
  const arms = filler.arms()
  const { at } = dispatch
  const filled = withArms(dispatch, arms)
  return filler.end === undefined ? filled : block(filler.end, [filled], at)
}

class Filler {
  /** Where control goes that comes out of the last arm, if anything branches there. */
  end: Label | undefined
  readonly #fresh: Fresh
  readonly #dispatch: Dispatch
  readonly #numbers = new Map<Label, number>()
  /** Arms that one branch leads to and nothing else. */
  readonly #single = new Set<number>()
  readonly #moved = new Set<number>()

  constructor(dispatch: Dispatch, fresh: Fresh) {
    this.#dispatch = dispatch
    this.#fresh = fresh
    const sources = countSources(dispatch)
    for (const [i, { label }] of dispatch.arms.entries()) {
      this.#numbers.set(label, i)
      if (sources.get(label) === 1) this.#single.add(i)
    }
  }

  arms(): Arm[] {
    const kept: Arm[] = []
    for (const [i, { label, also, body, handler }] of this.#dispatch.arms.entries()) {
      if (!this.#moved.has(i)) kept.push({ label, also, body: this.#list(body, i), handler })
    }
    return kept
  }

  #list(list: List, home: number): List {
    return replaceIn(list, (stmt) => {
      if (stmt.kind === 'switch') return this.#switch(stmt, home)
      // What stood in an arm would throw to the handler.
      if (stmt.kind === 'try') return stmt
      return isCompound(stmt) ? mapBodies(stmt, (inner) => this.#list(inner, home)) : stmt
    })
  }

  /** If few cases can move they stay together: a table of branches is shorter than a switch. */
  #switch(stmt: Switch, home: number): Switch {
    const targets = stmt.cases.map(({ body }) => this.#armOf(body))
    const { arms } = this.#dispatch
    const movable = targets.map(
      (target) =>
        target !== undefined &&
        target > home &&
        this.#single.has(target) &&
        arms[target]!.handler === arms[home]!.handler,
    )
    const count = (flags: readonly boolean[]): number => flags.filter((flag) => flag).length
    if (count(movable) * 2 < count(targets.map((target) => target !== undefined))) return stmt
    const cases = stmt.cases.map((each, i) =>
      movable[i] ? { indices: each.indices, body: this.#move(targets[i]!) } : each,
    )
    return withCases(stmt, cases)
  }

  /** The arm that a case goes to and does nothing else. Those before its switch are done and cannot move. */
  #armOf(body: List): number | undefined {
    const [only] = body
    return body.length === 1 && only!.kind === 'br' ? this.#numbers.get(only!.target) : undefined
  }

  #move(index: number): List {
    this.#moved.add(index)
    const { arms, at } = this.#dispatch
    const { body } = arms[index]!
    if (leaves(body)) return body
    return [...body, branch(arms[index + 1]?.label ?? this.#endLabel(), at)]
  }

  #endLabel(): Label {
    this.end ??= this.#fresh.label()
    return this.end
  }
}

/** How often control comes to each arm: by branches, from the arm before, at the start. */
function countSources({ arms }: Dispatch): Map<Label, number> {
  const sources = new Map<Label, number>()
  const count = (label: Label | undefined): void => {
    if (label !== undefined) sources.set(label, (sources.get(label) ?? 0) + 1)
  }
  count(arms[0]!.label)
  for (const [i, { body }] of arms.entries()) {
    forEachStmt(body, (stmt) => {
      if (stmt.kind === 'br') count(stmt.target)
    })
    if (!leaves(body)) count(arms[i + 1]?.label)
  }
  return sources
}
