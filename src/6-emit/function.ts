// A function of the module as JavaScript text.

import type * as es from 'estree'
import type { RegType } from '../3-ir/ir.ts'
import type { Optimized } from '../5-optimize/passes.ts'
import { assign, call, declare, id, type Node, num, ret, stmt, vars, when } from './build.ts'
import { FunctionContext, type ModuleContext } from './context.ts'
import { emitBody } from './statement.ts'
import { bigint } from './wide.ts'

/** What a variable holds before it is set. */
function zero(type: RegType): Node {
  if (type === 'ref') return id('null')
  return type === 'i64' || type === 'i64cell' ? bigint(0, 0) : num(0)
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
  const body = emitBody(c, func.body)
  const declarations = declareVariables(c)
  const { names } = module
  const name = nameOf(c)
  if (func.wide === 'has' && func.part === undefined) declarations.unshift(runWide(c, params))
  if (!func.hasTailCalls) return [declare(name, params, [...declarations, ...body])]
  const tail = names.tailBody(func.index)
  const run = ret(c.runtime('tail_run', call(id(tail), params.map(id))))
  return [declare(names.func(func.index), params, [run]), declare(tail, params, [...declarations, ...body])]
}

function nameOf({ optimized: { func }, module: { names } }: FunctionContext): string {
  if (func.wide === 'is') return names.wide(func.index)
  return func.part === undefined ? names.func(func.index) : names.part(func.index, func.part)
}

//   if (wl) return w1(a, b)
const runWide = (c: FunctionContext, params: readonly string[]): es.Statement =>
  when(c.cells('wl'), [ret(call(id(c.module.names.wide(c.optimized.func.index)), params.map(id)))])

/** Only a Wasm local may be read before it is set. */
function declareVariables(c: FunctionContext): es.Statement[] {
  const { func, allocation } = c.optimized
  const names: (readonly [string, Node | null])[] = []
  const cells: es.Statement[] = []
  for (let i = func.params.length; i < allocation.types.length; i++) {
    if (allocation.types[i] === 'i64cell') {
      if (allocation.startsAtZero[i]!) cells.push(stmt(assign(c.wideCell(i), zero('i64'))))
      continue
    }
    names.push([c.numbered(i), allocation.startsAtZero[i]! ? zero(allocation.types[i]!) : null])
  }
  if (c.firstView !== undefined) names.splice(c.viewAt - func.params.length, 0, c.firstView)
  const all = [...names, ...c.scratchVariables]
  return all.length === 0 ? cells : [vars(all), ...cells]
}
