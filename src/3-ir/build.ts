// Makes IR nodes. Effects, sizes and register filters are worked out here and nowhere else.

import { loadedType } from './access-size.ts'
import { ARGUMENT, CALL, CALL_INDIRECT, LOAD, plainSize, SHORT } from './bytecode-size.ts'
import {
  type Call,
  type CallIndirect,
  type Cell,
  type Const,
  type EntityRef,
  type Expr,
  type GlobalGet,
  type Load,
  type LoadOp,
  type Plain,
  READ,
  type RefFunc,
  type Reg,
  type RegType,
  type RuntimeCall,
  type Select,
  TRAP,
  WRITE,
} from './ir.ts'

const NO_ARGS: readonly Expr[] = []

export const regRead = (reg: Reg): Expr => ({
  kind: 'reg',
  type: reg.type,
  effects: 0,
  size: 1,
  bytes: 0,
  reads: 1 << (reg.id & 31),
  reg,
})

const constant = (type: RegType, value: number, lo: number, hi: number): Const => ({
  kind: 'const',
  type,
  effects: 0,
  size: 1,
  bytes: 0,
  reads: 0,
  value,
  lo,
  hi,
})

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

export const i64 = (lo: number, hi: number): Const => constant('i64', hi * 2 ** 32 + (lo >>> 0), lo | 0, hi | 0)
export const nullRef = constant('ref', 0, 0, 0)
/** An f64 constant from its value, which is not a NaN. */
export function double(value: number): Const {
  scratchF64[0] = value
  return constant('f64', value, scratchInt[0]! | 0, scratchInt[1]! | 0)
}

const scratchInt = new Int32Array(2)
const scratchF32 = new Float32Array(scratchInt.buffer)
const scratchF64 = new Float64Array(scratchInt.buffer)

function effectsOf(args: readonly Expr[], own: number): number {
  let effects = own
  for (let i = 0; i < args.length; i++) effects |= args[i]!.effects
  return effects
}

function sizeOf(args: readonly Expr[]): number {
  let size = 1
  for (let i = 0; i < args.length; i++) size += args[i]!.size
  return size
}

function bytesOf(args: readonly Expr[], own: number): number {
  let bytes = own
  for (let i = 0; i < args.length; i++) bytes += args[i]!.bytes
  return bytes
}

function readsOf(args: readonly Expr[]): number {
  let reads = 0
  for (let i = 0; i < args.length; i++) reads |= args[i]!.reads
  return reads
}

/** Plain instructions and loads, one shape (see statements.ts). */
const operation = (
  kind: 'plain' | 'load',
  type: RegType,
  effects: number,
  size: number,
  bytes: number,
  reads: number,
  op: string,
  args: readonly Expr[],
  own: number,
  addr: Expr | undefined,
  memory: number,
  offset: number,
  guard: number,
): unknown => ({ kind, type, effects, size, bytes, reads, op, args, own, addr, memory, offset, guard })

export const plain = (op: string, type: RegType, args: readonly Expr[], own = 0): Plain =>
  operation(
    'plain',
    type,
    effectsOf(args, own),
    sizeOf(args),
    bytesOf(args, plainSize(op, args.length, args[1]?.kind === 'const')),
    readsOf(args),
    op,
    args,
    own,
    undefined,
    0,
    0,
    0,
  ) as Plain

export function load(op: LoadOp, memory: number, addr: Expr, offset: number, guard = 0): Load {
  return operation(
    'load',
    loadedType(op),
    addr.effects | READ | TRAP,
    addr.size + 1,
    addr.bytes + LOAD,
    addr.reads,
    op,
    NO_ARGS,
    0,
    addr,
    memory,
    offset,
    guard,
  ) as Load
}

type Rare = Call | CallIndirect | Cell | GlobalGet | RefFunc | Select | RuntimeCall

/** All other nodes, one shape; the fields that a kind has are set afterwards. */
function rare<T extends Rare>(
  kind: T['kind'],
  type: RegType,
  effects: number,
  bytes: number,
  args: readonly Expr[] = NO_ARGS,
): { -readonly [K in keyof T]: T[K] } {
  const fields = {
    kind,
    type,
    effects: effectsOf(args, effects),
    size: sizeOf(args),
    bytes: bytesOf(args, bytes),
    reads: readsOf(args),
    args,
    func: undefined,
    part: undefined,
    table: undefined,
    typeIndex: undefined,
    index: undefined,
    global: undefined,
    cond: undefined,
    then: undefined,
    else: undefined,
    name: undefined,
    entities: undefined,
    own: effects,
  }
  return fields as unknown as { -readonly [K in keyof T]: T[K] }
}

/** @param part calls this part of the function instead */
export function call(func: number, args: readonly Expr[], type: RegType, part?: number): Call {
  const made = rare<Call>('call', type, READ | TRAP | WRITE, CALL + args.length * ARGUMENT, args)
  made.func = func
  made.part = part
  return made
}

export function callIndirect(
  table: number,
  typeIndex: number,
  index: Expr,
  args: readonly Expr[],
  type: RegType,
): CallIndirect {
  const made = rare<CallIndirect>(
    'call_indirect',
    type,
    READ | TRAP | WRITE,
    CALL_INDIRECT + args.length * ARGUMENT,
    args,
  )
  made.size += index.size
  made.bytes += index.bytes
  made.reads |= index.reads
  made.table = table
  made.typeIndex = typeIndex
  made.index = index
  return made
}

export function cell(index: number, type: RegType): Cell {
  const made = rare<Cell>('cell', type, READ, SHORT)
  made.index = index
  return made
}

export function globalGet(global: number, part: number, type: RegType, mutable: boolean): GlobalGet {
  const made = rare<GlobalGet>('global.get', type, mutable ? READ : 0, 0)
  made.global = global
  made.part = part
  return made
}

export function refFunc(func: number): RefFunc {
  const made = rare<RefFunc>('ref.func', 'ref', 0, 0)
  made.func = func
  return made
}

export function select(cond: Expr, then: Expr, otherwise: Expr): Select {
  const made = rare<Select>('select', then.type, 0, SHORT)
  made.effects = cond.effects | then.effects | otherwise.effects
  made.size += cond.size + then.size + otherwise.size
  made.bytes += cond.bytes + then.bytes + otherwise.bytes
  made.reads = cond.reads | then.reads | otherwise.reads
  made.cond = cond
  made.then = then
  made.else = otherwise
  return made
}

export function runtime(
  name: string,
  entities: readonly EntityRef[],
  args: readonly Expr[],
  effects: number,
  type: RegType = 'i32',
): RuntimeCall {
  const made = rare<RuntimeCall>('runtime', type, effects, CALL + (args.length + entities.length) * ARGUMENT, args)
  made.name = name
  made.entities = entities
  return made
}

/** The operands of a node, in the order of evaluation. */
export function operands(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'plain':
    case 'call':
    case 'runtime':
      return e.args
    case 'load':
      return [e.addr]
    case 'call_indirect':
      return [e.index, ...e.args]
    case 'select':
      return [e.cond, e.then, e.else]
    default:
      return NO_ARGS
  }
}

/** The same node on other operands, given in the order of `operands`. */
export function withOperands(e: Expr, args: readonly Expr[]): Expr {
  switch (e.kind) {
    case 'plain':
      return plain(e.op, e.type, args, e.own)
    case 'call':
      return call(e.func, args, e.type, e.part)
    case 'runtime':
      return runtime(e.name, e.entities, args, e.own, e.type)
    case 'load':
      return load(e.op, e.memory, args[0]!, e.offset, e.guard)
    case 'call_indirect':
      return callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), e.type)
    case 'select':
      return select(args[0]!, args[1]!, args[2]!)
    default:
      return e
  }
}

export const isAtom = (e: Expr): boolean => e.kind === 'reg' || e.kind === 'const'
