// Branches: what leaves a frame, and the values it takes along.

import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Expr } from '../3-ir/expr.ts'
import { NONE } from '../3-ir/expr-nodes.ts'
import { call, callIndirect, operation, tuple } from '../3-ir/expressions.ts'
import type { Stmt } from '../3-ir/ir.ts'
import { givesTuple, isTuple, takesTuple } from '../3-ir/registers.ts'
import { branch, choice, switchOn, tailCall, trap } from '../3-ir/statements.ts'
import { effectsOfAll } from '../3-ir/walk.ts'
import type { FunctionBuilder } from './builder.ts'
import { callOperands, firstType, indirectOperands, lowerCall, refCall } from './calls.ts'
import { knowNotNull } from './checks.ts'
import type { Frame } from './frames.ts'
import { tupleOfValues } from './tuples.ts'

/** Returns what is on the stack. */
export function returnResults(b: FunctionBuilder): void {
  const { stack } = b
  const { results } = b.outermost.type
  // The emitter fills the cells before it evaluates the first result: what has effects keeps its order by itself.
  const values = givesTuple(results)
    ? [stack.popTuple(results.length)]
    : results.length > 1
      ? stack.take(results.length).map((e) => (e.effects === 0 ? e : stack.name(e)))
      : stack.pop(results.length)
  stack.before(effectsOfAll(values))
  stack.beforeBranch()
  b.return(values)
  b.reachable = false
}

export function lowerBr(b: FunctionBuilder, ins: Instruction): void {
  const frame = b.target(ins.index)
  if (frame.kind === 'func') return returnResults(b)
  const { stack } = b
  const regs = b.targetRegs(frame)
  const values = regs.length > 1 ? stack.take(regs.length) : stack.popValues(carried(frame))
  stack.beforeBranch()
  stack.before(effectsOfAll(values))
  b.assign(regs, values)
  b.jump(frame)
  b.reachable = false
}

/** Branches with the values of a tuple, then others, which are together many. */
export function branchWithTuple(b: FunctionBuilder, frame: Frame, values: Expr, others: readonly Expr[]): void {
  branchTo(b, frame, [others.length === 0 ? values : operation('tuple.concat', [values, joined(b, others)])])
}

/** Branches with values, one by one, that are not in registers that it sets. */
export function branchWithEach(b: FunctionBuilder, frame: Frame, values: readonly Expr[]): void {
  branchTo(b, frame, isTuple(carried(frame)) ? [joined(b, values)] : values)
}

const joined = (b: FunctionBuilder, values: readonly Expr[]): Expr => tupleOfValues(values, (e) => b.stack.atom(e))

/** The same with values as blocks hand them over: a function may give a tuple where a block has registers. */
function branchTo(b: FunctionBuilder, frame: Frame, values: readonly Expr[]): void {
  const { results } = frame.type
  if (frame.kind === 'func') return b.return(givesTuple(results) && !isTuple(results) ? [joined(b, values)] : values)
  b.assign(b.targetRegs(frame), values)
  b.jump(frame)
}

export function lowerBrIf(b: FunctionBuilder, ins: Instruction): void {
  const frame = b.target(ins.index)
  const types = carried(frame)
  const { decision, values } = popDecision(b, types)
  b.emit(choice(decision, undefined, branchWith(b, frame, values), NONE, b.at))
  knowNotNull(b, decision)
  if (!isTuple(types)) for (const value of values) b.stack.push(value)
}

export function lowerBrTable(b: FunctionBuilder, { labels }: Instruction): void {
  const last = labels.length - 1
  const { decision: index, values } = popDecision(b, carried(b.target(labels[last]!)))
  const cases = [...indicesByFrame(b, labels)].map(([frame, indices]) => ({
    indices,
    body: branchWith(b, frame, values),
  }))
  if (cases.length === 1 && index.effects === 0) for (const stmt of cases[0]!.body) b.emit(stmt)
  else b.emit(switchOn(index, cases, b.at))
  b.reachable = false
}

/** The indices that lead to each frame; the default's frame is the last one. */
function indicesByFrame(b: FunctionBuilder, labels: readonly number[]): Map<Frame, number[]> {
  const indices = new Map<Frame, number[]>()
  const last = labels.length - 1
  for (let i = 0; i < last; i++) {
    const frame = b.target(labels[i]!)
    const known = indices.get(frame)
    if (known === undefined) indices.set(frame, [i])
    else known.push(i)
  }
  const fallback = b.target(labels[last]!)
  const known = indices.get(fallback) ?? []
  indices.delete(fallback)
  return indices.set(fallback, known)
}

export function lowerUnreachable(b: FunctionBuilder): void {
  b.stack.beforeBranch()
  b.emit(trap('unreachable', b.at))
  b.reachable = false
}

export function lowerReturnCall(b: FunctionBuilder, ins: Instruction): void {
  const type = b.funcType(b.module.funcs[ins.index]!.type)
  if (ins.index === b.index) return startAgain(b, type)
  leaveBy(b, call(ins.index, callOperands(b, type), firstType(type)))
}

export function lowerReturnCallIndirect(b: FunctionBuilder, ins: Instruction): void {
  const type = b.funcType(ins.index)
  const { index, args } = indirectOperands(b, type)
  leaveBy(b, callIndirect(ins.index2, ins.index, index, args, firstType(type)))
}

export const lowerReturnCallRef = (b: FunctionBuilder, ins: Instruction): void => leaveBy(b, refCall(b, ins))

/** A function that tail-calls itself is a loop; other locals than parameters are zero at its start (`FunctionBuilder.finish`). */
function startAgain(b: FunctionBuilder, type: FuncType): void {
  const { stack } = b
  const { params } = b.locals.all
  const values = takesTuple(type)
    ? [stack.popTuple(type.params.length)]
    : params.length > 1
      ? stack.take(params.length)
      : stack.pop(params.length)
  stack.beforeBranch()
  stack.before(effectsOfAll(values))
  b.assign(params, values)
  b.emit(branch(b.start, b.at))
  b.reachable = false
}

/** A tail call as a call, which is followed by a return. */
export function lowerPlainTail(b: FunctionBuilder, ins: Instruction): void {
  lowerCall(b, ins)
  returnResults(b)
}

function leaveBy(b: FunctionBuilder, node: Parameters<typeof tailCall>[0]): void {
  b.hasTailCalls = true
  b.stack.emitAfter(tailCall(node, b.at))
  b.reachable = false
}

/** What becomes of the reference on top of the stack where a branch is decided by it. */
interface RefBranch {
  /** Whether the branch is taken. */
  readonly decision: (ref: Expr) => Expr
  /** Whether the reference is the last value that the branch carries. */
  readonly carries: boolean
  /** Whether it stays on the stack if the branch is not taken. */
  readonly stays: boolean
}

/** A branch that a reference decides. */
export const branchOnRef =
  (branchOf: (ins: Instruction) => RefBranch) =>
  (b: FunctionBuilder, ins: Instruction): void => {
    const { decision, carries, stays } = branchOf(ins)
    const { stack } = b
    const frame = b.target(ins.index)
    if (isTuple(carried(frame))) return branchOnRefWithTuple(b, frame, branchOf(ins))
    const atoms = stack.take(carried(frame).length + (carries ? 0 : 1)).map((e) => stack.atom(e))
    const ref = atoms[atoms.length - 1]!
    const values = atoms.slice(0, -1)
    stack.beforeBranch()
    const branch = b.inside(() => branchWithEach(b, frame, carries ? atoms : values))
    const taken = decision(ref)
    b.emit(choice(taken, undefined, branch, [], b.at))
    knowNotNull(b, taken)
    for (const value of stays ? atoms : values) stack.push(value)
  }

function branchOnRefWithTuple(b: FunctionBuilder, frame: Frame, { decision, carries, stays }: RefBranch): void {
  const { stack } = b
  const types = carried(frame)
  const operand = stack.popOne()
  const below = stack.peekTuple(types, types.length - Number(carries))
  const ref = stack.atom(operand)
  stack.beforeBranch()
  const taken = decision(ref)
  const values = carries ? operation('tuple.concat', [below, tuple([ref])]) : below
  b.emit(choice(taken, undefined, branchWith(b, frame, [values]), [], b.at))
  knowNotNull(b, taken)
  if (stays) stack.push(ref)
}

/** Statements that branch to the frame with values that stay on the stack too. */
const branchWith = (b: FunctionBuilder, frame: Frame, values: readonly Expr[]): Stmt[] =>
  values.length === 0 && frame.kind !== 'func' ? [b.branchTo(frame)] : b.inside(() => branchTo(b, frame, values))

/** What a branch to the frame takes along. */
const carried = ({ kind, type }: Frame): readonly ValType[] => (kind === 'loop' ? type.params : type.results)

/** Pops the operand that decides a branch and values of these types below it, which are safe to use twice; a tuple stays. */
function popDecision(b: FunctionBuilder, types: readonly ValType[]): { decision: Expr; values: readonly Expr[] } {
  const { stack } = b
  if (isTuple(types)) return popDecisionOnTuple(b, types)
  if (types.length === 0) return { decision: decided(stack, stack.popOne()), values: NONE }
  const popped = stack.take(types.length + 1)
  const operand = popped.pop()!
  const values = popped.map((e) => stack.atom(e))
  return { decision: decided(stack, operand.effects === 0 ? operand : stack.name(operand)), values }
}

/** The operand that decides, after all that must come before the branch. */
function decided(stack: FunctionBuilder['stack'], decision: Expr): Expr {
  stack.before(decision.effects)
  stack.beforeBranch()
  return decision
}

function popDecisionOnTuple(
  { stack }: FunctionBuilder,
  types: readonly ValType[],
): { decision: Expr; values: readonly Expr[] } {
  const operand = stack.popOne()
  const values = [stack.peekTuple(types)]
  const decision = operand.effects === 0 ? operand : stack.name(operand)
  stack.beforeBranch()
  return { decision, values }
}
