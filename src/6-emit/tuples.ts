// What takes the values of a tuple one by one (runtime/tuples.ts).
//
//   (call $g)   ;; 1000 results      t = g()
//   (call $f)   ;; 10 arguments      tuple_call(f, t.slice(990, 1000))

import { type FuncType, isRef, type PackedType, type ValType } from '../0-wasm/types.ts'
import type { Call, CallIndirect } from '../3-ir/expr.ts'
import { takesTuple } from '../3-ir/registers.ts'
import { type Node, text } from './build.ts'
import type { FunctionContext } from './context.ts'
import { rowOf } from './values.ts'

/** What the runtime calls what values are held as; `r` is a reference. */
export function letterOf(type: ValType | PackedType): string {
  if (type === 'i8') return 'b'
  if (type === 'i16') return 's'
  return isRef(type) ? 'r' : rowOf(type).letter!
}

/** The argument that says how values of these types are in a tuple; none if its elements are their registers. */
export function typesInTuple(types: readonly (ValType | PackedType)[]): Node[] {
  const letters = types.map(letterOf).join('')
  return /[bsfd]/.test(letters) ? [text(letters)] : []
}

/** Whether the one argument of a call is a tuple of all that the function takes one by one. */
export function hasTupleOfAll(c: FunctionContext, e: Call | CallIndirect): boolean {
  if (e.callArgs.length !== 1 || e.callArgs[0]!.type !== 'ref') return false
  if (e.kind === 'call' && e.version.kind !== 'main') return false
  const type = typeOf(c, e)
  return type.params.length > 1 && !takesTuple(type)
}

export const tupleCall = (c: FunctionContext, e: Call | CallIndirect, callee: Node, tuple: Node): Node =>
  c.callRuntime('tuple_call', [callee, tuple, ...typesInTuple(typeOf(c, e).params)])

function typeOf({ module: { module } }: FunctionContext, e: Call | CallIndirect): FuncType {
  const index = e.kind === 'call' ? module.funcs[e.func]!.type : e.typeIndex
  return module.types[index]!.composite as FuncType
}
