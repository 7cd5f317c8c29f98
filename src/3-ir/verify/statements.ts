// What holds of every statement: operands, registers and labels of its kind, and where it may stand.

import type { Call, CallIndirect, Expr } from '../expr.ts'
import type { CallSet, Dispatch, Label, List, Stmt, Switch } from '../ir.ts'
import { OPS } from '../ops/index.ts'
import { RUNTIME_CALLS } from '../runtime-calls.ts'
import { type Flow, STMTS, stmtKind } from '../schema.ts'
import { labelsOfArm, takesException } from '../statements.ts'
import { highest } from '../stmt-nodes.ts'
import { someStmt } from '../walk.ts'
import { ExpressionChecker, isSameType } from './expressions.ts'
import type { Subject } from './subject.ts'

/**
 * Levels of compounds: printers and engines recurse over them. Lowering stays below 100, structure may put a block around
 * each loop, parts add a few.
 */
const MAX_HEIGHT = 250

export class StatementChecker {
  readonly #s: Subject
  readonly #expressions: ExpressionChecker
  readonly #seen = new Set<Stmt>()
  /** All labels that were defined, and those around. */
  readonly #defined = new Set<Label>()
  readonly #around = new Set<Label>()
  readonly #ids = new Set<number>()
  /** The first statements of handlers. */
  readonly #takers = new Set<Stmt | undefined>()

  constructor(subject: Subject) {
    this.#s = subject
    this.#expressions = new ExpressionChecker(subject)
  }

  check(): void {
    const { func } = this.#s
    for (const reg of [...func.params, ...func.locals]) this.#expressions.reg(reg)
    this.#list(func.body)
  }

  #list(list: List): void {
    for (const stmt of list) this.#stmt(stmt)
  }

  #stmt(stmt: Stmt): void {
    const s = this.#s
    s.stmt = stmt
    if (STMTS[stmt.kind] === undefined) s.fail(`a statement of kind ${stmt.kind}`)
    s.need(!this.#seen.has(stmt), 'the same object stands in two places')
    this.#seen.add(stmt)
    this.#own(stmt)
    const isTaker = this.#takers.has(stmt)
    s.need(takesException(stmt) === isTaker, isTaker ? 'a handler takes its exception first' : 'no handler begins here')
    this.#itself(stmt)
    const { flow } = stmtKind(stmt)
    if (typeof flow === 'object') this.#compound(stmt, flow)
    else s.need(stmt.height === 0 && stmt.bodies.length === 0 && stmt.labels.length === 0, 'a leaf holds nothing')
  }

  /** Operands, registers and targets. */
  #own(stmt: Stmt): void {
    const { operands, allows, regs, targets } = stmtKind(stmt)
    for (const e of stmt.args) {
      this.#expressions.check(e)
      if (stmt.kind === 'expr' || stmt.kind === 'tail') continue
      this.#expressions.operand(e, allows(stmt))
      const isIndexed = e.kind === 'op' && e.op === 'i32.indexed'
      this.#s.need(!isIndexed || (stmt.kind === 'store' && e === stmt.addr), 'an index of no access')
    }
    this.#expressions.types(stmt.args, operands(stmt, this.#s.func))
    for (const reg of stmt.regs) this.#expressions.reg(reg)
    const { length } = stmt.regs
    if (regs === 'many' ? length === 0 : length !== regs) this.#s.fail(`it sets ${length} registers, not ${regs}`)
    for (const label of targets(stmt)) {
      this.#s.need(this.#around.has(label), 'a branch to a label that is not around')
    }
  }

  #compound(stmt: Stmt, { bodies, labels }: Flow): void {
    const s = this.#s
    const levels = stmt.kind === 'dispatch' ? 2 : 1
    s.need(bodies === 'many' ? stmt.bodies.length > 0 : stmt.bodies.length === bodies, 'bodies of another statement')
    if (stmt.height !== highest(stmt.bodies) + levels) s.fail(`it is not ${stmt.height} high`)
    if (stmt.height > MAX_HEIGHT) s.fail(`it is ${stmt.height} high`)
    s.need(labelCounts(labels).includes(Math.min(stmt.labels.length, 2)), 'labels of another statement')
    for (const label of stmt.labels) {
      s.need(!this.#defined.has(label), 'a label that is defined elsewhere too')
      if (this.#ids.has(label.id)) s.fail(`label ${label.id} is two objects`)
      this.#defined.add(label)
      this.#ids.add(label.id)
      this.#around.add(label)
    }
    if (stmt.kind === 'try') this.#handler(stmt.handler)
    if (stmt.kind === 'dispatch') {
      const handlers = new Set(stmt.arms.map(({ handler }) => handler))
      for (const { label, body } of stmt.arms) if (handlers.has(label)) this.#takers.add(body[0])
    }
    for (const body of stmt.bodies) this.#list(body)
    for (const label of stmt.labels) this.#around.delete(label)
  }

  #handler(list: List): void {
    this.#s.need(list.length > 0, 'a handler takes its exception first')
    this.#takers.add(list[0])
  }

  /** What holds of single kinds. */
  #itself(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'set':
      case 'expr':
        return this.#calls(stmt.value)
      case 'call':
        this.#results(stmt)
        return this.#calls(stmt.value)
      case 'store':
        this.#expressions.entities.access(stmt)
        return this.#noCalls(stmt)
      case 'global.set':
        this.#expressions.entities.global(stmt, stmt.value.type, true)
        return this.#noCalls(stmt)
      case 'tail':
        return this.#tail(stmt.call)
      case 'trap':
        return this.#s.need(/^\w+$/.test(stmt.message), 'a trap has the name of a runtime function')
      case 'switch':
        this.#cases(stmt)
        return this.#noCalls(stmt)
      case 'dispatch':
        return this.#dispatch(stmt)
      case 'if':
      case 'return':
      case 'throw':
        return this.#noCalls(stmt)
      case 'try':
      case 'br':
      case 'block':
      case 'loop':
        return
      default:
        return stmt satisfies never
    }
  }

  #results({ value, regs, results }: CallSet): void {
    const s = this.#s
    const isCall = value.kind === 'call' || value.kind === 'call_indirect'
    s.need(isCall || value.kind === 'op' || value.kind === 'runtime', 'results of what is no call')
    s.need(results.length === regs.length, `${results.length} results for ${regs.length} registers`)
    s.need(new Set(regs).size === regs.length, 'two results for one register')
    s.need(
      results.every((result, i) => result > (results[i - 1] ?? -1)),
      'results are not ascending',
    )
    const types = isCall
      ? this.#expressions.entities.signature(value)?.results
      : value.kind === 'op'
        ? OPS[value.op].results
        : RUNTIME_CALLS[value.name].results
    results.forEach((result, i) => {
      const type = types?.[result]
      const fits = types === undefined || (type !== undefined && isSameType(type, regs[i]!.type))
      s.need(fits, `result ${result} is ${type ?? 'not there'}`)
    })
  }

  #tail(call: Call | CallIndirect): void {
    const s = this.#s
    s.need(call.kind === 'call' || call.kind === 'call_indirect', 'a tail call of what is no call')
    s.need(s.func.hasTailCalls, 'a tail call in a function that is said to have none')
    s.need(s.func.version.kind === 'main' && s.stage !== 'bigint', 'a tail call in a part, or on BigInts')
    const results = this.#expressions.entities.signature(call)?.results
    s.need(results === undefined || results.join() === s.func.results.join(), 'it gives other results')
  }

  #cases({ cases, bodies }: Switch): void {
    const indices = cases.flatMap((each) => each.indices)
    this.#s.need(new Set(indices).size === indices.length, 'two cases for one index')
    this.#s.need(cases.length === bodies.length, 'cases and bodies differ')
    this.#s.need(
      cases.every(({ body }, i) => body === bodies[i]),
      'cases and bodies differ',
    )
  }

  #dispatch(stmt: Dispatch): void {
    const s = this.#s
    const { state, arms, bodies, labels, again, resumes } = stmt
    this.#expressions.reg(state)
    s.need(state.type === 'i32', 'a state is an i32')
    s.need(arms.length === bodies.length, 'arms and bodies differ')
    s.need(
      arms.every(({ body }, i) => body === bodies[i]),
      'arms and bodies differ',
    )
    const all = [...arms.flatMap(labelsOfArm), ...(again === undefined ? [] : [again])]
    s.need(all.length === labels.length && all.every((label, i) => label === labels[i]), 'arms and labels differ')
    const inside = new Set(arms.map(({ label }) => label))
    s.need(
      arms.every(({ handler }) => handler === undefined || inside.has(handler)),
      'a handler that is no arm',
    )
    if (again !== undefined || resumes === true) return
    const isSet = (list: List): boolean => someStmt(list, ({ regs }) => regs.includes(state))
    s.need(!bodies.some(isSet), 'the state is set by other statements than branches to arms')
  }

  /** In versions on BigInts, calls stand alone: all functions use the same cells. */
  #calls(value: Expr): void {
    if (this.#s.stage !== 'bigint') return
    const alone = value.kind === 'call' || value.kind === 'call_indirect'
    this.#s.need(!(alone ? value.args.some(calls) : calls(value)), 'a call among operands, on BigInts')
  }

  #noCalls(stmt: Stmt): void {
    if (this.#s.stage === 'bigint') this.#s.need(!stmt.args.some(calls), 'a call among operands, on BigInts')
  }
}

const calls = (e: Expr): boolean => e.kind === 'call' || e.kind === 'call_indirect' || e.args.some(calls)

/** How many labels a statement may have, from 2 on: several. */
const labelCounts = (labels: Flow['labels']): readonly number[] =>
  ({ 'none': [0], 'out': [1], 'out, or none': [0, 1], 'again': [1], 'arms': [1, 2] })[labels]
