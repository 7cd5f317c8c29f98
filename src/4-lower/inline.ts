// Calls of small functions become what the functions do: parameters, locals and results are registers of the caller, and
// `return` leaves a block. A recursive function is put into itself once.
//
//   (func $get (param i32) (result i32) (i32.load offset=4 (local.get 0)))
//   call $get  i32.const 1  i32.add      D0.v.getInt32((a >>> 0) + 4, true) + 1, not get(a) + 1

import { ANYTHING } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { isAtom, regRead, zeroOf } from '../3-ir/expressions.ts'
import type { Func, Label, Reg, Return, Stmt } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { exprKind } from '../3-ir/schema.ts'
import { block, branch, setReg } from '../3-ir/statements.ts'
import { substitute } from '../3-ir/walk.ts'
import type { FunctionBuilder } from './builder.ts'
import { Copier } from './copy.ts'

/** A function that may stand where it is called: it has no loop, no tail call and no dispatch. */
export interface Inlinee {
  readonly func: Func
  /** Bytes of bytecode that it will have, as estimated. */
  readonly size: number
  /** Indices of the locals that it sets. */
  readonly setLocals: ReadonlySet<number>
}

/** The functions that are to be inlined, by index; undefined for all others. `loops` are around the call. */
export type Inlinable = (func: number, loops: number) => Inlinee | undefined

/** Puts a function's body where it is called, and pushes its results. @returns false if that is not to be */
export function inlineCall(b: FunctionBuilder, index: number, inlinable: Inlinable): boolean {
  const inlinee = inlinable(index, b.loops)
  if (inlinee === undefined || inlinee.size > b.room) return false
  b.room -= inlinee.size
  const args = b.stack.take(inlinee.func.params.length)
  const results = expressionBody(inlinee.func, args) ?? statementBody(b, inlinee, args)
  b.reachable = !leaves(b.frame.body)
  if (b.reachable) for (const value of results) b.stack.push(value)
  return true
}

/** The results of a function that only computes them, of arguments that may stand where its parameters do. */
function expressionBody(callee: Func, args: readonly Expr[]): readonly Expr[] | undefined {
  const only = callee.body[0]
  if (callee.body.length !== 1 || only?.kind !== 'return' || callee.locals.length > 0) return undefined
  const places = countPlaces(only.values)
  const fits = callee.params.every(
    (param, i) => isAtom(args[i]!) || (args[i]!.effects === 0 && places.get(param) === 1),
  )
  if (!fits) return undefined
  const substitutes = new Map(callee.params.map((param, i) => [param, args[i]!]))
  return only.values.map((value) => substitute(value, (reg) => substitutes.get(reg)!))
}

/**
 * In how many places of the output each register stands. Where an operation has an operand more than once, what is put there
 * must not grow: called within each other, functions that rotate would double it each time.
 */
function countPlaces(values: readonly Expr[]): ReadonlyMap<Reg, number> {
  const places = new Map<Reg, number>()
  const add = (e: Expr, count: number): void => {
    if (e.kind === 'reg') places.set(e.reg, (places.get(e.reg) ?? 0) + count)
    const { needsAtom } = exprKind(e)
    for (let i = 0; i < e.args.length; i++) add(e.args[i]!, needsAtom(e, i) ? 2 : 1)
  }
  for (const value of values) add(value, 1)
  return places
}

/** Emits the statements of a function. */
function statementBody(b: FunctionBuilder, { func, setLocals }: Inlinee, args: readonly Expr[]): readonly Expr[] {
  b.stack.before(ANYTHING)
  const copier = new BodyCopier(b, func)
  func.params.forEach((param, i) => copier.bind(param, args[i]!, setLocals.has(param.local!)))
  copier.clear(func.locals)
  return copier.emit(func)
}

/** Puts copies of a function's statements into the function being lowered, and its results into registers. */
class BodyCopier extends Copier {
  readonly #b: FunctionBuilder
  readonly #results: readonly Reg[]
  readonly #out: Label
  /** Whether anything branches to the end. */
  #leaves = false

  constructor(b: FunctionBuilder, { results }: Func) {
    super(b.fresh)
    this.#b = b
    this.#results = results.map((type) => b.temp(type))
    this.#out = b.fresh.label()
  }

  /** @param isSet whether the function sets the parameter: then it needs a register of its own */
  bind(param: Reg, arg: Expr, isSet: boolean): void {
    if (!isSet && isAtom(arg)) this.replace(param, arg)
    else this.#b.emit(setReg(this.register(param), arg, this.#b.at))
  }

  clear(locals: readonly Reg[]): void {
    for (const reg of locals) this.#b.emit(setReg(this.register(reg), zeroOf(reg.type), this.#b.at))
  }

  /** @returns what holds the results afterwards */
  emit({ body, hasVectors }: Func): readonly Expr[] {
    this.#b.hasVectors ||= hasVectors
    const last = body[body.length - 1]
    const stmts = last?.kind === 'return' ? this.list(body.slice(0, -1)) : this.list(body)
    if (last?.kind === 'return') for (const stmt of this.#setResults(last)) stmts.push(stmt)
    if (this.#leaves) this.#b.emit(block(this.#out, stmts, this.#b.at))
    else for (const stmt of stmts) this.#b.emit(stmt)
    return this.#results.map(regRead)
  }

  protected override return(stmt: Return): Stmt[] {
    this.#leaves = true
    return [...this.#setResults(stmt), branch(this.#out, stmt.at)]
  }

  #setResults({ values, at }: Return): Stmt[] {
    return values.map((value, i) => setReg(this.#results[i]!, this.expr(value), at))
  }
}
