// What control never comes to, removed, and labels that nothing branches to: a pass that drops branches leaves such
// statements behind. Conditions are not looked at.

import type { Compound, Dispatch, Func, If, Label, List, Stmt } from './ir.ts'
import { stmtKind } from './schema.ts'
import { isCompound, labelsOfArm, withArms, withBodies, withLabel } from './statements.ts'

/** The function without statements that control never comes to. */
export function removeUnreachable(func: Func): Func {
  const body = new Reach().list(func.body).list
  return body === func.body ? func : { ...func, body }
}

/** What is left of statements, and whether control comes out at their end. */
interface Reached {
  readonly list: List
  readonly out: boolean
}

class Reach {
  /** Labels that were branched to. */
  readonly #targets = new Set<Label>()

  list(list: List): Reached {
    let kept: Stmt[] | undefined
    for (let i = 0; i < list.length; i++) {
      const { list: made, out } = this.#stmt(list[i]!)
      if (made.length !== 1 || made[0] !== list[i]) kept ??= list.slice(0, i)
      kept?.push(...made)
      if (!out) return { list: kept ?? (i === list.length - 1 ? list : list.slice(0, i + 1)), out }
    }
    return { list: kept ?? list, out: true }
  }

  #stmt(stmt: Stmt): Reached {
    const { flow, targets } = stmtKind(stmt)
    for (const label of targets(stmt)) this.#targets.add(label)
    if (!isCompound(stmt)) return { list: [stmt], out: flow === 'on' }
    return stmt.kind === 'dispatch' ? this.#dispatch(stmt) : this.#compound(stmt)
  }

  #compound(stmt: Exclude<Compound, Dispatch>): Reached {
    const bodies = stmt.bodies.map((body) => this.list(body))
    const isTarget = stmt.labels.some((label) => this.#targets.has(label))
    const falls = bodies.some(({ out }) => out)
    if (stmt.kind === 'loop') {
      if (!isTarget && !stmt.repeats) return bodies[0]!
      return { list: [withLists(stmt, bodies)], out: falls && !stmt.repeats }
    }
    if (stmt.kind === 'block' && !isTarget) return bodies[0]!
    const made = withLists(stmt, bodies)
    const isNamed = stmt.kind === 'if' && stmt.labels.length > 0
    return { list: [isNamed && !isTarget ? withLabel(made as If, undefined) : made], out: isTarget || falls }
  }

  /** Arms are looked at when it is known that control comes to them. */
  #dispatch(stmt: Dispatch): Reached {
    const { arms, resumes, again } = stmt
    const bodies: (Reached | undefined)[] = arms.map(() => undefined)
    const isReached = (i: number): boolean =>
      i === 0 ||
      resumes === true ||
      bodies[i - 1]?.out === true ||
      (again !== undefined && this.#targets.has(again)) ||
      labelsOfArm(arms[i]!).some((label) => this.#targets.has(label))
    for (let isNew = true; isNew; ) {
      isNew = false
      for (let i = 0; i < arms.length; i++) {
        if (bodies[i] !== undefined || !isReached(i)) continue
        const { handler, body } = arms[i]!
        if (handler !== undefined) this.#targets.add(handler)
        bodies[i] = this.list(body)
        isNew = true
      }
    }
    // Arms have the numbers of their places: those behind one that is reached stay.
    let count = arms.length
    while (bodies[count - 1] === undefined) count--
    const kept = count === arms.length ? stmt : withArms(stmt, arms.slice(0, count))
    const all = bodies.slice(0, count).map((body) => body ?? { list: [], out: false })
    return { list: [withLists(kept, all)], out: all[count - 1]!.out }
  }
}

const withLists = <S extends Compound>(stmt: S, bodies: readonly Reached[]): S =>
  bodies.every(({ list }, i) => list === stmt.bodies[i])
    ? stmt
    : withBodies(
        stmt,
        bodies.map(({ list }) => list),
      )
