// IR statements to ESTree. Recursion is bounded: lowering lays deeper nesting flat.

import type * as es from 'estree'
import { isAtom, load } from '../3-lower/build.ts'
import type { Compound, Dispatch, Expr, If, Label, Loop, Stmt, Store, Switch, TailCall } from '../3-lower/ir.ts'
import { isCompound } from '../3-lower/statements.ts'
import { mayBeOwnNan } from '../4-optimize/nan-carriers.ts'
import {
  assign,
  bin,
  block,
  breakTo,
  cond,
  continueTo,
  forever,
  id,
  labeled,
  list,
  type Node,
  num,
  raise,
  ret,
  set,
  stmt as statement,
  switchOn,
  u32,
  when,
} from './build.ts'
import type { FunctionContext } from './context.ts'
import { cellOf, condition, globalRegister, number, placeOf, target, value } from './expression.ts'

/** How a branch reaches its label. */
type Jump =
  | { readonly kind: 'break' | 'continue'; readonly name: string }
  | { readonly kind: 'segment'; readonly name: string; readonly state: string; readonly index: number }

export class StatementEmitter {
  readonly #c: FunctionContext
  readonly #jumps = new Map<Label, Jump>()
  /** Labels around what is being emitted. */
  #depth = 0

  constructor(context: FunctionContext) {
    this.#c = context
  }

  list(stmts: readonly Stmt[]): es.Statement[] {
    const nodes: es.Statement[] = []
    for (let i = 0; i < stmts.length; i++) {
      const made = this.#stmt(stmts[i]!)
      if (made.length === 1) nodes.push(made[0]!)
      else nodes.push(...made)
    }
    return nodes
  }

  #stmt(stmt: Stmt): es.Statement[] {
    const c = this.#c
    if (isCompound(stmt)) return this.#compound(stmt)
    if (!c.outdatesViews(stmt)) return this.#simple(stmt)
    const statements = c.localViews!.shared(() => this.#simple(stmt))
    return stmt.kind === 'return' || stmt.kind === 'tail' ? statements : [...statements, c.localViews!.refresh]
  }

  #simple(stmt: Exclude<Stmt, Compound>): es.Statement[] {
    const c = this.#c
    switch (stmt.kind) {
      case 'set': {
        const node = c.needsNanBits(stmt.reg) ? value(c, stmt.value) : number(c, stmt.value)
        return [set(c.variable(stmt.reg), node)]
      }
      case 'expr':
        return [statement(value(c, stmt.value))]
      case 'store':
        return this.#store(stmt)
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

  #compound(stmt: Compound): es.Statement[] {
    switch (stmt.kind) {
      case 'block':
        return [this.#labeled(stmt.label, 'break', () => block(this.list(stmt.body)))]
      case 'loop':
        return [this.#loop(stmt)]
      case 'if':
        return this.#if(stmt)
      case 'switch':
        return this.#switch(stmt)
      case 'dispatch':
        return this.#dispatch(stmt)
    }
  }

  /** A store of what was just loaded moves integers, which have no NaNs to lose. */
  #store(stmt: Store): es.Statement[] {
    const c = this.#c
    const place = placeOf(c, stmt)
    const { value: stored } = stmt
    if (stmt.op === 'f32.store') {
      if (stored.kind === 'load') {
        return c.module.access.store(
          c,
          'i32.store',
          place,
          value(c, load('i32.load', stored.memory, stored.addr, stored.offset, stored.guard)),
          false,
        )
      }
      if (mayBeOwnNan(stored, c.optimized.nanCarriers)) return c.module.access.storeBits(c, place, value(c, stored))
    }
    return c.module.access.store(c, stmt.op, place, value(c, stored), isSimple(stored))
  }

  #return(values: readonly Expr[]): es.Statement[] {
    const c = this.#c
    const [first, ...others] = values
    if (first === undefined) return [ret(null)]
    const cells = others.map((e, i) => statement(assign(cellOf(c, i + 1, e.type), value(c, e))))
    return [...cells, ret(value(c, first))]
  }

  //   return_call $f    return tail_call(tail_target(f), [a, b])
  #tail({ call }: TailCall): es.Statement[] {
    const c = this.#c
    const callee = call.kind === 'call' ? id(c.module.names.func(call.func)) : target(c, call)
    const args = call.args.map((arg) => value(c, arg))
    // V8 quiets NaNs in arrays of nothing but numbers.
    if (call.args.some(({ type }) => type === 'f64' || type === 'f32')) args.push(id('null'))
    return [ret(c.runtime('tail_call', c.runtime('tail_target', callee), list(args)))]
  }

  /** The name of a label: labels of one depth share it, since none is inside the other. Text repeats better so. */
  #enter(): string {
    return this.#c.module.names.variable(this.#depth++)
  }

  #labeled(label: Label, kind: 'break' | 'continue', body: () => es.Statement): es.Statement {
    const name = this.#enter()
    this.#jumps.set(label, { kind, name })
    const statement = labeled(name, body())
    this.#depth--
    return statement
  }

  /** A loop runs once unless it is continued. */
  #loop(stmt: Loop): es.Statement {
    return this.#labeled(stmt.label, 'continue', () => {
      const body = this.list(stmt.body)
      return forever(leaves(stmt.body) ? body : [...body, breakTo(null)])
    })
  }

  #if(stmt: If): es.Statement[] {
    const { before, operand } = this.#decide(stmt, () => condition(this.#c, stmt.cond))
    const make = (): es.Statement => when(operand, this.list(stmt.then), this.list(stmt.else))
    return [...before, stmt.label === undefined ? make() : this.#labeled(stmt.label, 'break', () => block([make()]))]
  }

  /** The operand that decides a branch. If it may grow the memory, the views are read again before the branch. */
  #decide(stmt: If | Switch, emit: () => Node): { before: es.Statement[]; operand: Node } {
    const c = this.#c
    if (!c.outdatesViews(stmt)) return { before: [], operand: emit() }
    const name = c.scratch('decision')
    return { before: [set(name, c.localViews!.shared(emit)), c.localViews!.refresh], operand: id(name) }
  }

  #branch(label: Label): es.Statement[] {
    const jump = this.#jumps.get(label)!
    switch (jump.kind) {
      case 'break':
        return [breakTo(jump.name)]
      case 'continue':
        return [continueTo(jump.name)]
      case 'segment':
        return [set(jump.state, num(jump.index)), continueTo(jump.name)]
    }
  }

  #switch(stmt: Switch): es.Statement[] {
    const computed = this.#computedState(stmt)
    if (computed !== undefined) return computed
    const { before, operand } = this.#decide(stmt, () => value(this.#c, stmt.index))
    const cases = stmt.cases.map(({ indices, body }, i) => ({
      tests: i === stmt.cases.length - 1 ? [null] : indices.map(num),
      body: this.list(body),
    }))
    return [...before, switchOn(operand, cases)]
  }

  /**
   * A `br_table` whose targets are segments of one dispatch in order (as Go compiles resume points) needs no switch:
   *
   *   br_table 0 1 2 ... 9    state = x >>> 0 < 9 ? x + 4 : 13; continue
   */
  #computedState(stmt: Switch): es.Statement[] | undefined {
    if (!isAtom(stmt.index)) return undefined
    const jumps: (Jump | undefined)[] = []
    for (const { indices, body } of stmt.cases) {
      const jump = body.length === 1 && body[0]!.kind === 'br' ? this.#jumps.get(body[0]!.label) : undefined
      for (const index of indices) jumps[index] = jump
    }
    const last = stmt.cases[stmt.cases.length - 1]!.body[0]!
    const fallback = last.kind === 'br' ? this.#jumps.get(last.label) : undefined
    const first = jumps[0]
    if (first?.kind !== 'segment' || fallback?.kind !== 'segment' || fallback.name !== first.name || jumps.length < 4)
      return undefined
    for (const [i, jump] of jumps.entries()) {
      if (jump?.kind !== 'segment' || jump.name !== first.name || jump.index !== first.index + i) return undefined
    }
    const index = value(this.#c, stmt.index)
    const state = cond(bin('<', u32(index), num(jumps.length)), bin('+', index, num(first.index)), num(fallback.index))
    return [set(first.state, state), continueTo(first.name)]
  }

  #dispatch(stmt: Dispatch): es.Statement[] {
    const name = this.#enter()
    const state = this.#c.variable(stmt.state)
    const { first = 0, again } = stmt
    let next = first
    const tests = stmt.segments.map(({ label, also = [] }) =>
      [label, ...also].map((each) => {
        this.#jumps.set(each, { kind: 'segment', name, state, index: next })
        return num(next++)
      }),
    )
    if (again !== undefined) this.#jumps.set(again, { kind: 'continue', name })
    const cases = stmt.segments.map(({ body }, i) => ({ tests: tests[i]!, body: this.list(body) }))
    const run = labeled(name, forever([switchOn(id(state), cases), breakTo(null)]))
    this.#depth--
    return stmt.resumes === true ? [run] : [set(state, num(first)), run]
  }
}

/** Nodes of a value without effects that is rather written twice than put into a variable. */
const MAX_TWICE = 5

const isSimple = (e: Expr): boolean => isAtom(e) || (e.effects === 0 && e.size <= MAX_TWICE)

/** Whether control never comes out at the end of these statements. */
function leaves(stmts: readonly Stmt[]): boolean {
  const last = stmts[stmts.length - 1]
  if (last === undefined) return false
  switch (last.kind) {
    case 'br':
    case 'return':
    case 'tail':
    case 'trap':
    case 'switch':
      return true
    case 'if':
      return last.label === undefined && last.else.length > 0 && leaves(last.then) && leaves(last.else)
    default:
      return false
  }
}
