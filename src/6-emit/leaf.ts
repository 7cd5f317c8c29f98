// Statements that hold no others, as ESTree.

import type * as es from 'estree'
import type { Expr } from '../3-ir/expr.ts'
import type { Branch, Leaf, TailCall } from '../3-ir/ir.ts'
import { assign, bin, call as callNode, id, list, type Node, num, raise, ret, stmt as statement } from './build.ts'
import type { FunctionContext } from './context.ts'
import { globalRegister, number, passed, target, value } from './expression.ts'
import { setCell, setResults } from './results.ts'
import { store } from './store.ts'

/** Emits a statement that holds no others. @returns one statement without an array around it */
export function leaf(c: FunctionContext, stmt: Exclude<Leaf, Branch>): es.Statement | es.Statement[] {
  switch (stmt.kind) {
    case 'set':
      return statement(assign(c.place(stmt.reg), (c.needsNanBits(stmt.reg) ? value : number)(c, stmt.value)))
    case 'call':
      return setResults(c, stmt)
    case 'expr':
      return statement(passed(c, stmt.value))
    case 'store':
      return store(c, stmt)
    case 'global.set':
      return statement(assign(globalRegister(c, stmt.global, stmt.part), value(c, stmt.value)))
    case 'return':
      return giveBack(c, stmt.values)
    case 'trap':
      // The runtime function throws; a `throw` here tells engines that control does not come back.
      return raise(c.runtime(stmt.message))
    case 'throw':
      return raise(value(c, stmt.value))
    case 'tail':
      return tail(c, stmt)
    default:
      return stmt satisfies never
  }
}

function giveBack(c: FunctionContext, values: readonly Expr[]): es.Statement | es.Statement[] {
  if (values.length === 0) return ret(null)
  if (values.length === 1) return ret(passed(c, values[0]!))
  const [first, ...others] = values as [Expr, ...Expr[]]
  return [...others.map((e, i) => setCell(c, i + 1, e)), ret(passed(c, first))]
}

//   return_call $f    return tail_target(f)(a, b, n + 1)
//
// Where handlers are around, they must not see what is thrown there: the driver makes the call.
//
//   return_call $f    return tail_call(tail_target(f), [a, b, 0])
function tail(c: FunctionContext, { call }: TailCall): es.Statement {
  const callee = call.kind === 'call' ? c.func(call.func) : target(c, call)
  const args = call.callArgs.map((arg) => passed(c, arg))
  const body = c.runtime('tail_target', callee)
  if (c.tries > 0) return ret(c.runtime('tail_call', body, tailArguments(call, args)))
  return ret(callNode(body, [...args, bin('+', id(c.tailCount), num(1))]))
}

/** What the driver hands to a body. V8 quiets NaNs in arrays of nothing but numbers. */
function tailArguments({ callArgs }: TailCall['call'], args: readonly Node[]): Node {
  const isFloat = callArgs.some(({ type }) => type === 'f64' || type === 'f32')
  return list(isFloat ? [...args, num(0), id('null')] : [...args, num(0)])
}
