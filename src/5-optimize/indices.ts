// Element indices in registers, for accesses by typed array: where a pointer is used again and again, its index is worked
// out once, when the pointer is set, and so is whether it is aligned. An index that stands for an unaligned pointer is
// outside of every array, so that each access by it goes the slow way, which is the exact one.
//
//   p = q                              p = q; i = p & 7 ? 8589934592 : p >>> 3
//   f64.load offset=8 (p)              F64_0_8[i] ?? slow_f64_load(B0, (p >>> 0) + 8)
//   f64.store (i32.add (p) 16)         if ((j = i + 2) >= N64_0) slow_f64_store(...); else F64_0[j] = x

import type { Expr, Load } from '../3-ir/expr.ts'
import { i32, load, operation, regRead } from '../3-ir/expressions.ts'
import type { Func, Reg, Stmt, Store } from '../3-ir/ir.ts'
import { weightInside } from '../3-ir/loop-weight.ts'
import { bytesOf, shiftOf } from '../3-ir/ops/accesses.ts'
import { setReg, store } from '../3-ir/statements.ts'
import { rewrite } from '../3-ir/walk.ts'
import { alignmentOf } from './alignment.ts'
import { findValues, type Values } from './facts/values.ts'

/** An address, and the register that holds the index of the element that its register points to. */
export const INDEXED = 'i32.indexed'

/** The register of an address and what is added to it. */
export function baseOf(addr: Expr): { reg: Reg; extra: number } | undefined {
  if (addr.kind === 'reg') return { reg: addr.reg, extra: 0 }
  if (addr.kind !== 'op' || addr.op !== 'i32.add') return undefined
  const [left, right] = addr.args
  return left!.kind === 'reg' && right!.kind === 'const' ? { reg: left!.reg, extra: right!.value } : undefined
}

/**
 * The base of an access whose index is that of its register plus a constant. With an offset, the address must not have
 * wrapped around below zero: what is added may not be negative then.
 */
function indexable({ op, addr, offset }: Load | Store): Reg | undefined {
  const base = baseOf(addr)
  if (base === undefined || shiftOf(op) === 0 || (base.extra < 0 && offset > 0)) return undefined
  return (base.extra | offset) % bytesOf(op) === 0 ? base.reg : undefined
}

/** What an index saves for a load, a store and an access that needs no check of its alignment, and what one costs. */
const [LOAD, STORE, ALIGNED, COST] = [2, 4, 1, 4]

export function shareIndices(func: Func): Func {
  const sharing = new Sharing(func)
  return sharing.run()
}

class Sharing {
  readonly #func: Func
  readonly #values: Values
  /** By register id and shift. */
  readonly #gains = new Map<string, number>()
  /** By register id: how often it is set, loops weighing more. */
  readonly #sets: Float64Array
  /** By register id: indices to be kept, by shift. */
  readonly #indices = new Map<number, Reg[]>()
  #regCount: number

  constructor(func: Func) {
    this.#func = func
    this.#regCount = func.regCount
    this.#values = findValues(func)
    this.#sets = new Float64Array(func.regCount)
    for (const { id } of func.params) this.#sets[id] = 1
    this.#count(func.body, 1)
  }

  run(): Func {
    const func = this.#func
    for (const [key, gain] of this.#gains) {
      const [id, shift] = key.split(' ').map(Number) as [number, number]
      if (gain >= COST * this.#sets[id]!) this.#choose(id, shift)
    }
    if (this.#indices.size === 0) return func
    const { body } = rewrite(func, {
      expr: (e) => (e.kind === 'load' ? this.#load(e) : e),
      list: (stmts) => stmts.flatMap((stmt) => this.#stmt(stmt)),
    })
    const start = [...func.params, ...func.locals].flatMap((reg) => this.#indicesOf(reg, 0))
    return { ...func, body: [...start, ...body], regCount: this.#regCount }
  }

  #count(stmts: readonly Stmt[], weight: number): void {
    for (const stmt of stmts) {
      for (const { id } of stmt.regs) this.#sets[id]! += weight
      if (stmt.kind === 'store') this.#gain(stmt, weight * STORE, weight)
      for (const e of stmt.args) this.#countLoads(e, weight)
      const inner = weightInside(stmt, weight)
      for (const body of stmt.bodies) this.#count(body, inner)
    }
  }

  #countLoads(e: Expr, weight: number): void {
    if (e.kind === 'load') this.#gain(e, weight * LOAD, weight)
    for (const operand of e.args) this.#countLoads(operand, weight)
  }

  #gain(access: Load | Store, gain: number, weight: number): void {
    const reg = indexable(access)
    if (reg === undefined) return
    const isAligned = alignmentOf(regRead(reg), this.#values) >= bytesOf(access.op)
    const key = `${reg.id} ${shiftOf(access.op)}`
    this.#gains.set(key, (this.#gains.get(key) ?? 0) + (isAligned ? weight * ALIGNED : gain))
  }

  #choose(id: number, shift: number): void {
    const indices = this.#indices.get(id) ?? []
    indices[shift] = { id: this.#regCount++, type: 'f64', local: undefined }
    this.#indices.set(id, indices)
  }

  /** What sets the indices of a register that was just set. */
  #indicesOf(reg: Reg, at: number): Stmt[] {
    const indices = this.#indices.get(reg.id) ?? []
    return indices.flatMap((index, shift) => [setReg(index, this.#indexOf(reg, shift), at)])
  }

  #indexOf(reg: Reg, shift: number): Expr {
    const isAligned = alignmentOf(regRead(reg), this.#values) >= 1 << shift
    if (isAligned) return operation('f64.convert_i32_u', [operation('i32.shr_u', [regRead(reg), i32(shift)])])
    return operation('f64.element_index', [regRead(reg), i32(shift)])
  }

  #addressOf(access: Load | Store): Expr {
    const reg = indexable(access)
    const index = reg && this.#indices.get(reg.id)?.[shiftOf(access.op)]
    return index === undefined ? access.addr : operation(INDEXED, [access.addr, regRead(index)])
  }

  #load(e: Load): Expr {
    const addr = this.#addressOf(e)
    return addr === e.addr ? e : load(e.op, e.memory, addr, e.offset, e.guard)
  }

  #stmt(stmt: Stmt): Stmt[] {
    if (stmt.kind === 'store') {
      const { op, memory, offset, value, at } = stmt
      return [store(op, memory, this.#addressOf(stmt), offset, value, at)]
    }
    return stmt.regs.length === 0 ? [stmt] : [stmt, ...stmt.regs.flatMap((reg) => this.#indicesOf(reg, stmt.at))]
  }
}
