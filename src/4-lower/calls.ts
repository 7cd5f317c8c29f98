// Calls: their operands, and where their results go.

import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { BUILTIN_CALLS } from '../3-ir/builtin-calls.ts'
import type { Call, CallIndirect, Expr, RegRead } from '../3-ir/expr.ts'
import { call, callIndirect, runtime } from '../3-ir/expressions.ts'
import type { RegType } from '../3-ir/ir.ts'
import { givesTuple, registerType, takesTuple } from '../3-ir/registers.ts'
import { evaluate } from '../3-ir/statements.ts'
import { narrow } from './addresses.ts'
import type { FunctionBuilder } from './builder.ts'
import { notNull } from './checks.ts'

/** What operands may be handed over as: `one by one` they are a tuple only where the function takes one. */
type As = 'one by one' | 'tuple'

/** @param as `tuple` if many of them, on top of which are `above` more values, may be handed over as one anyhow */
const areTuple = ({ stack }: FunctionBuilder, type: FuncType, as: As, above: number): boolean =>
  takesTuple(type) || (as === 'tuple' && stack.hasTuples(type.params.length + above))

export const callOperands = (b: FunctionBuilder, type: FuncType, as: As = 'one by one'): Expr[] =>
  areTuple(b, type, as, 0) ? [b.stack.popTuple(type.params.length)] : b.stack.pop(type.params.length)

/** Index and operands of an indirect call: the index is checked first, so operands with effects are evaluated before. */
export function indirectOperands(b: FunctionBuilder, type: FuncType, as?: As): { index: Expr; args: Expr[] } {
  const { stack } = b
  const { index: given, operands } = takeIndexed(b, type, as)
  const index = narrow(given)
  const args = operands.map((e) => (e.effects === 0 ? e : stack.name(e)))
  return { index: stack.atom(index), args }
}

function takeIndexed(b: FunctionBuilder, type: FuncType, as: As = 'one by one'): { index: Expr; operands: Expr[] } {
  const { stack } = b
  if (areTuple(b, type, as, 1)) return { index: stack.popOne(), operands: [stack.popTuple(type.params.length)] }
  const operands = stack.take(type.params.length + 1)
  const index = operands.pop()!
  return { index, operands }
}

export function lowerCall(b: FunctionBuilder, ins: Instruction): void {
  const { type: typeIndex, builtin } = b.module.funcs[ins.index]!
  const type = b.funcType(typeIndex)
  if (builtin !== undefined) b.stack.push(runtime(BUILTIN_CALLS[builtin], [], callOperands(b, type)))
  else pushCall(b, call(ins.index, callOperands(b, type, 'tuple'), firstType(type)), type.results)
}

/** The call of a reference, which traps before it if that is null; operands with effects are evaluated before that. */
export function refCall(b: FunctionBuilder, ins: Instruction, as?: As): CallIndirect {
  const type = b.funcType(ins.index)
  const { index: ref, operands } = takeIndexed(b, type, as)
  const args = operands.map((e) => (e.effects === 0 ? e : b.stack.name(e)))
  return callIndirect(undefined, ins.index, notNull(b, ref, ins.operand), args, firstType(type))
}

export const lowerCallRef = (b: FunctionBuilder, ins: Instruction): void =>
  pushCall(b, refCall(b, ins, 'tuple'), b.funcType(ins.index).results)

export function lowerCallIndirect(b: FunctionBuilder, ins: Instruction): void {
  const type = b.funcType(ins.index)
  const { index, args } = indirectOperands(b, type, 'tuple')
  pushCall(b, callIndirect(ins.index2, ins.index, index, args, firstType(type)), type.results)
}

/** Pushes a call's results, having put the call where its effects belong. */
function pushCall(b: FunctionBuilder, node: Call | CallIndirect, types: readonly ValType[]): void {
  const { stack } = b
  if (types.length === 0) stack.emitAfter(evaluate(node, b.at))
  else if (types.length === 1) stack.push(node)
  else if (givesTuple(types)) stack.pushTuple((stack.nameResults(node, ['ref'])[0] as RegRead).reg, types)
  else for (const result of stack.nameResults(node, types.map(registerType))) stack.push(result)
}

/** The type of a call: that of its first result. */
export function firstType({ results }: FuncType): RegType {
  if (results.length === 0) return 'i32'
  return givesTuple(results) ? 'ref' : registerType(results[0]!)
}
