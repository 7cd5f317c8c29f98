// What the instructions that need more than their type do: constants, variables, memory, tables, calls.

import { type Op, type OpName, ops } from '../0-wasm/ops/index.ts'
import type { FuncType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { READ, TRAP, WRITE } from '../3-ir/effects.ts'
import type { EntityRef, Expr } from '../3-ir/expr.ts'
import {
  call,
  callIndirect,
  f32,
  f64,
  globalGet,
  i32,
  i64,
  isAtom,
  nullRef,
  plain,
  refFunc,
  runtime,
} from '../3-ir/expressions.ts'
import { choose, chooseMasked, eqz, isTruth } from '../3-ir/fold.ts'
import type { RegType, Store } from '../3-ir/ir.ts'
import { evaluate, setGlobal, store } from '../3-ir/statements.ts'
import type { FunctionLowering } from './function.ts'
import { lowerLoad, lowerStore } from './memory.ts'
import type { Value } from './operands.ts'
import { registersOf } from './registers.ts'
import { join, loadWide, selectWide, storedWide, wordsOf } from './wide64.ts'

type Rule = (l: FunctionLowering, ins: Instruction) => void

const constant =
  (value: (ins: Instruction) => Value): Rule =>
  (l, ins) =>
    l.stack.push(value(ins))

// JavaScript takes the view before it evaluates the address, so a call in the address, which may grow the memory, comes
// first: D.getInt32(f()) would read the old buffer.
const loadRule: Rule = (l, ins) => {
  const { stack } = l
  stack.settle(1)
  const addr = stack.popOne()
  const { name } = ins.op
  const isWide = l.isWide && name.startsWith('i64')
  if (isWide) stack.push([loadWide(name, ins.memory, addr, ins.memOffset)])
  else stack.push(lowerLoad(stack, name, ins.memory, addr, ins.memOffset))
}

const storeRule: Rule = (l, ins) => {
  const { stack } = l
  stack.settle(2)
  const value = stack.pop()
  const addr = stack.popOne()
  for (const stmt of storesOf(l, ins, addr, value)) {
    stack.before(stmt.addr.effects | stmt.value.effects | WRITE)
    l.emit(stmt)
  }
}

function storesOf({ stack, isWide }: FunctionLowering, ins: Instruction, addr: Expr, value: Value): Store[] {
  const { memory, memOffset, offset: at } = ins
  if (!isWide || value[0]!.type !== 'i64') return lowerStore(stack, ins.op.name, memory, addr, memOffset, value, at)
  const stored = storedWide(ins.op.name, value[0]!)
  return [store(stored.op, memory, addr, memOffset, stored.value, at)]
}

function selectRule({ stack }: FunctionLowering): void {
  stack.settle(3)
  const cond = stack.popOne()
  const [then, otherwise] = stack.popMany(2).map((value) => value.map((e) => (e.effects === 0 ? e : stack.name(e))))
  if (then![0]!.type === 'i64') return stack.push([selectWide(stack, cond, then![0]!, otherwise![0]!)])
  const once = then!.length === 1 ? cond : stack.atom(cond)
  const pick = isTruth(cond) ? chooseMasked : choose
  stack.push(then!.map((e, i) => pick(once, e, otherwise![i]!)))
}

function setLocal(l: FunctionLowering, ins: Instruction): void {
  const regs = l.locals[ins.index]!
  const value = l.stack.pop()
  l.setLocals.add(ins.index)
  for (const reg of regs) l.stack.beforeSet(reg)
  l.stack.before(value.reduce((effects, e) => effects | e.effects, 0))
  l.assign(regs, value)
}

function globalSet(l: FunctionLowering, ins: Instruction): void {
  const popped = l.stack.pop()
  const value = popped[0]!.type === 'i64' ? wordsOf(l.stack, popped[0]!) : popped
  const safe = value.length === 1 ? value : value.map((e) => (isAtom(e) ? e : l.stack.name(e)))
  l.stack.before(WRITE)
  safe.forEach((e, part) => l.emit(setGlobal(ins.index, part, e, ins.offset)))
}

const entity = (kind: EntityRef['kind'], index: number): EntityRef => ({ kind, index })

const RULES: Partial<Record<OpName, Rule>> = {
  'nop': () => {},
  'i32.const': constant((ins) => [i32(ins.lo)]),
  'i64.const': (l, ins) => l.stack.push(l.isWide ? [i64(ins.lo, ins.hi)] : [i32(ins.lo), i32(ins.hi)]),
  'f32.const': constant((ins) => [f32(ins.lo)]),
  'f64.const': constant((ins) => [f64(ins.lo, ins.hi)]),
  'i32.eqz': ({ stack }) => stack.push([eqz(stack.popOne())]),

  'drop': (l) => {
    for (const e of l.stack.pop()) {
      if ((e.effects & (TRAP | WRITE)) === 0) continue
      l.stack.before(e.effects)
      l.emit(evaluate(e, l.at))
    }
  },
  'select': selectRule,
  'select t': selectRule,
  'local.get': (l, ins) => l.stack.push(l.reads[ins.index]!),
  'local.set': setLocal,
  'local.tee': (l, ins) => {
    setLocal(l, ins)
    l.stack.push(l.reads[ins.index]!)
  },
  'global.get': (l, ins) => {
    const { type, mutable } = l.module.globals[ins.index]!.type
    const registers = registersOf(type).map((regType, part) => globalGet(ins.index, part, regType, mutable))
    l.stack.push(l.isWide && type === 'i64' ? [join(registers)] : registers)
  },
  'global.set': globalSet,

  'call': (l, ins) => {
    const type = l.funcType(l.module.funcs[ins.index]!.type)
    if (l.inliner.inlines(ins.index, type)) return
    const args = l.callOperands(type)
    l.pushCall(call(ins.index, args, firstRegister(type)), type.results)
  },
  'call_indirect': (l, ins) => {
    const type = l.funcType(ins.index)
    const { index, args } = l.indirectOperands(type)
    l.pushCall(callIndirect(ins.index2, ins.index, index, args, firstRegister(type)), type.results)
  },

  'memory.size': ({ stack }, ins) => stack.push([runtime('memory_size', [entity('memory', ins.index)], [], READ)]),
  'memory.grow': ({ stack }, ins) =>
    stack.push([runtime('memory_grow', [entity('memory', ins.index)], [stack.popOne()], READ | WRITE)]),
  'memory.fill': (l, ins) => l.effect('memory_fill', [entity('memory', ins.index)], 3),
  'memory.copy': (l, ins) => l.effect('memory_copy', [entity('memory', ins.index), entity('memory', ins.index2)], 3),
  'memory.init': (l, ins) => l.effect('memory_init', [entity('memory', ins.index2), entity('data', ins.index)], 3),
  'data.drop': (l, ins) => l.effect('data_drop', [entity('data', ins.index)], 0),

  'table.get': ({ stack }, ins) =>
    stack.push([runtime('table_get', [entity('table', ins.index)], [stack.popOne()], READ | TRAP, 'ref')]),
  'table.set': (l, ins) => l.effect('table_set', [entity('table', ins.index)], 2),
  'table.size': ({ stack }, ins) => stack.push([runtime('table_size', [entity('table', ins.index)], [], READ)]),
  'table.grow': ({ stack }, ins) =>
    stack.push([runtime('table_grow', [entity('table', ins.index)], stack.popMany(2).flat(), READ | WRITE)]),
  'table.fill': (l, ins) => l.effect('table_fill', [entity('table', ins.index)], 3),
  'table.copy': (l, ins) => l.effect('table_copy', [entity('table', ins.index), entity('table', ins.index2)], 3),
  'table.init': (l, ins) => l.effect('table_init', [entity('table', ins.index2), entity('elem', ins.index)], 3),
  'elem.drop': (l, ins) => l.effect('elem_drop', [entity('elem', ins.index)], 0),

  'ref.null': constant(() => [nullRef]),
  'ref.func': constant((ins) => [refFunc(ins.index)]),
  'ref.is_null': ({ stack }) => stack.push([plain('ref.is_null', [stack.popOne()])]),
}

/** Instructions with a memarg are loads and stores. */
const accessRule = ({ immediates, effect }: Op): Rule | undefined =>
  immediates[0] !== 'memarg' ? undefined : effect === 'read' ? loadRule : storeRule

/** The rules by `Op.id`. */
export const RULE_OF: readonly (Rule | undefined)[] = ops.map((op) => RULES[op.name] ?? accessRule(op))

const firstRegister = (type: FuncType): RegType =>
  type.results.length === 0 ? 'i32' : registersOf(type.results[0]!)[0]!
