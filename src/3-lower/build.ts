// Makes IR nodes. Effects, sizes and register filters are worked out here and nowhere else.

import {
  type Call, type CallIndirect, type Const, type EntityRef, type Expr, type Load, type LoadOp, READ, type Reg, type RegType, TRAP, WRITE,
} from './ir.ts'

const NO_ARGS: readonly Expr[] = []

const leaf = { effects: 0, size: 1, reads: 0 }

export const regRead = (reg: Reg): Expr => ({ kind: 'reg', type: reg.type, effects: 0, size: 1, reads: 1 << (reg.id & 31), reg })

/** An i32 constant; any integer, taken modulo 2^32. */
export const i32 = (value: number): Const => ({ kind: 'const', type: 'i32', ...leaf, value: value | 0, lo: 0, hi: 0 })

/** A float constant from its bits, so that NaNs keep theirs. */
export function f32(bits: number): Const {
  scratchInt[0] = bits
  return { kind: 'const', type: 'f32', ...leaf, value: scratchF32[0]!, lo: bits | 0, hi: 0 }
}

export function f64(lo: number, hi: number): Const {
  scratchInt[0] = lo
  scratchInt[1] = hi
  return { kind: 'const', type: 'f64', ...leaf, value: scratchF64[0]!, lo: lo | 0, hi: hi | 0 }
}

export const nullRef: Const = { kind: 'const', type: 'ref', ...leaf, value: 0, lo: 0, hi: 0 }

const scratch = new ArrayBuffer(8)
const scratchInt = new Int32Array(scratch)
const scratchF32 = new Float32Array(scratch)
const scratchF64 = new Float64Array(scratch)

interface Sum {
  effects: number
  size: number
  reads: number
}

function sum(args: readonly Expr[], effects: number): Sum {
  let size = 1
  let reads = 0
  for (const arg of args) {
    effects |= arg.effects
    size += arg.size
    reads |= arg.reads
  }
  return { effects, size, reads }
}

export const plain = (op: string, type: RegType, args: readonly Expr[], effects = 0): Expr =>
  ({ kind: 'plain', type, ...sum(args, effects), op, args, own: effects })

export const load = (op: LoadOp, memory: number, addr: Expr, offset: number, guard = 0): Load => ({
  kind: 'load', type: op.slice(0, 3) as RegType, effects: addr.effects | READ | TRAP, size: addr.size + 1, reads: addr.reads,
  op, memory, addr, offset, guard,
})

export const call = (func: number, args: readonly Expr[], type: RegType): Call =>
  ({ kind: 'call', type, ...sum(args, READ | TRAP | WRITE), func, args })

export const callIndirect = (table: number, typeIndex: number, index: Expr, args: readonly Expr[], type: RegType): CallIndirect =>
  ({ kind: 'call_indirect', type, ...sum([index, ...args], READ | TRAP | WRITE), table, typeIndex, index, args })

export const cell = (index: number, type: RegType): Expr =>
  ({ kind: 'cell', type, effects: READ, size: 1, reads: 0, index })

export const globalGet = (global: number, part: number, type: RegType, mutable: boolean): Expr =>
  ({ kind: 'global.get', type, effects: mutable ? READ : 0, size: 1, reads: 0, global, part })

export const refFunc = (func: number): Expr => ({ kind: 'ref.func', type: 'ref', ...leaf, func })

export const select = (cond: Expr, then: Expr, otherwise: Expr): Expr =>
  ({ kind: 'select', type: then.type, ...sum([cond, then, otherwise], 0), cond, then, else: otherwise })

export const runtime = (
  name: string, entities: readonly EntityRef[], args: readonly Expr[], effects: number, type: RegType = 'i32',
): Expr => ({ kind: 'runtime', type, ...sum(args, effects), name, entities, args, own: effects })

/** The operands of a node, in the order of evaluation. */
export function operands(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'plain': case 'call': case 'runtime': return e.args
    case 'load': return [e.addr]
    case 'call_indirect': return [e.index, ...e.args]
    case 'select': return [e.cond, e.then, e.else]
    default: return NO_ARGS
  }
}

/** The same node on other operands, given in the order of `operands`. */
export function withOperands(e: Expr, args: readonly Expr[]): Expr {
  switch (e.kind) {
    case 'plain': return plain(e.op, e.type, args, e.own)
    case 'call': return { ...e, ...sum(args, READ | TRAP | WRITE), args }
    case 'runtime': return { ...e, ...sum(args, e.own), args }
    case 'load': return load(e.op, e.memory, args[0]!, e.offset, e.guard)
    case 'call_indirect': return callIndirect(e.table, e.typeIndex, args[0]!, args.slice(1), e.type)
    case 'select': return select(args[0]!, args[1]!, args[2]!)
    default: return e
  }
}

/** Whether the tree reads a register. */
export function readsReg(e: Expr, reg: Reg): boolean {
  if ((e.reads & (1 << (reg.id & 31))) === 0) return false
  if (e.kind === 'reg') return e.reg === reg
  return operands(e).some((arg) => readsReg(arg, reg))
}

export const isAtom = (e: Expr): boolean => e.kind === 'reg' || e.kind === 'const'
