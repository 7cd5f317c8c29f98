// Finds accesses whose address needs no `>>> 0`: no memory is larger than 2 GiB, so what was accessed at `p` once is not
// negative as long as `p` is not set again, and a sum that exceeds 2^31 is out of bounds, wrapped or not.
//
//   i32.load offset=4 (p) after i32.load (p)     D0.v.getInt32((p >>> 0) + 4, true)      D0.v.getInt32(p + 4, true)

import { operands } from '../3-lower/build.ts'
import { type Dispatch, type Expr, type Func, type If, type Load, READ, type Stmt, type Store } from '../3-lower/ir.ts'
import { mayBeSet } from '../3-lower/known-bits.ts'
import { isCompound } from '../3-lower/statements.ts'
import { bodiesOf, expressionsOf } from './rewrite.ts'
import { type List, leaves } from './split/tree.ts'

export type Access = Load | Store

/**
 * @param isSmall whether a memory never exceeds 2 GiB
 * @returns the accesses for which address (of a sum: its operands, added without wrapping) plus offset is exact, or out
 *   of bounds like what it stands for
 */
export function findPlainAddresses(func: Func, isSmall: (memory: number) => boolean): ReadonlySet<Access> {
  const finder = new AddressFinder(func, isSmall)
  finder.list(func.body)
  return finder.plain
}

class AddressFinder {
  readonly plain = new Set<Access>()
  readonly #isSmall: (memory: number) => boolean
  /** By register id: 1 if it is known not to be negative. */
  readonly #known: Uint8Array
  /** Changes of `#known`, to take them back: twice the id plus the old value. */
  readonly #trail: number[] = []
  readonly #sets: LoopSets

  constructor(func: Func, isSmall: (memory: number) => boolean) {
    this.#isSmall = isSmall
    this.#known = new Uint8Array(func.regCount)
    this.#sets = new LoopSets(func.body)
  }

  list(list: List): void {
    for (let i = 0; i < list.length; i++) this.#stmt(list[i]!)
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'set':
        this.#expr(stmt.value)
        if (stmt.reg.type === 'i32') this.#put(stmt.reg.id, this.#isNonNegative(stmt.value))
        return
      case 'store':
        this.#expr(stmt.addr)
        this.#expr(stmt.value)
        return this.#access(stmt)
      case 'if':
        this.#expr(stmt.cond)
        return this.#if(stmt)
      case 'block':
        return this.#apart(stmt.label.uses > 0, [stmt.body])
      case 'loop':
      case 'dispatch':
        for (const id of this.#sets.of(stmt)) this.#put(id, false)
        return this.#apart(true, bodiesOf(stmt))
      case 'switch':
        this.#expr(stmt.index)
        return this.#apart(true, bodiesOf(stmt))
      default:
        for (const e of expressionsOf(stmt)) this.#expr(e)
    }
  }

  #put(id: number, isKnown: boolean): void {
    const value = Number(isKnown)
    if (this.#known[id] === value) return
    this.#trail.push(id * 2 + this.#known[id]!)
    this.#known[id] = value
  }

  /** @param isLeft whether control may come out anywhere inside: then only what held all the time still holds */
  #apart(isLeft: boolean, lists: readonly List[]): void {
    for (const list of lists) {
      const mark = this.#trail.length
      this.list(list)
      if (!isLeft) continue
      for (const id of this.#undo(mark)) this.#put(id, false)
    }
  }

  #if(stmt: If): void {
    if (stmt.label !== undefined) return this.#apart(true, bodiesOf(stmt))
    const mark = this.#trail.length
    this.list(stmt.then)
    const then = this.#takeBack(mark)
    this.list(stmt.else)
    if (leaves(stmt.then)) return
    if (leaves(stmt.else)) {
      this.#takeBack(mark)
      for (const [id, last] of then) this.#put(id, last === 1)
      return
    }
    const otherwise = this.#takeBack(mark)
    for (const [id, last] of then) {
      const other = otherwise.get(id) ?? this.#known[id]
      this.#put(id, last === 1 && other === 1)
    }
    for (const [id, last] of otherwise) if (last === 0) this.#put(id, false)
  }

  /** Undoes changes. @returns the registers of which something was known that was lost at some time */
  #undo(mark: number): number[] {
    const lost: number[] = []
    while (this.#trail.length > mark) {
      const entry = this.#trail.pop()!
      this.#known[entry >> 1] = entry & 1
      if ((entry & 1) === 1) lost.push(entry >> 1)
    }
    return lost
  }

  /** Undoes changes. @returns for each register that they were of: its last value */
  #takeBack(mark: number): Changes {
    if (this.#trail.length === mark) return NO_CHANGES
    const changes = new Map<number, number>()
    for (let i = mark; i < this.#trail.length; i++) {
      const id = this.#trail[i]! >> 1
      changes.set(id, this.#known[id]!)
    }
    this.#undo(mark)
    return changes
  }

  #expr(e: Expr): void {
    if ((e.effects & READ) === 0) return
    for (const operand of operands(e)) this.#expr(operand)
    if (e.kind === 'load') this.#access(e)
  }

  #access(access: Access): void {
    if (!this.#isSmall(access.memory)) return
    const { addr, offset } = access
    if (this.#isPlain(addr, offset)) this.plain.add(access)
    if (addr.kind === 'reg') this.#put(addr.reg.id, true)
  }

  #isPlain(addr: Expr, offset: number): boolean {
    if (this.#isNonNegative(addr)) return true
    if (addr.kind !== 'plain') return false
    const [x, y] = addr.args as [Expr, Expr]
    if (addr.op === 'i32.add') {
      if (y.kind === 'const' && y.value >= 0) return this.#isNonNegative(x)
      return offset === 0 && (this.#isNonNegative(x) || this.#isNonNegative(y))
    }
    return addr.op === 'i32.sub' && offset === 0 && this.#isNonNegative(x) && this.#isNonNegative(y)
  }

  #isNonNegative(e: Expr): boolean {
    if (e.kind === 'reg') return this.#known[e.reg.id] === 1
    if (e.kind === 'select') return this.#isNonNegative(e.then) && this.#isNonNegative(e.else)
    if (e.kind === 'plain') {
      const [x, y] = e.args as [Expr, Expr]
      if (e.op === 'i32.and') return this.#isNonNegative(x) || this.#isNonNegative(y)
      if (e.op === 'i32.shr_s') return this.#isNonNegative(x)
    }
    return e.type === 'i32' && mayBeSet(e) >= 0
  }
}

/** By register id: 1 if it is known not to be negative. */
type Changes = ReadonlyMap<number, number>

const NO_CHANGES: Changes = new Map()

/** The registers that loops set. */
class LoopSets {
  readonly #ids: number[] = []
  readonly #ranges = new Map<Stmt, readonly [number, number]>()

  constructor(body: List) {
    this.#list(body)
  }

  of(stmt: Stmt): readonly number[] {
    const [from, to] = this.#ranges.get(stmt)!
    return this.#ids.slice(from, to)
  }

  #list(list: List): void {
    for (const stmt of list) {
      if (stmt.kind === 'set') this.#ids.push(stmt.reg.id)
      if (!isCompound(stmt)) continue
      const from = this.#ids.length
      if (stmt.kind === 'dispatch') this.#ids.push((stmt satisfies Dispatch).state.id)
      for (const body of bodiesOf(stmt)) this.#list(body)
      if (stmt.kind === 'loop' || stmt.kind === 'dispatch') this.#ranges.set(stmt, [from, this.#ids.length])
    }
  }
}
