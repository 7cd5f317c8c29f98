// Statements to ESTree. Which jumps there are is decided before (jumps.ts). Recursion is bounded: lowering lays deeper nesting
// flat.

import type * as es from 'estree'
import { negate } from '../3-ir/fold.ts'
import type { Evaluate, Stmt } from '../3-ir/ir.ts'
import { choice, evaluate, takesException } from '../3-ir/statements.ts'
import {
  and,
  attempt,
  bin,
  block,
  breakTo,
  cond,
  continueTo,
  doWhile,
  id,
  labeled,
  loop,
  type Node,
  num,
  or,
  set,
  switchOn,
  u32,
  when,
} from './build.ts'
import { CAUGHT, type FunctionContext } from './context.ts'
import type {
  Block,
  Cases,
  Choice,
  ComputedState,
  Holder,
  Item,
  Jump,
  Machine,
  Repeat,
  Sequence,
  Target,
} from './control.ts'
import { condition, value } from './expression.ts'
import { type ArmCase, guardedArms } from './guarded-arms.ts'
import { planJumps } from './jumps.ts'
import { leaf } from './leaf.ts'
import { isOutdated } from './outdated.ts'
import { sameJumps } from './same-jumps.ts'

/** The statements of a function, at whose end control returns. */
export function emitBody(c: FunctionContext, body: readonly Stmt[]): es.Statement[] {
  const plan = planJumps(body, { isMoot: (stmt) => isMoot(c, stmt), isPinned: (stmt) => c.outdatesViews(stmt) })
  return new StatementEmitter(c).list(plan)
}

/** Whether a statement copies a register to one in the same variable: nothing is to be done. */
const isMoot = (c: FunctionContext, stmt: Stmt): boolean =>
  stmt.kind === 'set' && stmt.value.kind === 'reg' && c.isSame(stmt.reg, stmt.value.reg)

class StatementEmitter {
  readonly #c: FunctionContext
  /** Lists around and with the one that is emitted. */
  #depth = 0
  /** Dispatches around. */
  #machines = 0

  constructor(context: FunctionContext) {
    this.#c = context
  }

  list({ stmts, items }: Sequence): es.Statement[] {
    const nodes: es.Statement[] = []
    const { localViews } = this.#c
    this.#depth++
    for (let i = 0; i < items.length; i++) {
      const outer = this.#c.enter(stmts[i]!.at)
      const same = items[i]!.kind === 'if' ? sameJumps(this.#c, items, i) : 1
      if (same > 1) {
        nodes.push(this.#c.mark(this.#anyJump(items.slice(i, i + same) as Choice[])))
        this.#c.leave(outer)
        i += same - 1
        continue
      }
      const made = this.#item(items[i]!)
      if (Array.isArray(made)) for (let j = 0; j < made.length; j++) nodes.push(this.#c.mark(made[j]!))
      else nodes.push(this.#c.mark(made))
      this.#c.leave(outer)
      if (localViews === undefined) continue
      // What was called may have grown the memory before it threw.
      const mayHaveGrown = takesException(stmts[i]!) || isOutdated(this.#c, stmts, i, this.#depth === 1)
      if (mayHaveGrown) nodes.push(localViews.refresh)
    }
    this.#depth--
    return nodes
  }

  /** `if (a) break; if (b) break` as `if (a || b) break` */
  #anyJump(choices: readonly Choice[]): es.Statement {
    const tests = choices.map(({ stmt }) => condition(this.#c, stmt.cond))
    return when(tests.reduce(or), this.list(choices[0]!.then))
  }

  /** @returns one statement without an array around it: most are that */
  #item(item: Item): es.Statement | es.Statement[] {
    const c = this.#c
    switch (item.kind) {
      case 'fall':
      case 'break':
      case 'continue':
        return this.#jump(item)
      case 'block':
      case 'if':
      case 'loop':
      case 'switch':
      case 'try':
      case 'dispatch':
        return this.#holder(item)
      case 'computed':
        return this.#computedState(item)
      default:
        return c.outdatesViews(item) ? c.localViews!.shared(() => leaf(c, item)) : leaf(c, item)
    }
  }

  #holder(item: Holder): es.Statement | es.Statement[] {
    switch (item.kind) {
      case 'block':
        return this.#block(item)
      case 'if':
        return this.#if(item)
      case 'loop':
        return this.#named(item.target, this.#loop(item))
      case 'switch':
        return this.#switch(item)
      case 'try':
        return attempt(
          this.#inTry(() => this.list(item.body)),
          CAUGHT,
          this.list(item.handler),
        )
      case 'dispatch':
        return this.#dispatch(item)
    }
  }

  #jump(jump: Jump): es.Statement | es.Statement[] {
    if (jump.kind === 'fall') return []
    const name = jump.isNamed ? this.#nameOf(jump.target) : null
    if (jump.kind === 'break') return breakTo(name)
    const { state } = jump
    return state === undefined
      ? continueTo(name)
      : [set(this.#c.variable(state.reg), num(state.value)), continueTo(name)]
  }

  #nameOf({ level }: Target): es.Identifier {
    return id(this.#c.module.names.variable(level))
  }

  #named(target: Target, made: es.Statement): es.Statement {
    return target.isNamed ? labeled(this.#nameOf(target), made) : made
  }

  #block({ target, body }: Block): es.Statement | es.Statement[] {
    const nodes = this.list(body)
    return target.isNamed ? this.#named(target, block(nodes)) : nodes
  }

  #loop({ form, exit, body }: Repeat): es.Statement {
    const stays = (): Node => condition(this.#c, negate(exit!.cond))
    switch (form) {
      case 'head':
        return loop(stays(), this.list(body))
      case 'foot': {
        const nodes = this.list(body)
        return doWhile(nodes, stays())
      }
      case 'endless':
        return loop(undefined, this.list(body))
      case 'once':
        return loop(undefined, body.comesOut ? [...this.list(body), breakTo(null)] : this.list(body))
    }
  }

  #if(item: Choice): es.Statement | es.Statement[] {
    const { stmt, then } = item
    if (isEmpty(then)) return this.#unless(item)
    if (!this.#c.outdatesViews(stmt)) return this.#when(item, condition(this.#c, stmt.cond))
    const { before, operand } = this.#decide(() => condition(this.#c, stmt.cond))
    return [...before, this.#when(item, operand)]
  }

  #when(item: Choice, test: Node): es.IfStatement {
    const inner = this.#soleIf(item)
    if (inner === undefined) return when(test, this.list(item.then), this.list(item.else))
    const made = this.#when(inner, condition(this.#c, inner.stmt.cond))
    made.test = and(test, made.test as Node)
    return made
  }

  /** An `if` of which only the `else` does something, if any. */
  #unless({ stmt, then, else: otherwise, comesOut }: Choice): es.Statement | es.Statement[] {
    const { cond: test, at } = stmt
    if (isEmpty(otherwise)) return test.effects === 0 ? [] : this.#forEffects(evaluate(test, at))
    const opposite = choice(negate(test), undefined, stmt.else, stmt.then, at)
    return this.#if({ kind: 'if', stmt: opposite, then: otherwise, else: then, comesOut })
  }

  /** What is left of a compound: the views that it may have outdated are read again, as behind any compound. */
  #forEffects(stmt: Evaluate): es.Statement[] {
    const made = [this.#item(stmt)].flat()
    return this.#c.outdatesViews(stmt) ? [...made, this.#c.localViews!.refresh] : made
  }

  /** The `if` that is all that happens under another one: `if (a && b) ...` */
  #soleIf({ then, else: otherwise }: Choice): Choice | undefined {
    const inner = then.items[0]!
    if (!isEmpty(otherwise) || then.items.length !== 1 || inner.kind !== 'if') return undefined
    const isPlain = isEmpty(inner.else) && !isEmpty(inner.then) && !this.#c.outdatesViews(inner.stmt)
    return isPlain ? inner : undefined
  }

  /** The operand that decides a branch and may grow the memory: the views are read again before the branch. */
  #decide(emit: () => Node): { before: es.Statement[]; operand: Node } {
    const c = this.#c
    const name = c.scratch('decision')
    return { before: [set(name, c.localViews!.shared(emit)), c.localViews!.refresh], operand: id(name) }
  }

  #switch(item: Cases): es.Statement | es.Statement[] {
    const { stmt } = item
    const index = (): Node => value(this.#c, stmt.index)
    if (!this.#c.outdatesViews(stmt)) return this.#switchOn(item, index())
    const { before, operand } = this.#decide(index)
    return [...before, this.#switchOn(item, operand)]
  }

  #switchOn({ target, cases }: Cases, operand: Node): es.Statement {
    const last = cases.length - 1
    const made = cases.map(({ indices, body, breaks }, i) => {
      const nodes = this.list(body)
      if (breaks) nodes.push(breakTo(null))
      return { tests: i === last ? [null] : indices.map(num), body: nodes }
    })
    return this.#named(target, switchOn(operand, made))
  }

  #computedState({ index: e, reg, first, count, fallback, jump }: ComputedState): es.Statement[] {
    const index = value(this.#c, e)
    const state = cond(bin('<', u32(index), num(count)), bin('+', index, num(first)), num(fallback))
    return [set(this.#c.variable(reg), state)].concat(this.#jump(jump))
  }

  #dispatch({ stmt, target, arms }: Machine): es.Statement[] {
    const state = this.#c.variable(stmt.state)
    this.#machines++
    const handlers = arms.map(({ handler }) => handler)
    const isGuarded = handlers.some((handler) => handler >= 0)
    const emit = (): ArmCase[] => arms.map(({ numbers, body }) => ({ tests: numbers.map(num), body: this.list(body) }))
    const cases = isGuarded ? this.#inTry(emit) : emit()
    this.#machines--
    const turn = isGuarded ? guardedArms(this.#c, state, cases, handlers, this.#machines) : switchOn(id(state), cases)
    const run = this.#named(target, loop(undefined, [turn, breakTo(null)]))
    return stmt.resumes === true ? [run] : [set(state, num(stmt.first ?? 0)), run]
  }

  #inTry<T>(emit: () => T): T {
    this.#c.tries++
    const made = emit()
    this.#c.tries--
    return made
  }
}

function isEmpty({ items }: Sequence): boolean {
  for (let i = 0; i < items.length; i++) if (items[i]!.kind !== 'fall') return false
  return true
}
