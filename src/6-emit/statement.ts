// IR statements to ESTree. Recursion is bounded: lowering lays deeper nesting flat.

import type * as es from 'estree'
import { isAtom } from '../3-ir/build.ts'
import { withoutLabel } from '../3-ir/changed.ts'
import { negate } from '../3-ir/fold.ts'
import type { Compound, Dispatch, Expr, If, Label, Loop, Stmt, Switch, TailCall } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/lists.ts'
import { choice, evaluate, isCompound } from '../3-ir/statements.ts'
import { mayBeOwnNan } from '../5-optimize/nan-carriers.ts'
import { comesOut, type Next, soleJump } from '../5-optimize/structure/tails.ts'
import {
  and,
  assign,
  bin,
  block,
  breakTo,
  cond,
  doWhile,
  id,
  list,
  loop,
  type Node,
  num,
  or,
  raise,
  ret,
  set,
  stmt as statement,
  switchOn,
  u32,
  when,
} from './build.ts'
import type { FunctionContext } from './context.ts'
import { Segments, type Sequence } from './dispatch.ts'
import { effective } from './effective.ts'
import { cellOf, condition, globalRegister, number, passed, target, value } from './expression.ts'
import { Labels } from './labels.ts'
import { isOutdated } from './outdated.ts'
import { store } from './store.ts'

export class StatementEmitter {
  readonly #c: FunctionContext
  readonly #segments = new Segments()
  readonly #labels: Labels
  /** Lists around and with the one that is emitted. */
  #depth = 0

  constructor(context: FunctionContext) {
    this.#c = context
    this.#labels = new Labels((level) => context.module.names.variable(level))
  }

  /** @param next where control goes from the end of the list, if that has a label */
  list(all: readonly Stmt[], next?: Next): es.Statement[] {
    const stmts = effective(this.#c, all)
    const nodes: es.Statement[] = []
    this.#depth++
    for (let i = 0; i < stmts.length; i++) {
      const same = this.#sameJumps(stmts, i)
      if (same > 1) {
        nodes.push(this.#anyJump(stmts.slice(i, i + same) as If[]))
        i += same - 1
        continue
      }
      const made = this.#stmt(stmts[i]!, i === stmts.length - 1 ? next : undefined)
      if (made.length === 1) nodes.push(made[0]!)
      else nodes.push(...made)
      if (isOutdated(this.#c, stmts, i, this.#depth === 1)) nodes.push(this.#c.localViews!.refresh)
    }
    this.#depth--
    return nodes
  }

  /** How many statements from here on only jump, if they do, to one place. */
  #sameJumps(stmts: readonly Stmt[], from: number): number {
    const label = soleJump(stmts[from]!)
    if (label === undefined) return 1
    let to = from
    while (to < stmts.length && soleJump(stmts[to]!) === label && !this.#c.outdatesViews(stmts[to]!)) to++
    return to - from
  }

  /** `if (a) break; if (b) break` as `if (a || b) break` */
  #anyJump(ifs: readonly If[]): es.Statement {
    const tests = ifs.map(({ cond: test }) => condition(this.#c, test))
    return when(tests.reduce(or), this.list(ifs[0]!.then))
  }

  #stmt(stmt: Stmt, next: Next | undefined): es.Statement[] {
    const c = this.#c
    if (isCompound(stmt)) return this.#compound(stmt, next)
    if (!c.outdatesViews(stmt)) return this.#simple(stmt)
    return c.localViews!.shared(() => this.#simple(stmt))
  }

  #simple(stmt: Exclude<Stmt, Compound>): es.Statement[] {
    const c = this.#c
    switch (stmt.kind) {
      case 'set':
        return [statement(assign(c.place(stmt.reg), (c.needsNanBits(stmt.reg) ? value : number)(c, stmt.value)))]
      case 'expr':
        return [statement(passed(c, stmt.value))]
      case 'store':
        return store(this.#c, stmt)
      case 'global.set':
        return [statement(assign(globalRegister(c, stmt.global, stmt.part), value(c, stmt.value)))]
      case 'return':
        return this.#return(stmt.values)
      case 'trap':
        // The runtime function throws; a `throw` here tells engines that control does not come back.
        return [raise(c.runtime(stmt.message))]
      case 'tail':
        return this.#tail(stmt)
      case 'br':
        return this.#branch(stmt.label)
    }
  }

  #compound(stmt: Compound, next: Next | undefined): es.Statement[] {
    switch (stmt.kind) {
      case 'block': {
        const inner = { label: stmt.label, outer: next }
        return this.#block(stmt.label, next, () => this.list(stmt.body, inner))
      }
      case 'loop':
        return [this.#labels.around('loop', stmt.label, next, () => this.#loop(stmt))]
      case 'if':
        return this.#if(stmt, next)
      case 'switch':
        return this.#switch(stmt, next)
      case 'dispatch':
        return this.#dispatch(stmt, next)
    }
  }

  #return(values: readonly Expr[]): es.Statement[] {
    const c = this.#c
    const [first, ...others] = values
    if (first === undefined) return [ret(null)]
    return [...others.map((e, i) => this.#setCell(i + 1, e)), ret(passed(c, first))]
  }

  /** Gives result register number `index` to the caller. */
  #setCell(index: number, e: Expr): es.Statement {
    const c = this.#c
    if (e.type === 'f64' && mayBeOwnNan(e, c.optimized.nanCarriers)) {
      return statement(c.runtime('rf_put', num(index - 1), value(c, e)))
    }
    return statement(assign(cellOf(c, index, e.type), value(c, e)))
  }

  //   return_call $f    return tail_call(tail_target(f), [a, b])
  #tail({ call }: TailCall): es.Statement[] {
    const c = this.#c
    const callee = call.kind === 'call' ? id(c.module.names.func(call.func)) : target(c, call)
    const args = call.args.map((arg) => passed(c, arg))
    // V8 quiets NaNs in arrays of nothing but numbers.
    if (call.args.some(({ type }) => type === 'f64' || type === 'f32')) args.push(id('null'))
    return [ret(c.runtime('tail_call', c.runtime('tail_target', callee), list(args)))]
  }

  #block(label: Label, next: Next | undefined, body: () => es.Statement[]): es.Statement[] {
    const made = this.#labels.around('block', label, next, () => block(body()))
    return made.type === 'BlockStatement' ? made.body : [made]
  }

  /**
   * A loop whose first or last statement is a way out says so in its head or its foot:
   *
   *   for (;;) { if (i >= n) break; A }     for (; i < n;) { A }
   *   for (;;) { A; if (i >= n) break }     do { A } while (i < n)
   */
  #loop({ label, body, repeats }: Loop): es.Statement {
    if (repeats !== true) {
      const nodes = this.list(body)
      return loop(undefined, leaves(body) ? nodes : [...nodes, breakTo(null)])
    }
    const next = { label, outer: undefined }
    const head = this.#stays(body[0])
    if (head !== undefined) return loop(head(), this.list(body.slice(1), next))
    const foot = this.#stays(body[body.length - 1])
    if (foot === undefined) return loop(undefined, this.list(body, next))
    const nodes = this.list(body.slice(0, -1))
    return this.#labels.isContinued
      ? loop(undefined, [...nodes, ...this.list(body.slice(-1), next)])
      : doWhile(nodes, foot())
  }

  /** The condition under which a statement does not leave the loop around it, if that is all that it decides. */
  #stays(stmt: Stmt | undefined): (() => Node) | undefined {
    if (stmt?.kind !== 'if' || stmt.label !== undefined || this.#c.outdatesViews(stmt)) return undefined
    if (stmt.else.length > 0 || stmt.then.length !== 1) return undefined
    const [jump] = stmt.then
    if (jump!.kind !== 'br' || !this.#labels.breaksTo(jump.label)) return undefined
    return () => condition(this.#c, negate(stmt.cond))
  }

  #if(stmt: If, next: Next | undefined): es.Statement[] {
    if (stmt.label !== undefined) {
      const inner = { label: stmt.label, outer: next }
      return this.#block(stmt.label, next, () => this.#if(withoutLabel(stmt), inner))
    }
    if (effective(this.#c, stmt.then).length === 0) return this.#unless(stmt, next)
    const { before, operand } = this.#decide(stmt, () => condition(this.#c, stmt.cond))
    const inner = this.#soleIf(stmt)
    if (inner === undefined) return [...before, when(operand, this.list(stmt.then, next), this.list(stmt.else, next))]
    const made = this.#if(inner, next)[0] as es.IfStatement
    made.test = and(operand, made.test as Node)
    return [...before, made]
  }

  /** An `if` of which only the `else` does something, if any. */
  #unless(stmt: If, next: Next | undefined): es.Statement[] {
    const otherwise = effective(this.#c, stmt.else)
    if (otherwise.length > 0)
      return this.#if(choice(negate(stmt.cond), undefined, otherwise, [], stmt.height, stmt.at), next)
    return stmt.cond.effects === 0 ? [] : this.#stmt(evaluate(stmt.cond, stmt.at), undefined)
  }

  /** The `if` that is all that happens under another one: `if (a && b) ...` */
  #soleIf(stmt: If): If | undefined {
    const [inner] = stmt.then
    if (stmt.else.length > 0 || stmt.then.length !== 1 || inner!.kind !== 'if') return undefined
    const isPlain = inner.label === undefined && inner.else.length === 0 && !this.#c.outdatesViews(inner)
    return isPlain && effective(this.#c, inner.then).length > 0 ? inner : undefined
  }

  /** The operand that decides a branch. If it may grow the memory, the views are read again before the branch. */
  #decide(stmt: If | Switch, emit: () => Node): { before: es.Statement[]; operand: Node } {
    const c = this.#c
    if (!c.outdatesViews(stmt)) return { before: [], operand: emit() }
    const name = c.scratch('decision')
    return { before: [set(name, c.localViews!.shared(emit)), c.localViews!.refresh], operand: id(name) }
  }

  #branch(label: Label): es.Statement[] {
    const segment = this.#segments.get(label)
    if (segment === undefined) return [this.#labels.jump(label)]
    const restart = this.#labels.restart(segment.loop)
    return segment.index === undefined ? [restart] : [set(segment.state, num(segment.index)), restart]
  }

  #switch(stmt: Switch, next: Next | undefined): es.Statement[] {
    const computed = isAtom(stmt.index) ? this.#segments.sequence(stmt) : undefined
    if (computed !== undefined) return this.#computedState(stmt.index, computed)
    const { before, operand } = this.#decide(stmt, () => value(this.#c, stmt.index))
    const last = stmt.cases.length - 1
    const make = (): es.Statement => {
      const cases = stmt.cases.map(({ indices, body }, i) => {
        const nodes = this.list(body, next)
        return {
          tests: i === last ? [null] : indices.map(num),
          body: i < last && comesOut(body, next) ? [...nodes, breakTo(null)] : nodes,
        }
      })
      return switchOn(operand, cases)
    }
    return [...before, this.#labels.around('switch', undefined, next, make)]
  }

  #computedState(expr: Expr, { first, count, fallback }: Sequence): es.Statement[] {
    const index = value(this.#c, expr)
    const state = cond(bin('<', u32(index), num(count)), bin('+', index, num(first.index!)), num(fallback))
    return [set(first.state, state), this.#labels.restart(first.loop)]
  }

  #dispatch(stmt: Dispatch, next: Next | undefined): es.Statement[] {
    const state = this.#c.variable(stmt.state)
    const { label, numbers } = this.#segments.add(stmt, state)
    const make = (): es.Statement => {
      const cases = stmt.segments.map(({ body }, i) => ({ tests: numbers[i]!.map(num), body: this.list(body) }))
      return switchOn(id(state), cases)
    }
    const run = this.#labels.around('loop', label, next, () =>
      loop(undefined, [this.#labels.around('switch', undefined, undefined, make), breakTo(null)]),
    )
    return stmt.resumes === true ? [run] : [set(state, num(stmt.first ?? 0)), run]
  }
}
