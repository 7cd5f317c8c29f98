// What control never comes to, removed, and labels that nothing branches to: a pass that drops branches leaves such
// statements behind. Conditions are not looked at.

import type { Compound, Dispatch, Func, If, Label, List, Stmt } from './ir.ts'
import { stmtKind } from './schema.ts'
import { isCompound, labelsOfArm, withArms, withBodies, withLabel } from './statements.ts'

/** The function without statements that control never comes to. */
export function removeUnreachable(func: Func): Func {
  const body = new Reach().list(func.body)
  return body === func.body ? func : { ...func, body }
}

class Reach {
  /** Labels that were branched to. */
  readonly #targets = new Set<Label>()
  /** Whether control comes out at the end of the statements that were looked at last. */
  #out = true

  /** What is left of statements. */
  list(list: List): List {
    let kept: Stmt[] | undefined
    this.#out = true
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      const made = this.#stmt(stmt)
      if (made !== stmt) kept ??= list.slice(0, i)
      if (kept !== undefined) {
        if ('kind' in made) kept.push(made)
        else for (let j = 0; j < made.length; j++) kept.push(made[j]!)
      }
      if (!this.#out) return kept ?? (i === list.length - 1 ? list : list.slice(0, i + 1))
    }
    return kept ?? list
  }

  /** What is left of a statement; a list of those that stand where it stood. */
  #stmt(stmt: Stmt): Stmt | List {
    const { flow, targets } = stmtKind(stmt)
    const labels = targets(stmt)
    for (let i = 0; i < labels.length; i++) this.#targets.add(labels[i]!)
    if (isCompound(stmt)) return stmt.kind === 'dispatch' ? this.#dispatch(stmt) : this.#compound(stmt)
    this.#out = flow === 'on'
    return stmt
  }

  #compound(stmt: Exclude<Compound, Dispatch>): Stmt | List {
    const { bodies } = stmt
    let falls = false
    let made: List[] | undefined
    for (let i = 0; i < bodies.length; i++) {
      const body = this.list(bodies[i]!)
      if (body !== bodies[i]) made ??= bodies.slice(0, i)
      made?.push(body)
      falls ||= this.#out
    }
    const isTarget = stmt.labels.some((label) => this.#targets.has(label))
    const done = made === undefined ? stmt : withBodies(stmt, made)
    if (stmt.kind === 'loop') {
      this.#out = falls && !stmt.repeats
      return isTarget || stmt.repeats ? done : done.bodies[0]!
    }
    this.#out = isTarget || falls
    if (stmt.kind === 'block' && !isTarget) return done.bodies[0]!
    const isNamed = stmt.kind === 'if' && stmt.labels.length > 0
    return isNamed && !isTarget ? withLabel(done as If, undefined) : done
  }

  /** Arms are looked at when it is known that control comes to them. */
  #dispatch(stmt: Dispatch): Stmt {
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
        bodies[i] = { list: this.list(body), out: this.#out }
        isNew = true
      }
    }
    // Arms have the numbers of their places: those behind one that is reached stay.
    let count = arms.length
    while (bodies[count - 1] === undefined) count--
    const kept = count === arms.length ? stmt : withArms(stmt, arms.slice(0, count))
    this.#out = bodies[count - 1]!.out
    const lists = bodies.slice(0, count).map((body): List => body?.list ?? [])
    return lists.every((list, i) => list === kept.bodies[i]) ? kept : withBodies(kept, lists)
  }
}

/** What is left of an arm, and whether control comes out at its end. */
interface Reached {
  readonly list: List
  readonly out: boolean
}
