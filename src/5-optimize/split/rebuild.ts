// The function without its chosen regions: a call of a part stands in the place of each.

import { regRead } from '../../3-ir/expressions.ts'
import type { Arm, Dispatch, Func, Label, List, Reg, Stmt } from '../../3-ir/ir.ts'
import { leaves } from '../../3-ir/leaves.ts'
import { removeUnreachable } from '../../3-ir/reachable.ts'
import {
  branch,
  choice,
  dispatch as dispatchOn,
  giveBack,
  isCompound,
  labelsOfArm,
  switchOn,
} from '../../3-ir/statements.ts'
import { forEachStmt, mapBodies, replaceIn, someCompound } from '../../3-ir/walk.ts'
import type { Exit, Outline } from './exits.ts'
import { blockOf, Outliner } from './outline.ts'
import type { Plan } from './plan.ts'
import { ShapeFinder } from './shape.ts'

type Pieces = Map<number, Plan>

export class Rebuilder {
  readonly #outliner: Outliner
  readonly #results: readonly Reg[]
  readonly #runs = new Map<List, Pieces>()
  readonly #groups = new Map<Dispatch, Pieces>()
  /** Temporaries that a part may be handed before they are set. */
  readonly #early = new Set<Reg>()
  /** Whether a dispatch goes on by its state: then liveness takes it to go on anywhere. */
  readonly #goesOn: boolean

  /** @param made parts that the function has already */
  constructor(func: Func, plans: readonly Plan[], made: number) {
    this.#outliner = new Outliner(func, made)
    this.#goesOn = someCompound(func.body, (stmt) => stmt.kind === 'dispatch' && stmt.again !== undefined)
    this.#results = func.results.map((type) => this.#outliner.temp(type))
    for (const plan of plans) {
      const { region } = plan
      if (region.kind === 'run') add(this.#runs, region.list, region.from, plan)
      else add(this.#groups, region.dispatch, region.from, plan)
    }
  }

  /** @returns the function, then its parts */
  func(func: Func): readonly Func[] {
    const { body } = removeUnreachable({ ...func, body: this.#list(func.body) })
    const { fresh, parts } = this.#outliner
    const touched = new Set(new ShapeFinder(fresh.regCount).find([body]).touched)
    const initialized = new Set([...func.locals, ...this.#early])
    for (const reg of func.params) initialized.delete(reg)
    const locals = [...initialized].filter((reg) => touched.has(reg))
    const { counts } = fresh
    return [{ ...func, body, locals, ...counts }, ...parts.map((part) => ({ ...part, ...counts }))]
  }

  readonly #list = (list: List): List => {
    const runs = this.#runs.get(list)
    if (runs === undefined) return replaceIn(list, this.#stmt)
    const rebuilt: Stmt[] = []
    for (let i = 0; i < list.length; i++) {
      const plan = runs.get(i)
      const made = plan === undefined ? this.#stmt(list[i]!) : this.#run(plan, list.slice(i, plan.region.to))
      if ('kind' in made) rebuilt.push(made)
      else for (const each of made) rebuilt.push(each)
      if (plan !== undefined) i = plan.region.to - 1
    }
    return rebuilt
  }

  readonly #stmt = (stmt: Stmt): Stmt | List => {
    if (!isCompound(stmt)) return stmt
    const groups = stmt.kind === 'dispatch' ? this.#groups.get(stmt) : undefined
    return groups === undefined ? mapBodies(stmt, this.#list) : this.#dispatch(stmt as Dispatch, groups)
  }

  #run({ shape, falls, params, outs }: Plan, body: List): Stmt[] {
    const { at } = body[0]!
    if (this.#goesOn) for (const reg of params) this.#early.add(reg)
    const exits: Exit[] = []
    const exit = (...go: Stmt[]): Exit => {
      exits.push({ code: exits.length, go })
      return exits[exits.length - 1]!
    }
    const fall = falls ? exit() : undefined
    const branches = new Map(shape.exits.map((label) => [label, exit(branch(label, at))]))
    const tail = shape.returns && exits.length === 0
    const returns = shape.returns && !tail ? exit(this.#return(at)) : undefined
    const results = this.#results
    const outline: Outline = {
      body,
      params,
      branches,
      returns,
      falls: fall,
      results,
      at,
      outs: returns === undefined ? outs : [...outs, ...results],
    }
    if (tail) return this.#outliner.tail(outline)
    if (exits.length === 0) return this.#outliner.endless(outline)
    if (exits.length === 1) return this.#outliner.single(outline, exits[0]!)
    const code = this.#outliner.temp('i32')
    return [...this.#outliner.several(outline, code), ...this.#choose(code, exits, at)]
  }

  #return(at: number): Stmt {
    return giveBack(this.#results.map(regRead), at)
  }

  /** Goes the way that the code says; code 0 may be to go on. */
  #choose(code: Reg, exits: readonly Exit[], at: number): Stmt[] {
    const index = regRead(code)
    const [first, second] = exits
    if (exits.length === 2) {
      const rest = first!.go
      const test = choice(index, undefined, second!.go, [], at)
      return [test, ...rest]
    }
    const end = this.#outliner.label()
    const cases = exits.map(({ code: number, go }) => ({
      indices: [number],
      body: go.length > 0 ? go : [branch(end, at)],
    }))
    return [blockOf(end, [switchOn(index, cases, at)], at)]
  }

  /** Ways out of a group become arms: the part returns the number of the arm to go to. */
  #dispatch(dispatch: Dispatch, groups: Pieces): Stmt[] {
    const { state, at } = dispatch
    const again = this.#outliner.label()
    const end = this.#outliner.label()
    const numbers = numberLabels(dispatch)
    const count = numbers.size
    const extra = new Map<Label | undefined, Arm>()
    const exit = (label: Label | undefined): Exit => {
      const known = label === undefined ? undefined : numbers.get(label)
      if (known !== undefined) return { code: known, go: [branch(label!, at)] }
      const go = (): Stmt[] => (label === undefined ? [this.#return(at)] : [branch(label, at)])
      if (!extra.has(label))
        extra.set(label, { label: this.#outliner.label(), also: [], body: go(), handler: undefined })
      return { code: count + [...extra.keys()].indexOf(label), go: go() }
    }
    const arms: Arm[] = []
    for (let i = 0; i < dispatch.arms.length; i++) {
      const plan = groups.get(i)
      if (plan === undefined) {
        const { label: own, also, body: old } = dispatch.arms[i]!
        let body = this.#list(old)
        const below = groups.get(i + 1)
        const label = dispatch.arms[i + 1]?.label
        // A part that starts where the state says must find it there: who falls into it sets the state.
        if (below !== undefined && resumesAnywhere(below, label!) && !leaves(body)) body = [...body, branch(label!, at)]
        arms.push({ label: own, also, body, handler: dispatch.arms[i]!.handler })
        continue
      }
      const next = dispatch.arms[plan.region.to]?.label ?? end
      arms.push(this.#group(plan, dispatch, again, next, exit))
      i = plan.region.to - 1
    }
    const whole = (list: readonly Arm[]): Dispatch =>
      dispatchOf(state, list, { first: dispatch.first, resumes: dispatch.resumes, again }, at)
    if (extra.size === 0) return [whole(arms)]
    const last = arms[arms.length - 1]!
    if (!leaves(last.body)) arms[arms.length - 1] = { ...last, body: [...last.body, branch(end, at)] }
    return [blockOf(end, [whole([...arms, ...extra.values()])], at)]
  }

  #group(plan: Plan, dispatch: Dispatch, again: Label, next: Label, exit: (label: Label | undefined) => Exit): Arm {
    const {
      region: { from, to },
      shape,
      falls,
      params,
      outs,
    } = plan
    const { at, state } = dispatch
    const arms = dispatch.arms.slice(from, to)
    const first = arms[0]!
    const resumes = resumesAnywhere(plan, first.label)
    const inner = resumes ? state : this.#outliner.temp('i32')
    const isPlain = arms.length === 1 && !branchesTo(first.body, first.label)
    const body = isPlain ? first.body : [dispatchOf(inner, arms, { first: from, resumes }, at)]
    const outline: Outline = {
      body,
      at,
      results: this.#results,
      params: resumes && !isPlain ? [...params, state] : params,
      outs: shape.returns ? [...outs, ...this.#results] : outs,
      branches: new Map(shape.exits.map((label) => [label, exit(label)])),
      returns: shape.returns ? exit(undefined) : undefined,
      falls: falls ? exit(next) : undefined,
    }
    if (resumes) for (const reg of params) this.#early.add(reg)
    const exits = [
      ...outline.branches.values(),
      ...[outline.returns, outline.falls].filter((each) => each !== undefined),
    ]
    const call = this.#leave(outline, exits, state, again)
    // Arms with handlers are in no group.
    return { label: first.label, also: arms.slice(1).map(({ label }) => label), body: call, handler: undefined }
  }

  /** Calls the part of a group, and goes where it says. */
  #leave(outline: Outline, exits: readonly Exit[], state: Reg, again: Label): Stmt[] {
    if (exits.length === 0) return this.#outliner.endless(outline)
    if (exits.length === 1) return this.#outliner.single(outline, exits[0]!)
    return [...this.#outliner.several(outline, state), branch(again, outline.at)]
  }
}

/** Whether control comes to other arms of a group than its first. */
const resumesAnywhere = ({ entries }: Plan, first: Label): boolean => entries.length !== 1 || entries[0] !== first

function branchesTo(list: List, label: Label): boolean {
  let found = false
  forEachStmt(list, (stmt) => {
    found ||= stmt.kind === 'br' && stmt.target === label
  })
  return found
}

function add<K>(map: Map<K, Pieces>, key: K, from: number, plan: Plan): void {
  const pieces = map.get(key) ?? new Map<number, Plan>()
  map.set(key, pieces.set(from, plan))
}

function numberLabels({ arms, first = 0 }: Dispatch): Map<Label, number> {
  const labels = arms.flatMap(labelsOfArm)
  return new Map(labels.map((label, i) => [label, first + i]))
}

const dispatchOf = (state: Reg, arms: readonly Arm[], rest: Partial<Dispatch>, at: number): Dispatch =>
  dispatchOn(state, arms, at, rest)
