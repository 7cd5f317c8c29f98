// A function of the module as JavaScript text.

import type * as es from 'estree'
import type { RegType } from '../3-ir/ir.ts'
import { GUARDS, TAIL, type Version } from '../3-ir/versions.ts'
import type { Optimized } from '../5-optimize/passes.ts'
import { bigint } from './bigint.ts'
import {
  assign,
  bin,
  call,
  declare,
  func as funcNode,
  id,
  list,
  type Node,
  num,
  ret,
  stmt,
  vars,
  when,
} from './build.ts'
import { FunctionContext } from './context.ts'
import type { Marks } from './marks.ts'
import type { ModuleContext } from './module-context.ts'
import { emitBody } from './statement.ts'
import type { GatheredUses } from './uses.ts'

/** What a variable holds before it is set. */
const ZEROS: Readonly<Record<RegType, Node>> = {
  i32: num(0),
  f32: num(0),
  f64: num(0),
  ref: id('null'),
  i64: bigint(0, 0),
  v128: num(0),
  i64cell: bigint(0, 0),
}

/** A version of a function. */
interface EmittedFunction {
  readonly declarations: readonly es.Statement[]
  /** Which instructions the nodes are from, if that is asked. */
  readonly marks: Marks | undefined
}

/**
 * The declaration of a version of a function; two if it has tail calls. The second one makes a few of them as plain calls, and
 * counts them; then the first one makes it, with an empty stack:
 *
 *   function f1(a, b) { return tail_run($$f1(a, b, 0)) }
 *   function $$f1(a, b, n) { if (n > 8) return tail_call($$f1, [a, b, 0]); ...; return tail_target(f2)(a, n + 1) }
 *
 * @param uses where what it uses is gathered
 */
export function emitFunction(module: ModuleContext, optimized: Optimized, uses: GatheredUses): EmittedFunction {
  const c = new FunctionContext(module, optimized, uses)
  const { func } = optimized
  const params = func.params.map((reg) => c.variable(reg))
  const body = emitBody(c, func.body)
  const first = func.alternatives.map((version) => runInstead(c, version, params))
  const all = first.concat(declareVariables(c), body)
  const { marks } = c
  if (!func.hasTailCalls) return { declarations: [defineVersion(module, func.index, func.version, params, all)], marks }
  uses.tails.add(func.index)
  const tail = module.instance.version(func.index, TAIL)
  const args = [...params.map(id), num(0)]
  const count = c.tailCount
  // V8 quiets NaNs in arrays of nothing but numbers.
  const isFloat = func.params.some(({ type }) => type === 'f64' || type === 'f32')
  const later = c.runtime('tail_call', tail, list(isFloat ? [...args, id('null')] : args))
  const declarations = [
    defineVersion(module, func.index, func.version, params, [ret(c.runtime('tail_run', call(tail, args)))]),
    defineVersion(
      module,
      func.index,
      TAIL,
      [...params, count],
      [when(bin('>', id(count), num(MAX_FRAMES)), [ret(later)]), ...all],
    ),
  ]
  return { declarations, marks }
}

/**
 * Frames that tail calls may leave on the stack. With twice as many a tail call takes two thirds of the time, but what recurses
 * between tail calls has them at each level.
 */
const MAX_FRAMES = 8

/** Where what is called is no variable, it still has its name, for those who debug. */
function defineVersion(
  { instance, names }: ModuleContext,
  index: number,
  version: Version,
  params: readonly string[],
  body: es.Statement[],
): es.Statement {
  const variable = instance.version(index, version)
  if (variable.type === 'Identifier') return declare(variable.name, params, body)
  return stmt(assign(variable, funcNode(params, body, names.version(index, version))))
}

//   if (wb) return w1(a, b)
function runInstead(c: FunctionContext, version: Version, params: readonly string[]): es.Statement {
  const run = ret(call(c.func(c.optimized.func.index, version), params.map(id)))
  return when(c.runtimeVariable(GUARDS[version.kind]!), [run])
}

/** Only a Wasm local may be read before it is set. */
function declareVariables(c: FunctionContext): es.Statement[] {
  const { func, allocation } = c.optimized
  const names: (readonly [string, Node | null])[] = []
  const cells: es.Statement[] = []
  for (let i = func.params.length; i < allocation.types.length; i++) {
    if (allocation.types[i] === 'i64cell') {
      if (allocation.startsAtZero[i]!) cells.push(stmt(assign(c.bigintCell(i), ZEROS.i64)))
      continue
    }
    names.push([c.numbered(i), allocation.startsAtZero[i]! ? ZEROS[allocation.types[i]!] : null])
  }
  const view = c.firstView
  if (view !== undefined) names.splice(c.viewAt - func.params.length, 0, view)
  const all = names.concat(c.scratchVariables)
  return all.length === 0 ? cells : [vars(all), ...cells]
}
