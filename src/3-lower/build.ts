// Makes IR nodes. Effects, sizes and register filters are worked out here and nowhere else.

import {
  type Call,
  type CallIndirect,
  type Const,
  type EntityRef,
  type Expr,
  type Load,
  type LoadOp,
  READ,
  type Reg,
  type RegType,
  type Stmt,
  TRAP,
  WRITE,
} from './ir.ts'

const NO_ARGS: readonly Expr[] = []

export const regRead = (reg: Reg): Expr => ({
  kind: 'reg',
  type: reg.type,
  effects: 0,
  size: 1,
  reads: 1 << (reg.id & 31),
  reg,
})

/** An i32 constant; any integer, taken modulo 2^32. */
export const i32 = (value: number): Const => ({
  kind: 'const',
  type: 'i32',
  effects: 0,
  size: 1,
  reads: 0,
  value: value | 0,
  lo: 0,
  hi: 0,
})

/** A float constant from its bits, so that NaNs keep theirs. */
export function f32(bits: number): Const {
  scratchInt[0] = bits
  return { kind: 'const', type: 'f32', effects: 0, size: 1, reads: 0, value: scratchF32[0]!, lo: bits | 0, hi: 0 }
}

export function f64(lo: number, hi: number): Const {
  scratchInt[0] = lo
  scratchInt[1] = hi
  return { kind: 'const', type: 'f64', effects: 0, size: 1, reads: 0, value: scratchF64[0]!, lo: lo | 0, hi: hi | 0 }
}

/** An f64 constant from its value, which is not a NaN. */
export function double(value: number): Const {
  scratchF64[0] = value
  return { ...f64(scratchInt[0]!, scratchInt[1]!), value }
}

export const nullRef: Const = { kind: 'const', type: 'ref', effects: 0, size: 1, reads: 0, value: 0, lo: 0, hi: 0 }

const scratch = new ArrayBuffer(8)
const scratchInt = new Int32Array(scratch)
const scratchF32 = new Float32Array(scratch)
const scratchF64 = new Float64Array(scratch)

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

function readsOf(args: readonly Expr[]): number {
  let reads = 0
  for (let i = 0; i < args.length; i++) reads |= args[i]!.reads
  return reads
}

export const plain = (op: string, type: RegType, args: readonly Expr[], effects = 0): Expr => ({
  kind: 'plain',
  type,
  effects: effectsOf(args, effects),
  size: sizeOf(args),
  reads: readsOf(args),
  op,
  args,
  own: effects,
})

export const load = (op: LoadOp, memory: number, addr: Expr, offset: number, guard = 0): Load => ({
  kind: 'load',
  type: op === 'f32.load' ? 'f32' : op === 'f64.load' ? 'f64' : 'i32',
  effects: addr.effects | READ | TRAP,
  size: addr.size + 1,
  reads: addr.reads,
  op,
  memory,
  addr,
  offset,
  guard,
})

export const call = (func: number, args: readonly Expr[], type: RegType): Call => ({
  kind: 'call',
  type,
  effects: READ | TRAP | WRITE,
  size: sizeOf(args),
  reads: readsOf(args),
  func,
  args,
})

export const callIndirect = (
  table: number,
  typeIndex: number,
  index: Expr,
  args: readonly Expr[],
  type: RegType,
): CallIndirect => ({
  kind: 'call_indirect',
  type,
  effects: READ | TRAP | WRITE,
  size: sizeOf(args) + index.size,
  reads: readsOf(args) | index.reads,
  table,
  typeIndex,
  index,
  args,
})

export const cell = (index: number, type: RegType): Expr => ({
  kind: 'cell',
  type,
  effects: READ,
  size: 1,
  reads: 0,
  index,
})

export const globalGet = (global: number, part: number, type: RegType, mutable: boolean): Expr => ({
  kind: 'global.get',
  type,
  effects: mutable ? READ : 0,
  size: 1,
  reads: 0,
  global,
  part,
})

export const refFunc = (func: number): Expr => ({ kind: 'ref.func', type: 'ref', effects: 0, size: 1, reads: 0, func })

export const select = (cond: Expr, then: Expr, otherwise: Expr): Expr => ({
  kind: 'select',
  type: then.type,
  effects: cond.effects | then.effects | otherwise.effects,
  size: 1 + cond.size + then.size + otherwise.size,
  reads: cond.reads | then.reads | otherwise.reads,
  cond,
  then,
  else: otherwise,
})

export const runtime = (
  name: string,
  entities: readonly EntityRef[],
  args: readonly Expr[],
  effects: number,
  type: RegType = 'i32',
): Expr => ({
  kind: 'runtime',
  type,
  effects: effectsOf(args, effects),
  size: sizeOf(args),
  reads: readsOf(args),
  name,
  entities,
  args,
  own: effects,
})

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

/** Calls `visit` for every register that the tree reads, in the order of evaluation. */
export function forEachRead(e: Expr, visit: (reg: Reg) => void): void {
  if (e.reads === 0) return
  switch (e.kind) {
    case 'reg':
      return visit(e.reg)
    case 'load':
      return forEachRead(e.addr, visit)
    case 'plain':
    case 'call':
    case 'runtime':
      for (let i = 0; i < e.args.length; i++) forEachRead(e.args[i]!, visit)
      return
    default:
      for (const operand of operands(e)) forEachRead(operand, visit)
  }
}

/** The same node on other operands, given in the order of `operands`. */
export function withOperands(e: Expr, args: readonly Expr[]): Expr {
  switch (e.kind) {
    case 'plain':
      return plain(e.op, e.type, args, e.own)
    case 'call':
      return { ...e, size: sizeOf(args), reads: readsOf(args), args }
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

/** Calls `visit` for every register that the expressions of a statement itself read. */
export function forEachReadIn(stmt: Stmt, visit: (reg: Reg) => void): void {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return forEachRead(stmt.value, visit)
    case 'store':
      forEachRead(stmt.addr, visit)
      return forEachRead(stmt.value, visit)
    case 'return':
      for (const value of stmt.values) forEachRead(value, visit)
      return
    case 'tail':
      return forEachRead(stmt.call, visit)
    case 'if':
      return forEachRead(stmt.cond, visit)
    case 'switch':
      return forEachRead(stmt.index, visit)
  }
}

/** Whether the tree reads a register. */
export function readsReg(e: Expr, reg: Reg): boolean {
  if ((e.reads & (1 << (reg.id & 31))) === 0) return false
  if (e.kind === 'reg') return e.reg === reg
  return operands(e).some((arg) => readsReg(arg, reg))
}

export const isAtom = (e: Expr): boolean => e.kind === 'reg' || e.kind === 'const'
