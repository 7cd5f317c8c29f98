// The objects that expressions are. Where objects of up to four shapes come by, engines find a field at once; where there
// are more, they look it up by name, and that was a fifth of the time of a compilation. So all expressions have one of four
// shapes, which begin alike: registers, constants, operations and loads, and all others. Effects, sizes and filters are
// worked out here and nowhere else.

import type { HeapType } from '../0-wasm/types.ts'
import type { EntityRef, Expr } from './expr.ts'
import type { GcOp } from './gc-ops.ts'
import type { Reg, RegType } from './ir.ts'
import { NOWHERE } from './positions.ts'
import type { Version } from './versions.ts'

export const NONE: readonly never[] = []

/** A bit for each type, for `Expr.types`. */
export const TYPE_BIT = { i32: 1, i64: 2, f32: 4, f64: 8, ref: 16, i64cell: 32, v128: 64 } as const satisfies Record<
  RegType,
  number
>

/** What all expressions have (ir.ts), from their operands and what they do themselves. */
abstract class ExprNode {
  readonly kind: Expr['kind']
  readonly type: RegType
  readonly args: readonly Expr[]
  /** Given once, by positions.ts. */
  readonly at: number = NOWHERE
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

export class RegNode extends ExprNode {
  readonly reg: Reg

  constructor(reg: Reg) {
    super('reg', reg.type, NONE, 0, 0)
    this.reads = 1 << (reg.id & 31)
    this.reg = reg
  }
}

export class ConstNode extends ExprNode {
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

export class OperationNode extends ExprNode {
  readonly op: string
  readonly own: number
  readonly memory: number
  readonly offset: number
  readonly guard: number

  constructor(
    kind: 'op' | 'load',
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

export class RareNode extends ExprNode {
  readonly own: number
  // The fields of single kinds. Who makes a node sets them: see LeafNode (stmt-nodes.ts).
  func: number | undefined = undefined
  part: number | undefined = undefined
  version: Version | undefined = undefined
  table: number | undefined = undefined
  typeIndex: number | undefined = undefined
  global: number | undefined = undefined
  name: string | undefined = undefined
  entities: readonly EntityRef[] | undefined = undefined
  op: GcOp | undefined = undefined
  heap: HeapType | undefined = undefined
  detail: number | undefined = undefined

  constructor(kind: Expr['kind'], type: RegType, args: readonly Expr[], own: number, bytes: number) {
    super(kind, type, args, own, bytes)
    this.own = own
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
