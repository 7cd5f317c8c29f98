// Makes expressions. Effects, sizes and filters are worked out here and nowhere else.
//
// Where objects of up to four shapes come by, engines find a field at once; where there are more, they look it up by name,
// and that was a fifth of the time of a compilation. So all expressions have one of four shapes, which begin alike:
// registers, constants, operations and loads, and all others.

import { loadedType } from './access-size.ts'
import { ARGUMENT, CALL, CALL_INDIRECT, LOAD, plainSize, SHORT } from './bytecode-size.ts'
import { ANYTHING, READ_GLOBAL, READ_MEMORY, TRAP } from './effects.ts'
import type {
  Call,
  CallIndirect,
  Const,
  EntityRef,
  Expr,
  GlobalGet,
  Load,
  LoadOp,
  Plain,
  RefFunc,
  Reg,
  RegRead,
  RegType,
  RuntimeCall,
  Select,
} from './ir.ts'

const NONE: readonly never[] = []

/** A bit for each type, for `Expr.types`. */
export const TYPE_BIT: Readonly<Record<RegType, number>> = { i32: 1, i64: 2, f32: 4, f64: 8, ref: 16, i64cell: 32 }

export const FLOATS = TYPE_BIT.f32 | TYPE_BIT.f64

/** What all expressions have (ir.ts), from their operands and what they do themselves. */
abstract class ExprNode {
  readonly kind: Expr['kind']
  readonly type: RegType
  readonly args: readonly Expr[]
  effects: number
  types: number
  size: number
  bytes: number
  reads: number

  constructor(kind: Expr['kind'], type: RegType, args: readonly Expr[], effects: number, bytes: number) {
    this.kind = kind
    this.type = type
    this.args = args
    let types = TYPE_BIT[type]
    let size = 1
    let reads = 0
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      effects |= arg.effects
      types |= arg.types
      size += arg.size
      bytes += arg.bytes
      reads |= arg.reads
    }
    this.effects = effects
    this.types = types
    this.size = size
    this.bytes = bytes
    this.reads = reads
  }
}

class RegNode extends ExprNode {
  readonly reg: Reg

  constructor(reg: Reg) {
    super('reg', reg.type, NONE, 0, 0)
    this.reads = 1 << (reg.id & 31)
    this.reg = reg
  }
}

class ConstNode extends ExprNode {
  readonly value: number
  readonly lo: number
  readonly hi: number

  constructor(type: RegType, value: number, lo: number, hi: number) {
    super('const', type, NONE, 0, 0)
    this.value = value
    this.lo = lo
    this.hi = hi
  }
}

class OperationNode extends ExprNode {
  readonly op: string
  readonly own: number
  readonly memory: number
  readonly offset: number
  readonly guard: number

  constructor(
    kind: 'plain' | 'load',
    type: RegType,
    args: readonly Expr[],
    own: number,
    bytes: number,
    op: string,
    memory = 0,
    offset = 0,
    guard = 0,
  ) {
    super(kind, type, args, own, bytes)
    this.op = op
    this.own = own
    this.memory = memory
    this.offset = offset
    this.guard = guard
  }

  get addr(): Expr {
    return this.args[0]!
  }
}

/** The fields of the kinds that are rarer. */
interface Rare {
  readonly func?: number
  readonly part?: number | undefined
  readonly table?: number
  readonly typeIndex?: number
  readonly global?: number
  readonly name?: string
  readonly entities?: readonly EntityRef[]
}

class RareNode extends ExprNode {
  readonly own: number
  readonly func: number | undefined
  readonly part: number | undefined
  readonly table: number | undefined
  readonly typeIndex: number | undefined
  readonly global: number | undefined
  readonly name: string | undefined
  readonly entities: readonly EntityRef[] | undefined

  constructor(kind: Expr['kind'], type: RegType, args: readonly Expr[], own: number, bytes: number, rest: Rare) {
    super(kind, type, args, own, bytes)
    this.own = own
    this.func = rest.func
    this.part = rest.part
    this.table = rest.table
    this.typeIndex = rest.typeIndex
    this.global = rest.global
    this.name = rest.name
    this.entities = rest.entities
  }

  get index(): Expr {
    return this.args[0]!
  }

  get callArgs(): readonly Expr[] {
    return this.kind === 'call_indirect' ? this.args.slice(1) : this.args
  }

  get cond(): Expr {
    return this.args[0]!
  }

  get then(): Expr {
    return this.args[1]!
  }

  get else(): Expr {
    return this.args[2]!
  }
}

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
export function zeroOf(type: RegType): Const {
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
    default:
      return type satisfies never
  }
}

const scratchInt = new Int32Array(2)
const scratchF32 = new Float32Array(scratchInt.buffer)
const scratchF64 = new Float64Array(scratchInt.buffer)

/** @param own effects of the operation itself */
export const plain = (op: string, type: RegType, args: readonly Expr[], own = 0): Plain =>
  new OperationNode(
    'plain',
    type,
    args,
    own,
    plainSize(op, args.length, args[1]?.kind === 'const'),
    op,
  ) as unknown as Plain

export const load = (op: LoadOp, memory: number, addr: Expr, offset: number, guard = 0): Load =>
  new OperationNode(
    'load',
    loadedType(op),
    [addr],
    READ_MEMORY | TRAP,
    LOAD,
    op,
    memory,
    offset,
    guard,
  ) as unknown as Load

function rare<T extends Expr>(
  kind: T['kind'],
  type: RegType,
  args: readonly Expr[],
  own: number,
  bytes: number,
  rest: Rare,
): T {
  return new RareNode(kind, type, args, own, bytes, rest) as unknown as T
}

/** @param part calls this part of the function instead */
export const call = (func: number, args: readonly Expr[], type: RegType, part?: number): Call =>
  rare<Call>('call', type, args, ANYTHING, CALL + args.length * ARGUMENT, { func, part })

export const callIndirect = (
  table: number,
  typeIndex: number,
  index: Expr,
  args: readonly Expr[],
  type: RegType,
): CallIndirect =>
  rare<CallIndirect>('call_indirect', type, [index, ...args], ANYTHING, CALL_INDIRECT + args.length * ARGUMENT, {
    table,
    typeIndex,
  })

export const globalGet = (global: number, part: number, type: RegType, mutable: boolean): GlobalGet =>
  rare<GlobalGet>('global.get', type, NONE, mutable ? READ_GLOBAL : 0, 0, { global, part })

export const refFunc = (func: number): RefFunc => rare<RefFunc>('ref.func', 'ref', NONE, 0, 0, { func })

export const select = (cond: Expr, then: Expr, otherwise: Expr): Select =>
  rare<Select>('select', then.type, [cond, then, otherwise], 0, SHORT, {})

export const runtime = (
  name: string,
  entities: readonly EntityRef[],
  args: readonly Expr[],
  effects: number,
  type: RegType = 'i32',
): RuntimeCall =>
  rare<RuntimeCall>('runtime', type, args, effects, CALL + (args.length + entities.length) * ARGUMENT, {
    name,
    entities,
  })

/** The same node on other operands. */
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
