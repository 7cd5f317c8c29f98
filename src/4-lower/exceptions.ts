// Exceptions. The clauses of a `try_table` become tests in a handler, which branches to where they lead; the catches of a
// legacy `try` become tests with their code inside. A `throw` whose clause is around it, in the same function, is a branch.
//
//   try_table (catch $e $l) A end        try { A } catch { t = caught(); if (exn_is(tag0, t)) { x = t.payload 0; br $l }
//                                                          throw exn_again(t) }

import type { ValType } from '../0-wasm/types.ts'
import type { Catch, Instruction } from '../1-decode/instruction.ts'
import type { Expr, RegRead } from '../3-ir/expr.ts'
import { i32, operation, regRead, runtime } from '../3-ir/expressions.ts'
import type { List, Reg } from '../3-ir/ir.ts'
import { isTuple, registerType } from '../3-ir/registers.ts'
import { attempt, block, branch, choice, setReg, throwOn } from '../3-ir/statements.ts'
import { i64OfWords } from '../3-ir/words-of-i64.ts'
import { branchWithEach, branchWithTuple } from './branches.ts'
import type { FunctionBuilder } from './builder.ts'
import { afterDelegates, again } from './delegates.ts'
import { fallOut, push } from './ends.ts'
import { type CaughtBy, type Frame, guardIn } from './frames.ts'

/** The types of what exceptions with the tag carry. */
const payloadTypes = (b: FunctionBuilder, tag: number): readonly ValType[] =>
  b.funcType(b.module.tags[tag]!.type).params

/** What an exception carries, if that is a tuple. */
const tupleOf = (exception: Reg): Expr => runtime('exn_tuple', [], [regRead(exception)])

/** What an exception carries. */
function payloadOf(b: FunctionBuilder, exception: Reg, tag: number): Expr[] {
  let next = 0
  const register = (type: 'i32' | 'f32' | 'f64' | 'ref'): Expr =>
    operation(`${type}.payload`, [regRead(exception), i32(next++)])
  return payloadTypes(b, tag)
    .map(registerType)
    .map((type) => {
      if (type === 'i64') return i64OfWords(register('i32'), register('i32'))
      if (type === 'v128')
        return operation('v128.join', [register('i32'), register('i32'), register('i32'), register('i32')])
      if (type === 'i64cell') throw new Error('no value of Wasm has that type')
      return register(type)
    })
}

const isOf = (tag: number, exception: Reg): Expr =>
  runtime('exn_is', [{ kind: 'tag', index: tag }], [regRead(exception)])

const made = (tag: number, values: readonly Expr[]): Expr => runtime('exn_new', [{ kind: 'tag', index: tag }], values)

const madeOfTuple = (tag: number, values: Expr): Expr =>
  runtime('exn_of_tuple', [{ kind: 'tag', index: tag }], [values])

export function lowerTry(b: FunctionBuilder, { op, blockType, catches }: Instruction): void {
  b.stack.forceAll()
  const isTable = op.name === 'try_table'
  b.open(isTable ? 'try_table' : 'try', blockType, { clauses: isTable ? catches : [] })
  b.tries++
}

/** Ends what handlers catch exceptions of. */
function endBody(b: FunctionBuilder, frame: Frame): void {
  const falls = fallOut(b, frame)
  b.tries--
  frame.isGuarded = false
  frame.fallsThrough = falls
  frame.guarded = afterDelegates(frame, frame.body, falls, b.at)
  frame.body = []
}

export function endTryTable(b: FunctionBuilder, frame: Frame): void {
  endBody(b, frame)
  b.stack.cut(frame.height)
  b.close()
  const handler = frame.clauses.length === 0 ? undefined : clausesOf(b, frame)
  endTry(b, frame, handler)
}

/** Labels of clauses are counted from outside of the frame, which is closed. */
function clausesOf(b: FunctionBuilder, { clauses, at: position }: Frame): List {
  const { at } = b
  b.at = position
  const handler = b.inside(() => {
    const exception = take(b)
    for (const clause of clauses) {
      if (clause.tag === undefined) {
        caughtBy(b, clause, exception)
        return
      }
      const body = b.inside(() => caughtBy(b, clause, exception))
      b.emit(choice(isOf(clause.tag, exception), undefined, body, [], b.at))
    }
    b.emit(throwOn(again(exception), b.at))
  })
  b.at = at
  return handler
}

function take(b: FunctionBuilder, exception = b.temp('ref')): Reg {
  b.emit(setReg(exception, runtime('caught', [], []), b.at))
  return exception
}

function caughtBy(b: FunctionBuilder, { tag, isRef, label }: Catch, exception: Reg): void {
  const ref = isRef ? [regRead(exception)] : []
  if (tag !== undefined && isTuple(payloadTypes(b, tag)))
    return branchWithTuple(b, b.target(label), tupleOf(exception), ref)
  const payload = tag === undefined ? [] : payloadOf(b, exception, tag)
  branchWithEach(b, b.target(label), [...payload, ...ref])
}

/** @param handler undefined: there is none */
function endTry(b: FunctionBuilder, frame: Frame, handler: List | undefined): void {
  const { guarded, branches, label, at } = frame
  if (handler === undefined && branches === 0) for (const stmt of guarded) b.emit(stmt)
  else {
    const body = handler === undefined ? guarded : [attempt(guarded, handler, at)]
    push(b, branches > 0 ? block(label, body, at) : (body[0] as ReturnType<typeof attempt>))
  }
  b.stack.pushRegisters(b.resultsOf(frame), frame.type.results)
  b.reachable = frame.fallsThrough || branches > 0
}

/** A `catch` or `catch_all`: begins a handler of a legacy `try`. */
export function lowerCatch(b: FunctionBuilder, { op, index }: Instruction): void {
  const { frame, stack } = b
  endClause(b, frame)
  frame.exception ??= b.temp('ref')
  frame.clauses = [{ tag: op.name === 'catch' ? index : undefined, isRef: false, label: 0 }]
  stack.cut(frame.height)
  b.reachable = true
  // An exception may come from anywhere in the body.
  b.notNull.clear()
  if (op.name === 'catch') pushPayload(b, frame.exception, index)
}

function pushPayload(b: FunctionBuilder, exception: Reg, tag: number): void {
  const types = payloadTypes(b, tag)
  if (!isTuple(types)) for (const value of payloadOf(b, exception, tag)) b.stack.push(value)
  else b.stack.pushTuple((b.stack.name(tupleOf(exception)) as RegRead).reg, types)
}

/** Ends the body of a legacy `try`, or one of its handlers. */
function endClause(b: FunctionBuilder, frame: Frame): void {
  if (frame.isGuarded) return endBody(b, frame)
  const { tag } = frame.clauses[0]!
  if (fallOut(b, frame)) {
    b.jump(frame)
  }
  const body = frame.body
  frame.body = []
  if (tag === undefined) for (const stmt of body) frame.handler.push(stmt)
  else frame.handler.push(choice(isOf(tag, frame.exception!), undefined, body, [], frame.at))
}

export function endLegacyTry(b: FunctionBuilder, frame: Frame): void {
  endClause(b, frame)
  b.stack.cut(frame.height)
  b.close()
  const { exception, handler, clauses, at } = frame
  if (exception === undefined) return endTry(b, frame, undefined)
  const rest = clauses[0]!.tag === undefined ? [] : [throwOn(again(exception), at)]
  endTry(b, frame, [setReg(exception, runtime('caught', [], []), at), ...handler, ...rest])
}

/**
 * Ends a legacy `try` that has no handlers: what its body throws is as if it were thrown in the block that is named, or in
 * the innermost `try` around that. Where no other handler is around the body, that is so anyhow.
 */
export function lowerDelegate(b: FunctionBuilder, { index }: Instruction): void {
  const { frame } = b
  endBody(b, frame)
  b.stack.cut(frame.height)
  b.close()
  const { target, isNext } = delegateOf(b, index)
  if (isNext) return endTry(b, frame, undefined)
  target.delegated ??= { label: b.fresh.label(), exception: b.temp('ref') }
  const { label, exception } = target.delegated
  const handler = b.inside(() => {
    take(b, exception)
    b.emit(branch(label, b.at))
  })
  endTry(b, frame, handler)
}

/** @returns whose handlers catch what is thrown in a frame, and whether no other handlers are between that and here */
function delegateOf(b: FunctionBuilder, index: number): { target: Frame; isNext: boolean } {
  const target = guardIn(b.target(index)) ?? b.outermost
  return { target, isNext: target === (guardIn(b.frame) ?? b.outermost) }
}

export function lowerThrow(b: FunctionBuilder, { index }: Instruction): void {
  const { stack } = b
  const types = payloadTypes(b, index)
  const count = types.length
  const clause = clauseFor(b, index)
  if (clause === undefined) {
    // Only an imported tag may be that of what JavaScript throws.
    const exception = isTuple(types) ? madeOfTuple(index, stack.popTuple(count)) : made(index, stack.pop(count))
    const isOwn = b.module.tags[index]!.import === undefined
    stack.emitAfter(throwOn(isOwn ? exception : runtime('exn_again', [], [exception]), b.at))
  } else if (clause.tag !== undefined && isTuple(types)) {
    const values = stack.atom(stack.popTuple(count))
    stack.beforeBranch()
    branchWithTuple(b, clause.target, values, clause.isRef ? [stack.name(madeOfTuple(index, values))] : [])
  } else {
    const values = stack.take(count).map((e) => stack.atom(e))
    stack.beforeBranch()
    const payload = clause.tag === undefined ? [] : values
    branchWithEach(b, clause.target, clause.isRef ? [...payload, stack.name(made(index, values))] : payload)
  }
  b.reachable = false
}

/** The clause around that catches a tag, if it is known which one does. Frames of `try_table` remember it: many may be around. */
function clauseFor(b: FunctionBuilder, tag: number): CaughtBy | undefined {
  const frame = guardIn(b.frame)
  if (frame?.kind !== 'try_table') return undefined
  frame.caught ??= new Map()
  if (!frame.caught.has(tag)) frame.caught.set(tag, searchClause(b, tag, frame))
  return frame.caught.get(tag)
}

/** @returns undefined, too, where it is not known whether two imported tags are one */
function searchClause(b: FunctionBuilder, tag: number, from: Frame): CaughtBy | undefined {
  const isImported = (index: number): boolean => b.module.tags[index]!.import !== undefined
  for (let frame: Frame | undefined = from; frame?.kind === 'try_table'; frame = frame.guard) {
    for (const clause of frame.clauses) {
      if (clause.tag === undefined || clause.tag === tag)
        return { ...clause, target: b.targetOutside(frame, clause.label) }
      if (isImported(clause.tag) && isImported(tag)) return undefined
    }
  }
  return undefined
}

export function lowerThrowRef(b: FunctionBuilder): void {
  b.stack.emitAfter(throwOn(runtime('exn_again', [], [b.stack.popOne()]), b.at))
  b.reachable = false
}

export function lowerRethrow(b: FunctionBuilder, { index }: Instruction): void {
  b.stack.emitAfter(throwOn(again(b.target(index).exception!), b.at))
  b.reachable = false
}
