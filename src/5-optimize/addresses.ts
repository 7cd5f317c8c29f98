// Finds accesses whose address needs no `>>> 0`: no memory is larger than 2 GiB, so what was accessed at `p` once is not
// negative as long as `p` is not set again, and a sum that exceeds 2^31 is out of bounds, wrapped or not.
//
//   i32.load offset=4 (p) after i32.load (p)     D0.v.getInt32((p >>> 0) + 4, true)      D0.v.getInt32(p + 4, true)

import { bitsOf } from '../3-ir/bits/of-tree.ts'
import { READ } from '../3-ir/effects.ts'
import type { Expr, Load } from '../3-ir/expr.ts'
import type { Dispatch, Func, Label, List, Loop, Stmt, Store, Try } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { isCompound } from '../3-ir/statements.ts'
import { FAR, Facts, type Join, type Level, NOT_NEGATIVE, UNKNOWN } from './addresses/facts.ts'

export type Access = Load | Store

/**
 * How the address of an access may be taken so that with the offset it is exact, or out of bounds like what it stands for:
 * as a signed `word`; or, if it is an `i32.add` or `i32.sub`, as the `sum` of its operands, which are signed words and are
 * not wrapped.
 */
export type Signed = 'word' | 'sum'

/** @param isSmall whether a memory never exceeds 2 GiB */
export function findSignedAddresses(func: Func, isSmall: (memory: number) => boolean): ReadonlyMap<Access, Signed> {
  const finder = new AddressFinder(func, isSmall)
  finder.list(func.body)
  return finder.signed
}

class AddressFinder {
  readonly signed = new Map<Access, Signed>()
  readonly #isSmall: (memory: number) => boolean
  readonly #facts: Facts
  readonly #body: List
  #sets: LoopSets | undefined
  /** Where branches to the labels around go, but those of loops. */
  readonly #joins = new Map<Label, Join>()

  constructor(func: Func, isSmall: (memory: number) => boolean) {
    this.#isSmall = isSmall
    this.#facts = new Facts(func.regCount)
    this.#body = func.body
  }

  list(list: List): void {
    for (let i = 0; i < list.length; i++) this.#stmt(list[i]!)
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'set':
        this.#expr(stmt.value)
        if (stmt.reg.type === 'i32') this.#facts.put(stmt.reg.id, this.#level(stmt.value))
        return
      case 'call':
        this.#expr(stmt.value)
        for (let i = 0; i < stmt.regs.length; i++) this.#facts.put(stmt.regs[i]!.id, UNKNOWN)
        return
      case 'store':
        this.#expr(stmt.addr)
        this.#expr(stmt.value)
        return this.#access(stmt)
      case 'if':
        this.#expr(stmt.cond)
        return this.#ways(stmt.bodies, stmt.label)
      case 'block':
        return this.#ways(stmt.bodies, stmt.label)
      case 'loop':
      case 'dispatch':
        return this.#again(stmt)
      case 'try':
        return this.#try(stmt)
      case 'switch':
        this.#expr(stmt.index)
        return this.#ways(stmt.bodies)
      case 'br': {
        const join = this.#joins.get(stmt.target)
        if (join !== undefined) this.#facts.arrive(join)
        return
      }
      case 'expr':
      case 'global.set':
      case 'return':
      case 'trap':
      case 'throw':
      case 'tail':
        for (let i = 0; i < stmt.args.length; i++) this.#expr(stmt.args[i]!)
        return
      default:
        stmt satisfies never
    }
  }

  /** Lists of which one runs, and where branches to the label go from inside. */
  #ways(lists: readonly List[], label?: Label): void {
    const join = this.#facts.join()
    if (label !== undefined) this.#joins.set(label, join)
    for (let i = 0; i < lists.length; i++) {
      const list = lists[i]!
      this.list(list)
      if (!leaves(list)) this.#facts.arrive(join)
      this.#facts.back(join)
    }
    this.#facts.leave(join)
  }

  /** Control may come to the handler from anywhere in the body. */
  #try(stmt: Try): void {
    const join = this.#facts.join()
    const way = (list: List): void => {
      this.list(list)
      if (!leaves(list)) this.#facts.arrive(join)
      this.#facts.back(join)
    }
    way(stmt.body)
    this.#forgetSets(stmt)
    way(stmt.handler)
    this.#facts.leave(join)
  }

  /** What runs again and again: the arms of a dispatch in any order. */
  #again(stmt: Loop | Dispatch): void {
    this.#forgetSets(stmt)
    if (stmt.kind === 'loop') return this.list(stmt.body)
    const join = this.#facts.join()
    for (const { body } of stmt.arms) {
      this.list(body)
      this.#facts.back(join)
    }
  }

  /** Nothing is known any more of what is set in a statement. */
  #forgetSets(stmt: Stmt): void {
    this.#sets ??= new LoopSets(this.#body)
    this.#sets.forEach(stmt, this.#forget)
  }

  readonly #forget = (id: number): void => this.#facts.put(id, UNKNOWN)

  #expr(e: Expr): void {
    if ((e.effects & READ) === 0) return
    for (let i = 0; i < e.args.length; i++) this.#expr(e.args[i]!)
    if (e.kind === 'load') this.#access(e)
  }

  #access(access: Access): void {
    if (!this.#isSmall(access.memory)) return
    const { addr, offset } = access
    const signed = this.#signed(addr, offset)
    if (signed !== undefined) this.signed.set(access, signed)
    if (addr.kind === 'reg') this.#facts.put(addr.reg.id, NOT_NEGATIVE)
  }

  #signed(addr: Expr, offset: number): Signed | undefined {
    const level = this.#level(addr)
    if (this.#isSum(addr, offset, level)) return 'sum'
    // A value that is negative must stay negative when the offset is added.
    return level === NOT_NEGATIVE || (level === FAR && offset <= FAR_ENOUGH) ? 'word' : undefined
  }

  /**
   * Whether a sum that is not wrapped is as good: where the wrapped one is another number, both must be out of bounds. That a
   * wrapped sum is not negative says nothing of this: of two negative numbers it may be so.
   */
  #isSum(addr: Expr, offset: number, level: Level): boolean {
    if (addr.kind !== 'op' || (addr.op !== 'i32.add' && addr.op !== 'i32.sub')) return false
    const x = addr.args[0]!
    const y = addr.args[1]!
    const isLeft = this.#isNonNegative(x)
    const isRight = this.#isNonNegative(y)
    // Numbers of different signs, or their difference if they are of one: it never wraps.
    const isExact = addr.op === 'i32.sub' ? isLeft && isRight : isLeft && isNegative(y)
    if (isExact) return offset === 0 || level === NOT_NEGATIVE
    if (addr.op === 'i32.sub') return false
    if (y.kind === 'const' && y.value >= 0) return this.#isFar(x, y.value + offset)
    return isLeft && isRight ? true : offset === 0 && (isLeft || isRight)
  }

  /** Whether a value plus so much is negative if the value is. */
  #isFar(e: Expr, more: number): boolean {
    const level = this.#level(e)
    return level === NOT_NEGATIVE || (level === FAR && more <= FAR_ENOUGH)
  }

  #isNonNegative(e: Expr): boolean {
    return this.#level(e) === NOT_NEGATIVE
  }

  #level(e: Expr): Level {
    if (e.kind === 'reg') return this.#facts.get(e.reg.id)
    if (e.kind === 'select') return Math.min(this.#level(e.then), this.#level(e.else)) as Level
    if (e.kind === 'op') {
      const x = e.args[0]!
      const y = e.args[1]!
      if (e.op === 'i32.and' && (this.#isNonNegative(x) || this.#isNonNegative(y))) return NOT_NEGATIVE
      if (e.op === 'i32.shr_s' && this.#isNonNegative(x)) return NOT_NEGATIVE
      if (e.op === 'i32.add' && isStep(y) && this.#isNonNegative(x)) return FAR
    }
    return e.type === 'i32' && bitsOf(e).isNotNegative ? NOT_NEGATIVE : UNKNOWN
  }
}

/** A negative value that is `FAR` is farther below zero than this. */
const FAR_ENOUGH = 1 << 30

const isNegative = (e: Expr): boolean => e.kind === 'const' && e.value < 0

const isStep = (e: Expr): boolean => e.kind === 'const' && e.value >= 0 && e.value <= FAR_ENOUGH

/** The i32 registers that are set in statements which control comes to from where they have been set. */
class LoopSets {
  readonly #ids: number[] = []
  readonly #ranges = new Map<Stmt, readonly [number, number]>()

  constructor(body: List) {
    this.#list(body)
  }

  forEach(stmt: Stmt, visit: (id: number) => void): void {
    const range = this.#ranges.get(stmt)!
    for (let i = range[0]; i < range[1]; i++) visit(this.#ids[i]!)
  }

  #list(list: List): void {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      for (let j = 0; j < stmt.regs.length; j++) if (stmt.regs[j]!.type === 'i32') this.#ids.push(stmt.regs[j]!.id)
      if (!isCompound(stmt)) continue
      const from = this.#ids.length
      if (stmt.kind === 'dispatch') this.#ids.push((stmt satisfies Dispatch).state.id)
      for (let j = 0; j < stmt.bodies.length; j++) this.#list(stmt.bodies[j]!)
      if (stmt.kind === 'loop' || stmt.kind === 'try' || stmt.kind === 'dispatch')
        this.#ranges.set(stmt, [from, this.#ids.length])
    }
  }
}
