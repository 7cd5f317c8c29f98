// Function types at the boundary to JavaScript. For each type two makers of functions: `wrap` turns a raw function into
// an Exported Function, `host` a JavaScript function into a raw one (JS API, "ToWebAssemblyValue"). A module has the first
// of types whose functions can leave it, the second of those that it imports.
//
//   [i32 i64] -> [f64]
//   T0 = func_type("iI>d",
//     (f) => (a, b) => { var c = a | 0, d = i64_in(b), e = ri[0]; try { return f(c, d, e) } catch (x) { throw trapped(x) } },
//     (f) => (a, b, c) => { try { return +f(a, i64_out(b, c)) } catch (x) { throw foreign(x) } })

import type * as es from 'estree'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import { elementsOfType, givesTuple, takesTuple, wordsOfType } from '../3-ir/registers.ts'
import {
  arrow,
  assign,
  at,
  attempt,
  bin,
  block,
  call,
  dot,
  func,
  id,
  list,
  type Node,
  num,
  raise,
  ret,
  stmt,
  text,
  vars,
  when,
} from './build.ts'
import { CELLS } from './results.ts'
import { conversionsOf, type Use } from './values.ts'

/** What a module does with functions of a type: gives them to JavaScript, takes them from there, or neither. */
export type Side = 'wrap' | 'host' | 'known'

/** How a value is converted, of a type that is known. */
interface Conversions {
  readonly toWasm: (use: Use, x: Node) => readonly Node[]
  readonly toJs: (use: Use, registers: readonly Node[]) => Node
}

/** How the values of a list of types are converted; undefined if JavaScript never sees one of them. */
type ListConversions = readonly Conversions[] | undefined

function listConversions(types: readonly ValType[]): ListConversions {
  const all = types.map(conversionsOf)
  if (!all.every((each) => each !== undefined)) return undefined
  return all.map(({ toWasm, toJs }, i) => ({
    toWasm: (use, x) => toWasm(use, x, types[i]!),
    toJs: (use, registers) => toJs(use, registers, types[i]!),
  }))
}

/** `a0`, `a1`, ... for the registers of each type. */
function registerNames(types: readonly ValType[]): string[][] {
  let next = 0
  return types.map((type) => wordsOfType(type).map(() => `a${next++}`))
}

/** The registers of values of these types that are in a tuple (4-lower/tuples.ts). */
function ofTuple(use: Use, types: readonly ValType[], tuple: Node): Node[][] {
  let next = 0
  return types.map((type) => {
    const elements = elementsOfType(type).map(() => at(tuple, num(next++)))
    if (type === 'f32') return [call(use('f32_reinterpret_i32'), elements)]
    return type === 'f64' ? [call(use('f64_reinterpret_i64'), elements)] : elements
  })
}

/** A tuple of values of these types, from their registers. */
function tupleOf(use: Use, types: readonly ValType[], registers: readonly (readonly Node[])[]): Node {
  const elements = types.flatMap((type, i) => {
    if (type === 'f32') return [call(use('i32_reinterpret_f32'), registers[i]!)]
    return type === 'f64' ? [call(use('i64_reinterpret_f64'), registers[i]!), at(use('ri'), num(0))] : registers[i]!
  })
  return list(elements)
}

/** The registers of a call's results: the call itself, then cells. */
function resultRegisters(use: Use, types: readonly ValType[], first: Node): Node[][] {
  if (givesTuple(types)) return ofTuple(use, types, first)
  let index = 0
  return types.map((type) =>
    wordsOfType(type).map((regType) => {
      const cell = index++ - 1
      return cell < 0 ? first : at(use(CELLS[regType]), num(cell))
    }),
  )
}

/** What the functions of the boundary are made with. */
export interface BoundaryOptions {
  readonly use: Use
  /** Whether the target has no arrow functions, which cannot be constructed. */
  readonly isEs5: boolean
  /** Whether another thread may have made a memory larger while JavaScript ran. */
  readonly renews: boolean
}

const closure = ({ isEs5 }: BoundaryOptions, params: readonly string[], body: es.Statement[]): Node =>
  isEs5 ? func(params, body) : arrow(params, block(body))

const maker = ({ isEs5 }: BoundaryOptions, made: Node): Node => (isEs5 ? func(['f'], [ret(made)]) : arrow(['f'], made))

/** Views of memories that other threads have made larger are made again; its argument if it has one. */
const renewed = (use: Use, ...args: [] | [Node]): Node => call(use('shared_memories_renew'), args)

/** The function that makes the Exported Function of the raw function `f`. */
function wrapMaker(options: BoundaryOptions, { params, results }: FuncType): Node {
  const names = params.map((_, i) => `p${i}`)
  const body = wrapBody(options, params, results, names)
  return maker(options, options.isEs5 ? onlyCalled(options.use, names, body) : arrow(names, block(body)))
}

/**
 * In ES5 all functions can be constructed. A bound one has no `prototype` at least; called its `this` is what it is bound
 * to, so that another one tells that it is constructed. That is any object of the runtime: `null` stays `null` in strict
 * mode only, and bundlers leave out the outputs' "use strict".
 *
 *   function (a) { if (this !== not_constructor) throw not_constructor(); ... }.bind(not_constructor)
 */
function onlyCalled(use: Use, params: readonly string[], body: es.Statement[]): Node {
  const error = use('not_constructor')
  const refusal = when(bin('!==', id('this'), error), [raise(call(error, []))])
  return call(dot(func(params, [refusal, ...body]), 'bind'), [error])
}

function wrapBody(
  { use, renews }: BoundaryOptions,
  params: readonly ValType[],
  results: readonly ValType[],
  names: readonly string[],
): es.Statement[] {
  const from = listConversions(params)
  const to = listConversions(results)
  if (!from || !to) return [raise(call(use('no_js_value'), []))]
  const registers = registerNames(params)
  const converted = from.flatMap(({ toWasm }, i) =>
    toWasm(use, id(names[i]!)).map((node, part): [string, Node] => [registers[i]![part]!, node]),
  )
  const given = registers.map((names) => names.map(id))
  const invoke = call(id('f'), takesTuple({ params, results }) ? [tupleOf(use, params, given)] : given.flat())
  const guarded = attempt(returnToJs(use, results, to, invoke), 'e', [raise(call(use('trapped'), [id('e')]))])
  const calling = renews ? [stmt(renewed(use)), guarded] : [guarded]
  return converted.length > 0 ? [vars(converted), ...calling] : calling
}

function returnToJs(
  use: Use,
  results: readonly ValType[],
  conversions: readonly Conversions[],
  invoke: Node,
): es.Statement[] {
  if (results.length === 0) return [stmt(invoke)]
  const first = results.length === 1 ? invoke : id('r')
  const values = resultRegisters(use, results, first).map((registers, i) => conversions[i]!.toJs(use, registers))
  return results.length === 1 ? [ret(values[0]!)] : [vars([['r', invoke]]), ret(list(values))]
}

/** The function that makes a raw function from the JavaScript function `f`. Conversions of results call JavaScript too. */
function hostMaker(options: BoundaryOptions, { params, results }: FuncType): Node {
  const { use } = options
  const isMany = takesTuple({ params, results })
  const names = isMany ? [['t']] : registerNames(params)
  const registers = isMany ? ofTuple(use, params, id('t')) : names.map((each) => each.map(id))
  const from = listConversions(params)
  const to = listConversions(results)
  if (!from || !to) {
    // It is as if the host had thrown it: handlers catch it.
    const refusal = raise(call(use('foreign'), [call(use('no_js_value'), [])]))
    return maker(options, closure(options, names.flat(), [refusal]))
  }
  const args = from.map(({ toJs }, i) => toJs(use, registers[i]!))
  const afterwards = (value: Node): Node => (options.renews ? renewed(use, value) : value)
  const body = returnToWasm(use, results, to, afterwards(call(id('f'), args)))
  const guarded = attempt(body, 'e', [raise(call(use('foreign'), [afterwards(id('e'))]))])
  return maker(options, closure(options, names.flat(), [guarded]))
}

function returnToWasm(
  use: Use,
  results: readonly ValType[],
  conversions: readonly Conversions[],
  invoke: Node,
): es.Statement[] {
  if (results.length === 0) return [stmt(invoke)]
  // The cell of a high word is already where the caller looks for it.
  if (results.length === 1) return [ret(conversions[0]!.toWasm(use, invoke)[0]!)]
  const names = results.map((type, i) => wordsOfType(type).map((_, part) => `r${i}_${part}`))
  const converted = conversions.flatMap(({ toWasm }, i) =>
    toWasm(use, at(id('r'), num(i))).map((node, part): [string, Node] => [names[i]![part]!, node]),
  )
  const taken = vars([['r', call(use('iterate'), [invoke, num(results.length)])], ...converted])
  const made = names.map((each) => each.map(id))
  if (givesTuple(results)) return [taken, ret(tupleOf(use, results, made))]
  const cells = resultRegisters(use, results, id(names[0]![0]!)).flat()
  const stores = names
    .flat()
    .slice(1)
    .map((name, i) => stmt(assign(cells[i + 1] as es.MemberExpression, id(name))))
  return [taken, ...stores, ret(id(names[0]![0]!))]
}

/**
 * The descriptor of a function type.
 * @param key the text that the type is known by, or its id if the text names other types
 */
export function funcType(options: BoundaryOptions, key: string | Node, type: FuncType, sides: ReadonlySet<Side>): Node {
  const wrap = sides.has('wrap') ? wrapMaker(options, type) : id('null')
  const identity = typeof key === 'string' ? text(key) : key
  const made = options.use(typeof key === 'string' ? 'func_type' : 'func_type_of')
  return call(made, [identity, wrap, ...(sides.has('host') ? [hostMaker(options, type)] : [])])
}
