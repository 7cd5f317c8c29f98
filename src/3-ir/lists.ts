// Lists of statements.

import { withArms, withBody, withCases, withSegments } from './changed.ts'
import type { Reg, Stmt } from './ir.ts'
import { forEachReadIn } from './reads.ts'

export type List = readonly Stmt[]

/** Levels of compounds in a list. */
export const heightOf = (list: List): number => list.reduce((most, stmt) => Math.max(most, stmt.height), 0)

/** The list with others in the place of some statements; the same list if every statement stays. */
export function replaceIn(list: List, replace: (stmt: Stmt) => Stmt | List): List {
  let done: Stmt[] | undefined
  for (let i = 0; i < list.length; i++) {
    const old = list[i]!
    const made = replace(old)
    if (made !== old) done ??= list.slice(0, i)
    if ('kind' in made) done?.push(made)
    else for (let j = 0; j < made.length; j++) done!.push(made[j]!)
  }
  return done ?? list
}

/** The statement with other lists, one level down; the same statement if they all stay. */
export function mapLists(stmt: Stmt, map: (list: List) => List): Stmt {
  switch (stmt.kind) {
    case 'block':
    case 'loop': {
      const body = map(stmt.body)
      return body === stmt.body ? stmt : withBody(stmt, body, heightOf(body) + 1)
    }
    case 'if': {
      const [then, otherwise] = [map(stmt.then), map(stmt.else)]
      if (then === stmt.then && otherwise === stmt.else) return stmt
      return withArms(stmt, then, otherwise, Math.max(heightOf(then), heightOf(otherwise)) + 1)
    }
    case 'switch': {
      const cases = stmt.cases.map(({ indices, body }) => ({ indices, body: map(body) }))
      if (cases.every(({ body }, i) => body === stmt.cases[i]!.body)) return stmt
      return withCases(stmt, cases, highest(cases) + 1)
    }
    case 'dispatch': {
      const segments = stmt.segments.map(({ label, also, body }) => ({ label, also, body: map(body) }))
      if (segments.every(({ body }, i) => body === stmt.segments[i]!.body)) return stmt
      return withSegments(stmt, segments, highest(segments) + 2)
    }
    default:
      return stmt
  }
}

/** Levels of compounds in the bodies of cases or segments. */
export const highest = (items: readonly { readonly body: List }[]): number =>
  items.reduce((most, { body }) => Math.max(most, heightOf(body)), 0)

/** Whether control never comes out at the end of these statements. */
export function leaves(list: List): boolean {
  const last = list[list.length - 1]
  switch (last?.kind) {
    case 'br':
    case 'return':
    case 'tail':
    case 'trap':
      return true
    case 'switch':
      return last.cases.every(({ body }) => leaves(body))
    case 'loop':
      return last.repeats === true || leaves(last.body)
    case 'if':
      return last.label === undefined && leaves(last.then) && leaves(last.else)
    default:
      return false
  }
}

/** Where each register is last read by an expression of the list's own statements. */
export function lastReads(list: List): ReadonlyMap<Reg, number> {
  const last = new Map<Reg, number>()
  for (const [i, stmt] of list.entries()) forEachReadIn(stmt, (reg) => last.set(reg, i))
  return last
}
