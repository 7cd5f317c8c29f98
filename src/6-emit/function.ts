// A function of the module as JavaScript text.

import type * as es from 'estree'
import type { RegType } from '../3-ir/ir.ts'
import type { Optimized } from '../5-optimize/passes.ts'
import { assign, call, declare, func as funcNode, id, type Node, num, ret, stmt, vars, when } from './build.ts'
import { FunctionContext, type ModuleContext } from './context.ts'
import { StatementEmitter } from './statement.ts'
import { bigint } from './wide.ts'

/** What a variable holds before it is set. */
const ZEROS: Readonly<Record<RegType, Node>> = {
  i32: num(0),
  f32: num(0),
  f64: num(0),
  ref: id('null'),
  i64: bigint(0, 0),
  i64cell: bigint(0, 0),
}

/**
 * The declaration of a function; two if it has tail calls, which the second one asks the first to make:
 *
 *   function f1(a, b) { return tail_run(f1_tail(a, b)) }
 *   function f1_tail(a, b) { ...; return tail_call(tail_target(f2), [a]) }
 */
export function emitFunction(module: ModuleContext, optimized: Optimized): es.Statement[] {
  const c = new FunctionContext(module, optimized)
  const { func } = optimized
  const params = func.params.map((reg) => c.variable(reg))
  const body = withoutLastReturn(new StatementEmitter(c).list(func.body))
  const declarations = declareVariables(c)
  if (func.wide === 'has' && func.part === undefined) declarations.unshift(runWide(c, params))
  const all = [...declarations, ...body]
  if (func.wide === 'is') return [declare(module.names.wide(func.index), params, all)]
  if (func.part !== undefined) return [declare(module.names.part(func.index, func.part), params, all)]
  if (!func.hasTailCalls) return [defineWhole(module, func.index, params, all)]
  const tail = module.names.tailBody(func.index)
  const run = ret(c.runtime('tail_run', call(id(tail), params.map(id))))
  return [defineWhole(module, func.index, params, [run]), declare(tail, params, all)]
}

/** Defines what is called for a function. Where that is no variable, it still has its name, for those who debug. */
function defineWhole(
  { instance, names }: ModuleContext,
  index: number,
  params: readonly string[],
  body: es.Statement[],
): es.Statement {
  const variable = instance.func(index)
  if (variable.type === 'Identifier') return declare(variable.name, params, body)
  return stmt(assign(variable, funcNode(params, body, names.func(index))))
}

//   if (wl) return w1(a, b)
const runWide = (c: FunctionContext, params: readonly string[]): es.Statement =>
  when(c.cells('wl'), [ret(call(id(c.module.names.wide(c.optimized.func.index)), params.map(id)))])

/** A function returns at its end. */
function withoutLastReturn(body: es.Statement[]): es.Statement[] {
  const last = body[body.length - 1]
  return last?.type === 'ReturnStatement' && !last.argument ? body.slice(0, -1) : body
}

/** Only a Wasm local may be read before it is set. */
function declareVariables(c: FunctionContext): es.Statement[] {
  const { func, allocation } = c.optimized
  const names: (readonly [string, Node | null])[] = []
  const cells: es.Statement[] = []
  for (let i = func.params.length; i < allocation.types.length; i++) {
    if (allocation.types[i] === 'i64cell') {
      if (allocation.startsAtZero[i]!) cells.push(stmt(assign(c.wideCell(i), ZEROS.i64)))
      continue
    }
    names.push([c.numbered(i), allocation.startsAtZero[i]! ? ZEROS[allocation.types[i]!] : null])
  }
  if (c.firstView !== undefined) names.splice(c.viewAt - func.params.length, 0, c.firstView)
  const all = [...names, ...c.scratchVariables]
  return all.length === 0 ? cells : [vars(all), ...cells]
}
