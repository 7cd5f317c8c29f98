// Makes expressions.

import type { HeapType } from '../0-wasm/types.ts'
import { ARGUMENT, CALL, CALL_INDIRECT, LOAD, SHORT } from './bytecode-size.ts'
import { ANYTHING, READ_GLOBAL, READ_HEAP, READ_MEMORY, TRAP } from './effects.ts'
import type {
  Call,
  CallIndirect,
  Const,
  EntityRef,
  Expr,
  GcOperation,
  GlobalGet,
  Load,
  LoadOp,
  Operation,
  RefFunc,
  RegRead,
  RuntimeCall,
  Select,
  Tuple,
} from './expr.ts'
import { ConstNode, NONE, OperationNode, RareNode, RegNode } from './expr-nodes.ts'
import { GC_OPS, type GcOp } from './gc-ops.ts'
import type { Reg, RegType } from './ir.ts'
import { ACCESSES } from './ops/accesses.ts'
import { type IrOp, OPS, type OperandsOf } from './ops/index.ts'
import { located } from './positions.ts'
import { RUNTIME_CALLS, type RuntimeCallName } from './runtime-calls.ts'
import { MAIN } from './versions.ts'

export const regRead = (reg: Reg): RegRead => new RegNode(reg) as unknown as RegRead

const constant = (type: RegType, value: number, lo: number, hi: number): Const =>
  new ConstNode(type, value, lo, hi) as unknown as Const

/** An i32 constant; any integer, taken modulo 2^32. */
export const i32 = (value: number): Const => constant('i32', value | 0, 0, 0)

/** A float constant from its bits, so that NaNs keep theirs. */
export function f32(bits: number): Const {
  scratchInt[0] = bits
  return constant('f32', scratchF32[0]!, bits | 0, 0)
}

export function f64(lo: number, hi: number): Const {
  scratchInt[0] = lo
  scratchInt[1] = hi
  return constant('f64', scratchF64[0]!, lo | 0, hi | 0)
}

/** An i64 constant from its words. */
export const i64 = (lo: number, hi: number): Const => constant('i64', hi * 2 ** 32 + (lo >>> 0), lo | 0, hi | 0)
export const nullRef = constant('ref', 0, 0, 0)
/** An f64 constant from its value, which is not a NaN. */
export function double(value: number): Const {
  scratchF64[0] = value
  return constant('f64', value, scratchInt[0]! | 0, scratchInt[1]! | 0)
}

/** What a register of the type holds before it is set. */
export function zeroOf(type: RegType): Const | Operation {
  switch (type) {
    case 'i32':
      return i32(0)
    case 'f32':
      return f32(0)
    case 'f64':
      return f64(0, 0)
    case 'i64':
    case 'i64cell':
      return i64(0, 0)
    case 'ref':
      return nullRef
    case 'v128':
      return vector([0, 0, 0, 0])
    default:
      return type satisfies never
  }
}

const scratchInt = new Int32Array(2)
const scratchF32 = new Float32Array(scratchInt.buffer)
const scratchF64 = new Float64Array(scratchInt.buffer)

/** @param own effects of the operation itself, where they are fewer than those of the op: a trap that cannot happen */
export const operation = <Op extends IrOp>(op: Op, args: OperandsOf<Op, Expr>, own?: number): Operation =>
  anyOperation(op, args, own)

/** A v128 constant: an operation on its words, since a node has room for two. */
export const vector = ([a, b, c, d]: readonly number[]): Operation =>
  operation('v128.join', [i32(a!), i32(b!), i32(c!), i32(d!)])

/** The same for any op, whose operands are not counted. */
export function anyOperation(op: IrOp, args: readonly Expr[], own?: number): Operation {
  const facts = OPS[op]
  const bytes = args.length === 2 && args[1]!.kind === 'const' ? facts.bytesWithConstant : facts.bytes
  return new OperationNode('op', facts.type, args, own ?? facts.own, bytes, op) as unknown as Operation
}

export const load = (op: LoadOp, memory: number, addr: Expr, offset: number, guard = 0): Load =>
  new OperationNode(
    'load',
    ACCESSES[op].type,
    [addr],
    READ_MEMORY | TRAP,
    LOAD,
    op,
    memory,
    offset,
    guard,
  ) as unknown as Load

export function call(func: number, args: readonly Expr[], type: RegType, version = MAIN): Call {
  const made = new RareNode('call', type, args, ANYTHING, CALL + args.length * ARGUMENT)
  made.func = func
  made.version = version
  return made as unknown as Call
}

export function callIndirect(
  table: number | undefined,
  typeIndex: number,
  index: Expr,
  args: readonly Expr[],
  type: RegType,
): CallIndirect {
  const bytes = (table === undefined ? CALL : CALL_INDIRECT) + args.length * ARGUMENT
  const made = new RareNode('call_indirect', type, [index, ...args], ANYTHING, bytes)
  made.table = table
  made.typeIndex = typeIndex
  return made as unknown as CallIndirect
}

export function globalGet(global: number, part: number, type: RegType, mutable: boolean): GlobalGet {
  const made = new RareNode('global.get', type, NONE, mutable ? READ_GLOBAL : 0, 0)
  made.global = global
  made.part = part
  return made as unknown as GlobalGet
}

export function refFunc(func: number): RefFunc {
  const made = new RareNode('ref.func', 'ref', NONE, 0, 0)
  made.func = func
  return made as unknown as RefFunc
}

/**
 * An instruction on structures, arrays and types.
 *
 * @param mutable whether what it reads may change
 */
export function gc(
  op: GcOp,
  heap: HeapType,
  detail: number,
  args: readonly Expr[],
  type: RegType,
  { part = 0, mutable = true }: { readonly part?: number; readonly mutable?: boolean } = {},
): GcOperation {
  const { effects, bytes } = GC_OPS[op]
  const own = mutable ? effects : effects & ~READ_HEAP
  const made = new RareNode('gc', type, args, own, bytes + args.length * ARGUMENT)
  made.op = op
  made.heap = heap
  made.detail = detail
  made.part = part
  return made as unknown as GcOperation
}

export const select = (cond: Expr, then: Expr, otherwise: Expr): Select =>
  new RareNode('select', then.type, [cond, then, otherwise], 0, SHORT) as unknown as Select

export function runtime(name: RuntimeCallName, entities: readonly EntityRef[], args: readonly Expr[]): RuntimeCall {
  const { result, effects } = RUNTIME_CALLS[name]
  const bytes = CALL + (args.length + entities.length) * ARGUMENT
  const made = new RareNode('runtime', result, args, effects, bytes)
  made.name = name
  made.entities = entities
  return made as unknown as RuntimeCall
}

export const tuple = (elements: readonly Expr[]): Tuple =>
  new RareNode('tuple', 'ref', elements, 0, CALL + elements.length * ARGUMENT) as unknown as Tuple

/** The same node on other operands. */
export const withOperands = (e: Expr, args: readonly Expr[]): Expr => located(onOperands(e, args), e.at)

function onOperands(e: Expr, args: readonly Expr[]): Expr {
  switch (e.kind) {
    case 'op':
      return anyOperation(e.op, args, e.own)
    case 'call':
      return call(e.func, args, e.type, e.version)
    case 'runtime':
      return runtime(e.name, e.entities, args)
    case 'gc': {
      const mutable = (e.own & READ_HEAP) !== 0
      return gc(e.op, e.heap, e.detail, args, e.type, { part: e.part, mutable })
    }
    case 'load':
      return load(e.op, e.memory, args[0]!, e.offset, e.guard)
    case 'call_indirect':
      return callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), e.type)
    case 'select':
      return select(args[0]!, args[1]!, args[2]!)
    case 'tuple':
      return tuple(args)
    case 'reg':
    case 'const':
    case 'global.get':
    case 'ref.func':
      return e
    default:
      return e satisfies never
  }
}

export const isAtom = (e: Expr): boolean => e.kind === 'reg' || e.kind === 'const'
