// Function types at the boundary to JavaScript. For each type two makers of functions: `wrap` turns a raw function into
// the body of an Exported Function, `host` a JavaScript function into a raw one (JS API, "ToWebAssemblyValue"). A module has
// the first of types whose functions can leave it, the second of those that it imports.
//
//   [i32 i64] -> [f64]
//   T0 = func_type("iI>d",
//     function (f) { return function (a, b) { var c = a | 0, d = i64_in(b), e = ri[0]; try { return f(c, d, e) } catch (x) { throw trapped(x) } } },
//     function (f) { return function (a, b, c) { try { return +f(a, i64_out(b, c)) } catch (x) { throw foreign(x) } } })

import type * as es from 'estree'
import { type FuncType, isRef, type ValType } from '../0-wasm/types.ts'
import { wordsOfType } from '../3-ir/registers.ts'
import type { RuntimeName } from '../3-ir/runtime-names.ts'
import {
  assign,
  at,
  attempt,
  bin,
  call,
  func,
  id,
  list,
  type Node,
  num,
  raise,
  ret,
  stmt,
  text,
  unary,
  vars,
} from './build.ts'
import { CELLS } from './results.ts'

/** What a module does with functions of a type: gives them to JavaScript, takes them from there, or neither. */
export type Side = 'wrap' | 'host' | 'known'

export type Use = (name: RuntimeName) => Node

/** Registers of a JavaScript value converted to a Wasm type. Later ones are read from the cells that the first one set. */
function toWasm(use: Use, type: ValType, x: Node): Node[] {
  if (isRef(type)) return [type.heap === 'func' ? call(use('ref_in_F'), [x]) : x]
  switch (type) {
    case 'i32':
      return [bin('|', x, num(0))]
    case 'i64':
      return [call(use('i64_in'), [x]), at(use('ri'), num(0))]
    case 'f32':
      return [call(use('fround'), [x])]
    default:
      return [unary('+', x)]
  }
}

/** The JavaScript value of a Wasm value in registers. */
function toJs(use: Use, type: ValType, registers: readonly Node[]): Node {
  if (isRef(type)) return type.heap === 'func' ? call(use('ref_out_F'), registers) : registers[0]!
  return type === 'i64' ? call(use('i64_out'), registers) : registers[0]!
}

/** `name0`, `name1`, ... for the registers of each type. */
function registerNames(types: readonly ValType[]): string[][] {
  let next = 0
  return types.map((type) => wordsOfType(type).map(() => `a${next++}`))
}

/** The registers of a call's results: the call itself, then cells. */
function resultRegisters(use: Use, types: readonly ValType[], first: Node): Node[][] {
  let index = 0
  return types.map((type) =>
    wordsOfType(type).map((regType) => {
      const cell = index++ - 1
      return cell < 0 ? first : at(use(CELLS[regType]), num(cell))
    }),
  )
}

/** The function that makes the body of an Exported Function from the raw function `f`. */
function wrapMaker(use: Use, { params, results }: FuncType): Node {
  const names = params.map((_, i) => `p${i}`)
  const registers = registerNames(params)
  const converted = params.flatMap((type, i) =>
    toWasm(use, type, id(names[i]!)).map((node, part): [string, Node] => [registers[i]![part]!, node]),
  )
  const invoke = call(id('f'), registers.flat().map(id))
  const body: es.Statement[] = []
  if (converted.length > 0) body.push(vars(converted))
  body.push(attempt(returnResults(use, results, invoke), 'e', [raise(call(use('trapped'), [id('e')]))]))
  return func(['f'], [ret(func(names, body))])
}

function returnResults(use: Use, results: readonly ValType[], invoke: Node): es.Statement[] {
  if (results.length === 0) return [stmt(invoke)]
  if (results.length === 1) return [ret(toJs(use, results[0]!, resultRegisters(use, results, invoke)[0]!))]
  const registers = resultRegisters(use, results, id('r'))
  return [vars([['r', invoke]]), ret(list(results.map((type, i) => toJs(use, type, registers[i]!))))]
}

/** The function that makes a raw function from the JavaScript function `f`. Conversions of results call JavaScript too. */
function hostMaker(use: Use, { params, results }: FuncType): Node {
  const registers = registerNames(params)
  const args = params.map((type, i) => toJs(use, type, registers[i]!.map(id)))
  const body = returnToWasm(use, results, call(id('f'), args))
  const guarded = attempt(body, 'e', [raise(call(use('foreign'), [id('e')]))])
  return func(['f'], [ret(func(registers.flat(), [guarded]))])
}

function returnToWasm(use: Use, results: readonly ValType[], invoke: Node): es.Statement[] {
  if (results.length === 0) return [stmt(invoke)]
  // The cell of a high word is already where the caller looks for it.
  if (results.length === 1) return [ret(toWasm(use, results[0]!, invoke)[0]!)]
  const names = results.map((type, i) => wordsOfType(type).map((_, part) => `r${i}_${part}`))
  const converted = results.flatMap((type, i) =>
    toWasm(use, type, at(id('r'), num(i))).map((node, part): [string, Node] => [names[i]![part]!, node]),
  )
  const cells = resultRegisters(use, results, id(names[0]![0]!)).flat()
  const stores = names
    .flat()
    .slice(1)
    .map((name, i) => stmt(assign(cells[i + 1] as es.MemberExpression, id(name))))
  return [
    vars([['r', call(use('iterate'), [invoke, num(results.length)])], ...converted]),
    ...stores,
    ret(id(names[0]![0]!)),
  ]
}

/** The descriptor of a function type. */
export function funcType(use: Use, key: string, type: FuncType, sides: ReadonlySet<Side>): Node {
  const wrap = sides.has('wrap') ? wrapMaker(use, type) : id('null')
  return call(use('func_type'), [text(key), wrap, ...(sides.has('host') ? [hostMaker(use, type)] : [])])
}
