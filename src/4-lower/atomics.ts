// Atomic instructions. On a shared memory they are functions of the runtime. On others there is nobody to see the
// difference, and they are plain accesses behind a check of the address:
//
//   i32.atomic.rmw.add offset=8     shared    atomic_add32(M0, p, 8, x)
//                                   others    atomic_aligned(p + 8, 3); t = load(p + 8); store(p + 8, t + x)
//
// An i64 that is accessed as a whole is two words there, the second result of a function being the high one.

import { isShared } from '../0-wasm/module.ts'
import type { threads } from '../0-wasm/ops/threads.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { AtomicAction, AtomicUpdate, AtomicWidth } from '../3-ir/atomic-calls.ts'
import type { EntityRef, Expr, LoadOp, StoreOp } from '../3-ir/expr.ts'
import { anyOperation, i32, i64, load, runtime, select } from '../3-ir/expressions.ts'
import { add } from '../3-ir/fold.ts'
import type { OperandStack } from '../3-ir/operands.ts'
import type { IrOp } from '../3-ir/ops/index.ts'
import type { RuntimeCallName } from '../3-ir/runtime-calls.ts'
import { evaluate, store } from '../3-ir/statements.ts'
import { highWord, i64OfWords, lowWord, wordsOf } from '../3-ir/words-of-i64.ts'
import { narrow, narrowOffset } from './addresses.ts'
import type { FunctionBuilder, Rule } from './builder.ts'

const memoryOf = ({ memory }: Instruction): readonly EntityRef[] => [{ kind: 'memory', index: memory }]

const offsetOf = ({ memOffset }: Instruction): Expr => i32(narrowOffset(memOffset))

const widthOf = ({ op }: Instruction): AtomicWidth => (op.width * 8) as AtomicWidth

/** What other threads may have done before, they may have done to other memories too. */
function renewOthers({ module, stack }: FunctionBuilder, ins: Instruction): void {
  for (const index of module.memories.keys()) {
    if (index === ins.memory || !isShared(module, index)) continue
    stack.emitAfter(evaluate(runtime('shared_memory_renew', [{ kind: 'memory', index }], []), ins.offset))
  }
}

/** A function of the runtime that gives a word. */
function push(b: FunctionBuilder, ins: Instruction, name: RuntimeCallName, args: readonly Expr[]): void {
  b.stack.push(runtime(name, memoryOf(ins), args))
  renewOthers(b, ins)
}

/** On a shared memory. The operands: an address, and values of the instruction's type. */
function shared(b: FunctionBuilder, ins: Instruction, action: AtomicAction, [addr, ...values]: Expr[]): void {
  const { stack } = b
  const width = widthOf(ins)
  const isLong = values[0]?.type === 'i64' || ins.op.type!.results[0] === 'i64'
  const args = values.flatMap((e) => (width === 64 ? wordsOf(stack.atom(e)) : isLong ? [lowWord(e)] : [e]))
  const called = runtime(`atomic_${action}${width}`, memoryOf(ins), [narrow(addr!), offsetOf(ins), ...args])
  if (action === 'store') stack.emitAfter(evaluate(called, ins.offset))
  else if (width === 64) {
    const [lo, hi] = stack.nameResults(called, ['i32', 'i32'])
    stack.push(i64OfWords(lo!, hi!))
  } else stack.push(isLong ? anyOperation('i64.extend_i32_u', [called]) : called)
  renewOthers(b, ins)
}

/** Traps where the address is not aligned. */
function checkAligned(stack: OperandStack, addr: Expr, { memOffset, op, offset }: Instruction): void {
  const address = add(addr, i32(memOffset | 0))
  const mask = op.width - 1
  if (mask === 0 || (address.kind === 'const' && (address.value & mask) === 0)) return
  stack.emitAfter(evaluate(runtime('atomic_aligned', [], [address, i32(mask)]), offset))
}

/** The load or store that is an atomic one's on a memory of one thread. */
function plainOp({ op }: Instruction, action: 'load' | 'store'): LoadOp & StoreOp {
  const type = op.type!.results[0] ?? op.type!.params[1]!
  const width = op.width * 8
  const isWhole = type === `i${width}`
  const name = isWhole ? `${type}.${action}` : `${type}.${action}${width}${action === 'load' ? '_u' : ''}`
  return name as LoadOp & StoreOp
}

/** What is there now, in a register. */
function current(stack: OperandStack, ins: Instruction, addr: Expr): Expr {
  return stack.name(load(plainOp(ins, 'load'), ins.memory, addr, narrowOffset(ins.memOffset)))
}

function change(b: FunctionBuilder, ins: Instruction, addr: Expr, value: Expr): void {
  b.stack.emitAfter(store(plainOp(ins, 'store'), ins.memory, addr, narrowOffset(ins.memOffset), value, ins.offset))
}

/** Operands, the address as an atom whose alignment is checked. */
function operands({ stack }: FunctionBuilder, ins: Instruction, count: number): [Expr, ...Expr[]] {
  const [addr, ...values] = stack.take(count)
  const atoms = values.map((e) => stack.atom(e))
  const given = stack.atom(addr!)
  checkAligned(stack, given.type === 'i64' ? lowWord(given) : given, ins)
  return [stack.atom(narrow(given)), ...atoms]
}

const atomicLoad: Rule = (b, ins) => {
  if (isShared(b.module, ins.memory)) return shared(b, ins, 'load', b.stack.take(1))
  const [addr] = operands(b, ins, 1)
  b.stack.push(load(plainOp(ins, 'load'), ins.memory, addr, narrowOffset(ins.memOffset)))
}

const atomicStore: Rule = (b, ins) => {
  if (isShared(b.module, ins.memory)) return shared(b, ins, 'store', b.stack.take(2))
  const [addr, value] = operands(b, ins, 2)
  change(b, ins, addr, value!)
}

const update =
  (action: AtomicUpdate): Rule =>
  (b, ins) => {
    if (isShared(b.module, ins.memory)) return shared(b, ins, action, b.stack.take(2))
    const [addr, value] = operands(b, ins, 2)
    const old = current(b.stack, ins, addr)
    const op = `${old.type}.${action}` as IrOp
    change(b, ins, addr, action === 'xchg' ? value! : anyOperation(op, [old, value!]))
    b.stack.push(old)
  }

const compareExchange: Rule = (b, ins) => {
  if (isShared(b.module, ins.memory)) return shared(b, ins, 'cmpxchg', b.stack.take(3))
  const { stack } = b
  const [addr, expected, replacement] = operands(b, ins, 3)
  const old = current(stack, ins, addr)
  const type = old.type as 'i32' | 'i64'
  const isSame = anyOperation(`${type}.eq`, [old, narrowed(ins, expected!)])
  change(b, ins, addr, select(stack.atom(isSame), replacement!, old))
  stack.push(old)
}

/** The bits that are compared. */
function narrowed({ op }: Instruction, e: Expr): Expr {
  const width = op.width * 8
  if (e.type === `i${width}`) return e
  const mask = width === 32 ? -1 : 2 ** width - 1
  return e.type === 'i64' ? anyOperation('i64.and', [e, i64(mask, 0)]) : anyOperation('i32.and', [e, i32(mask)])
}

const wait =
  (name: 'atomic_wait32' | 'atomic_wait64'): Rule =>
  (b, ins) => {
    const { module, stack } = b
    if (isShared(module, ins.memory)) {
      const [addr, expected, timeout] = stack.take(3) as [Expr, Expr, Expr]
      const value = name === 'atomic_wait64' ? wordsOf(stack.atom(expected)) : [stack.atom(expected)]
      return push(b, ins, name, [narrow(addr), offsetOf(ins), ...value, ...wordsOf(stack.atom(timeout))])
    }
    const [addr, expected, timeout] = operands(b, ins, 3)
    const type = name === 'atomic_wait64' ? 'i64' : 'i32'
    const value = stack.name(load(`${type}.load`, ins.memory, addr, narrowOffset(ins.memOffset)))
    if (!module.memories[ins.memory]!.type.shared) stack.push(runtime('wait_unshared', [], []))
    else stack.push(runtime('wait_alone', [], [anyOperation(`${type}.eq`, [value, expected!]), highWord(timeout!)]))
  }

const notify: Rule = (b, ins) => {
  const { stack } = b
  if (isShared(b.module, ins.memory)) {
    const [addr, count] = stack.take(2) as [Expr, Expr]
    return push(b, ins, 'atomic_notify', [narrow(addr), offsetOf(ins), count])
  }
  const [addr] = operands(b, ins, 2)
  stack.emitAfter(evaluate(load('i32.load', ins.memory, addr, narrowOffset(ins.memOffset)), ins.offset))
  stack.push(i32(0))
}

/** Without a shared memory there is nothing that anybody could see in another order. */
const fence: Rule = (b, ins) => {
  const first = [...b.module.memories.keys()].find((index) => isShared(b.module, index))
  if (first === undefined) return
  const fenced = { ...ins, memory: first }
  b.stack.emitAfter(evaluate(runtime('atomic_fence', memoryOf(fenced), []), ins.offset))
  renewOthers(b, fenced)
}

/** By instruction. */
export const ATOMIC_RULES: Readonly<Record<keyof typeof threads, Rule>> = {
  'memory.atomic.notify': notify,
  'memory.atomic.wait32': wait('atomic_wait32'),
  'memory.atomic.wait64': wait('atomic_wait64'),
  'atomic.fence': fence,
  'i32.atomic.load': atomicLoad,
  'i64.atomic.load': atomicLoad,
  'i32.atomic.load8_u': atomicLoad,
  'i32.atomic.load16_u': atomicLoad,
  'i64.atomic.load8_u': atomicLoad,
  'i64.atomic.load16_u': atomicLoad,
  'i64.atomic.load32_u': atomicLoad,
  'i32.atomic.store': atomicStore,
  'i64.atomic.store': atomicStore,
  'i32.atomic.store8': atomicStore,
  'i32.atomic.store16': atomicStore,
  'i64.atomic.store8': atomicStore,
  'i64.atomic.store16': atomicStore,
  'i64.atomic.store32': atomicStore,
  'i32.atomic.rmw.add': update('add'),
  'i64.atomic.rmw.add': update('add'),
  'i32.atomic.rmw8.add_u': update('add'),
  'i32.atomic.rmw16.add_u': update('add'),
  'i64.atomic.rmw8.add_u': update('add'),
  'i64.atomic.rmw16.add_u': update('add'),
  'i64.atomic.rmw32.add_u': update('add'),
  'i32.atomic.rmw.sub': update('sub'),
  'i64.atomic.rmw.sub': update('sub'),
  'i32.atomic.rmw8.sub_u': update('sub'),
  'i32.atomic.rmw16.sub_u': update('sub'),
  'i64.atomic.rmw8.sub_u': update('sub'),
  'i64.atomic.rmw16.sub_u': update('sub'),
  'i64.atomic.rmw32.sub_u': update('sub'),
  'i32.atomic.rmw.and': update('and'),
  'i64.atomic.rmw.and': update('and'),
  'i32.atomic.rmw8.and_u': update('and'),
  'i32.atomic.rmw16.and_u': update('and'),
  'i64.atomic.rmw8.and_u': update('and'),
  'i64.atomic.rmw16.and_u': update('and'),
  'i64.atomic.rmw32.and_u': update('and'),
  'i32.atomic.rmw.or': update('or'),
  'i64.atomic.rmw.or': update('or'),
  'i32.atomic.rmw8.or_u': update('or'),
  'i32.atomic.rmw16.or_u': update('or'),
  'i64.atomic.rmw8.or_u': update('or'),
  'i64.atomic.rmw16.or_u': update('or'),
  'i64.atomic.rmw32.or_u': update('or'),
  'i32.atomic.rmw.xor': update('xor'),
  'i64.atomic.rmw.xor': update('xor'),
  'i32.atomic.rmw8.xor_u': update('xor'),
  'i32.atomic.rmw16.xor_u': update('xor'),
  'i64.atomic.rmw8.xor_u': update('xor'),
  'i64.atomic.rmw16.xor_u': update('xor'),
  'i64.atomic.rmw32.xor_u': update('xor'),
  'i32.atomic.rmw.xchg': update('xchg'),
  'i64.atomic.rmw.xchg': update('xchg'),
  'i32.atomic.rmw8.xchg_u': update('xchg'),
  'i32.atomic.rmw16.xchg_u': update('xchg'),
  'i64.atomic.rmw8.xchg_u': update('xchg'),
  'i64.atomic.rmw16.xchg_u': update('xchg'),
  'i64.atomic.rmw32.xchg_u': update('xchg'),
  'i32.atomic.rmw.cmpxchg': compareExchange,
  'i64.atomic.rmw.cmpxchg': compareExchange,
  'i32.atomic.rmw8.cmpxchg_u': compareExchange,
  'i32.atomic.rmw16.cmpxchg_u': compareExchange,
  'i64.atomic.rmw8.cmpxchg_u': compareExchange,
  'i64.atomic.rmw16.cmpxchg_u': compareExchange,
  'i64.atomic.rmw32.cmpxchg_u': compareExchange,
}
