// Calls of small functions become what the functions do: parameters, locals and results are registers of the caller, and
// `return` leaves a block. A recursive function is put into itself once.
//
//   (func $get (param i32) (result i32) (i32.load offset=4 (local.get 0)))
//   call $get  i32.const 1  i32.add      D0.v.getInt32((a >>> 0) + 4, true) + 1, not get(a) + 1

import type { FuncType } from '../0-wasm/types.ts'
import { READ, TRAP, WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { isAtom } from '../3-ir/expressions.ts'
import type { Func, Reg } from '../3-ir/ir.ts'
import { forEachRead } from '../3-ir/walk.ts'
import { copyExpr, StatementCopier } from './copy.ts'
import type { FunctionLowering } from './function.ts'
import type { Limits } from './limits.ts'

/** A function that may stand where it is called: it has no loop, no tail call and no dispatch. */
export interface Inlinee {
  readonly func: Func
  /** Bytes of its code. */
  readonly size: number
  /** Indices of the locals that it sets. */
  readonly setLocals: ReadonlySet<number>
}

/** The functions that are to be inlined, by index; undefined for all others. */
export type Inlinable = (func: number) => Inlinee | undefined

/** The calls of one function that are inlined. */
export class Inliner {
  readonly #l: FunctionLowering
  readonly #inlinable: Inlinable
  /** Bytes of code that may still be taken over. */
  #room: number

  constructor(lowering: FunctionLowering, inlinable: Inlinable, { growth }: Limits) {
    this.#room = growth
    this.#l = lowering
    this.#inlinable = inlinable
  }

  /** Puts a function's body where it is called, and pushes its results, if that is to be. */
  inlines(index: number, type: FuncType): boolean {
    const inlinee = this.#inlinable(index)
    if (inlinee === undefined || inlinee.size > this.#room) return false
    this.#room -= inlinee.size
    const { stack } = this.#l
    stack.hasProducts ||= inlinee.func.hasProducts
    stack.settle(type.params.length)
    const args = stack.popMany(type.params.length).flat()
    const values = expressionBody(inlinee.func, args) ?? statementBody(this.#l, inlinee, args)
    let next = 0
    for (const result of type.results) {
      const count = this.#l.registers.of(result).length
      stack.push(values.slice(next, next + count))
      next += count
    }
    return true
  }
}

/** The results of a function that only computes them, of arguments that may stand where its parameters do. */
function expressionBody(callee: Func, args: readonly Expr[]): readonly Expr[] | undefined {
  const only = callee.body[0]
  if (callee.body.length !== 1 || only?.kind !== 'return' || callee.locals.length > 0) return undefined
  const reads = new Map<Reg, number>()
  for (const value of only.values) forEachRead(value, (reg) => reads.set(reg, (reads.get(reg) ?? 0) + 1))
  const fits = callee.params.every((param, i) => isAtom(args[i]!) || (args[i]!.effects === 0 && reads.get(param) === 1))
  if (!fits) return undefined
  const substitutes = new Map(callee.params.map((param, i) => [param, args[i]!]))
  return only.values.map((value) => copyExpr(value, substitutes))
}

/** Emits the statements of a function. */
function statementBody(l: FunctionLowering, { func, setLocals }: Inlinee, args: readonly Expr[]): readonly Expr[] {
  l.stack.before(READ | TRAP | WRITE)
  const copier = new StatementCopier(l, func)
  func.params.forEach((param, i) => copier.bind(param, args[i]!, setLocals.has(param.local!)))
  copier.clear(func.locals)
  return copier.emit(func)
}
