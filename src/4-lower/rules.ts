// LOWER: what each instruction becomes. Instructions of fixed type that only compute need no rule of their own: they are
// operations of the IR.

import { isShared } from '../0-wasm/module.ts'
import { type CompiledOp, isCompiled, type Op, type Operation, ops } from '../0-wasm/ops/index.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { READ_GLOBAL, READ_MEMORY, READ_TABLE } from '../3-ir/effects.ts'
import type { EntityRef, Expr, LoadOp, StoreOp } from '../3-ir/expr.ts'
import {
  anyOperation,
  f32,
  f64,
  globalGet,
  i32,
  i64,
  load,
  nullRef,
  operation,
  refFunc,
  runtime,
  select,
} from '../3-ir/expressions.ts'
import { type BinaryOp, binary, choose, chooseMasked, eqz, isTruth } from '../3-ir/fold.ts'
import { OPS } from '../3-ir/ops/index.ts'
import { registerType } from '../3-ir/registers.ts'
import { RUNTIME_CALLS, type RuntimeCallName } from '../3-ir/runtime-calls.ts'
import { evaluate, setGlobal, store } from '../3-ir/statements.ts'
import { narrow, narrowOffset, widen, widenGrown } from './addresses.ts'
import { ATOMIC_RULES } from './atomics.ts'
import {
  lowerBr,
  lowerBrIf,
  lowerBrTable,
  lowerReturnCall,
  lowerReturnCallIndirect,
  lowerReturnCallRef,
  lowerUnreachable,
  returnResults,
} from './branches.ts'
import type { Rule } from './builder.ts'
import { lowerCall, lowerCallIndirect, lowerCallRef } from './calls.ts'
import { lowerBlock, lowerElse, lowerEnd, lowerIf, lowerLoop } from './control.ts'
import { lowerCatch, lowerDelegate, lowerRethrow, lowerThrow, lowerThrowRef, lowerTry } from './exceptions.ts'
import { GC_RULES } from './gc-rules.ts'
import { VECTOR_RULES } from './vectors.ts'
import { lowerAdd128, lowerMulWideS, lowerMulWideU, lowerSub128 } from './wide-arithmetic.ts'

const push =
  (value: (ins: Instruction) => Expr): Rule =>
  (b, ins) =>
    b.stack.push(value(ins))

const entity = (kind: EntityRef['kind'], index: number): EntityRef => ({ kind, index })
const memory = (index: number): EntityRef => entity('memory', index)
const table = (index: number): EntityRef => entity('table', index)
const elem = (index: number): EntityRef => entity('elem', index)
const data = (index: number): EntityRef => entity('data', index)

/** A call of the runtime on these entities: a value, or a statement if it gives none. */
function runtimeCall(name: RuntimeCallName, entities: (ins: Instruction) => EntityRef[]): Rule {
  const { params, isVoid } = RUNTIME_CALLS[name] as { readonly params: readonly unknown[]; readonly isVoid: boolean }
  return ({ stack }, ins) => {
    const call = runtime(name, entities(ins), stack.pop(params.length).map(narrow))
    if (isVoid) stack.emitAfter(evaluate(call, ins.offset))
    else stack.push(call)
  }
}

// JavaScript takes the view before it evaluates the address, so a call in the address, which may grow the memory, comes
// first: D.getInt32(f()) would read the old buffer.
const lowerLoad: Rule = ({ stack }, ins) =>
  stack.push(load(ins.op.name as LoadOp, ins.memory, narrow(stack.takeOne()), narrowOffset(ins.memOffset)))

const lowerStore: Rule = ({ stack }, ins) => {
  const operands = stack.take(2)
  const offset = narrowOffset(ins.memOffset)
  stack.emitAfter(store(ins.op.name as StoreOp, ins.memory, narrow(operands[0]!), offset, operands[1]!, ins.offset))
}

const lowerMemorySize: Rule = ({ module, stack }, { index }) => {
  const { addressType, pageSize } = module.memories[index]!.type
  const name = isShared(module, index) ? 'shared_memory_size' : pageSize === 1 ? 'memory_size_1' : 'memory_size'
  stack.push(widen(runtime(name, [memory(index)], []), addressType))
}

const lowerMemoryGrow: Rule = ({ module, stack }, { index }) => {
  const { addressType, pageSize } = module.memories[index]!.type
  const name = isShared(module, index) ? 'shared_memory_grow' : pageSize === 1 ? 'memory_grow_1' : 'memory_grow'
  stack.push(widenGrown(runtime(name, [memory(index)], [narrow(stack.popOne())]), addressType))
}

const lowerTableSize: Rule = ({ module, stack }, { index }) =>
  stack.push(widen(runtime('table_size', [table(index)], []), module.tables[index]!.type.addressType))

const lowerTableGrow: Rule = ({ module, stack }, { index }) => {
  const grown = runtime('table_grow', [table(index)], stack.pop(2).map(narrow))
  stack.push(widenGrown(grown, module.tables[index]!.type.addressType))
}

const lowerSelect: Rule = ({ stack }) => {
  const operands = stack.take(3)
  const free = (e: Expr): Expr => (e.effects === 0 ? e : stack.name(e))
  const then = free(operands[0]!)
  const otherwise = free(operands[1]!)
  const cond = operands[2]!
  const pick = then.type !== 'i32' ? select : isTruth(cond) ? chooseMasked : choose
  stack.push(pick(cond, then, otherwise))
}

const lowerDrop: Rule = ({ stack }, ins) => {
  const e = stack.popOne()
  if (canBeDropped(e)) return
  stack.emitAfter(evaluate(e, ins.offset))
}

/** Whether nobody can tell that an expression is not evaluated. */
const canBeDropped = ({ effects }: Expr): boolean => (effects & ~(READ_MEMORY | READ_GLOBAL | READ_TABLE)) === 0

const lowerLocalSet: Rule = (b, ins) => {
  const { stack } = b
  const reg = b.locals.register(ins.index)
  const value = stack.popOne()
  b.setLocals.add(ins.index)
  stack.beforeSet(reg)
  // A handler sees what is in the register where something throws.
  if (b.tries > 0) stack.forceThrows()
  stack.before(value.effects)
  b.set(reg, value)
}

const lowerGlobalSet: Rule = ({ stack }, ins) => stack.emitAfter(setGlobal(ins.index, 0, stack.popOne(), ins.offset))

/** An operation of the IR. */
function operationRule(name: Operation): Rule {
  const { params, type, own, repeated } = OPS[name]
  const count = params.length
  // Of operations on i64 there will be others (5-optimize/legalize).
  if (repeated.length > 0 && type !== 'i64' && type !== 'v128') {
    return ({ stack }) => {
      const atoms = stack.take(count).map((e) => stack.atom(e))
      stack.push(anyOperation(name, atoms))
    }
  }
  if (type === 'i32' && count === 2 && own === 0) {
    return ({ stack }) => {
      const y = stack.popOne()
      stack.push(binary(name as BinaryOp, stack.popOne(), y))
    }
  }
  return ({ stack }) => stack.push(anyOperation(name, stack.pop(count)))
}

type Loads = Extract<CompiledOp, LoadOp>
type Stores = Extract<CompiledOp, StoreOp>

/**
 * The type checker counts that all compiled instructions are here which are no operations, loads or stores: those of a
 * feature as soon as it is `compiled` (0-wasm/features.ts).
 */
const RULES: Record<Exclude<CompiledOp, Operation | Loads | Stores> | 'i32.eqz', Rule> = {
  'nop': () => {},
  'unreachable': lowerUnreachable,
  'block': lowerBlock,
  'loop': lowerLoop,
  'if': lowerIf,
  'else': lowerElse,
  'end': lowerEnd,
  'br': lowerBr,
  'br_if': lowerBrIf,
  'br_table': lowerBrTable,
  'return': returnResults,
  'call': lowerCall,
  'call_indirect': lowerCallIndirect,
  'call_ref': lowerCallRef,
  'return_call': lowerReturnCall,
  'return_call_indirect': lowerReturnCallIndirect,
  'return_call_ref': lowerReturnCallRef,

  'try_table': lowerTry,
  'throw': lowerThrow,
  'throw_ref': lowerThrowRef,
  'try': lowerTry,
  'catch': lowerCatch,
  'catch_all': lowerCatch,
  'rethrow': lowerRethrow,
  'delegate': lowerDelegate,

  'i32.const': push((ins) => i32(ins.lo)),
  'i64.const': push((ins) => i64(ins.lo, ins.hi)),
  'f32.const': push((ins) => f32(ins.lo)),
  'f64.const': push((ins) => f64(ins.lo, ins.hi)),

  'drop': lowerDrop,
  'select': lowerSelect,
  'select t': lowerSelect,
  'local.get': (b, ins) => b.stack.push(b.locals.read(ins.index)),
  'local.set': lowerLocalSet,
  'local.tee': (b, ins) => {
    lowerLocalSet(b, ins)
    b.stack.push(b.locals.read(ins.index))
  },
  'global.get': ({ module, stack }, ins) => {
    const { type, mutable } = module.globals[ins.index]!.type
    stack.push(globalGet(ins.index, 0, registerType(type), mutable))
  },
  'global.set': lowerGlobalSet,

  'memory.size': lowerMemorySize,
  'memory.grow': lowerMemoryGrow,
  'memory.fill': runtimeCall('memory_fill', (ins) => [memory(ins.index)]),
  'memory.copy': runtimeCall('memory_copy', (ins) => [memory(ins.index), memory(ins.index2)]),
  'memory.init': runtimeCall('memory_init', (ins) => [memory(ins.index2), data(ins.index)]),
  'data.drop': runtimeCall('data_drop', (ins) => [data(ins.index)]),

  'table.get': runtimeCall('table_get', (ins) => [table(ins.index)]),
  'table.set': runtimeCall('table_set', (ins) => [table(ins.index)]),
  'table.size': lowerTableSize,
  'table.grow': lowerTableGrow,
  'table.fill': runtimeCall('table_fill', (ins) => [table(ins.index)]),
  'table.copy': runtimeCall('table_copy', (ins) => [table(ins.index), table(ins.index2)]),
  'table.init': runtimeCall('table_init', (ins) => [table(ins.index2), elem(ins.index)]),
  'elem.drop': runtimeCall('elem_drop', (ins) => [elem(ins.index)]),

  'i64.add128': lowerAdd128,
  'i64.sub128': lowerSub128,
  'i64.mul_wide_s': lowerMulWideS,
  'i64.mul_wide_u': lowerMulWideU,
  ...ATOMIC_RULES,

  'i32.eqz': ({ stack }) => stack.push(eqz(stack.popOne())),
  'ref.null': push(() => nullRef),
  'ref.func': push((ins) => refFunc(ins.index)),
  ...GC_RULES,
  'ref.is_null': ({ stack }) => stack.push(operation('ref.is_null', [stack.popOne()])),

  ...VECTOR_RULES,
}

/** Lowering ends before an instruction that is not available (lower.ts). */
const notCompiled: Rule = (_, ins) => {
  throw new Error(`${ins.op.name} is not compiled, and was not refused`)
}

function ruleOf(op: Op): Rule {
  if (!isCompiled(op)) return notCompiled
  const rule = (RULES as Partial<Record<CompiledOp, Rule>>)[op.name]
  if (rule !== undefined) return rule
  if (op.immediates[0] !== 'memarg') return operationRule(op.name as Operation)
  return op.effect === 'read' ? lowerLoad : lowerStore
}

/** The rules by `Op.id`. */
export const LOWER: readonly Rule[] = ops.map(ruleOf)
