// v128 values as numbers: a register of type v128 becomes four or two, of the shape that its uses want (shapes.ts).

import type { Expr, Load, Operation } from '../../../3-ir/expr.ts'
import { load, regRead } from '../../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth, refold } from '../../../3-ir/fold.ts'
import type { CallSet, Reg, Store } from '../../../3-ir/ir.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { VectorOp } from '../../../3-ir/ops/index.ts'
import { located } from '../../../3-ir/positions.ts'
import { store } from '../../../3-ir/statements.ts'
import type { Facts } from '../../facts/sparse.ts'
import type { Representation, Workplace } from '../representation.ts'
import { callOf } from './calls.ts'
import { either, type Known, knownOf, UNKNOWN } from './known.ts'
import { RULES } from './rules.ts'
import { lanesAs, ofWords, SHAPES, type Shape, type Vector } from './vector.ts'

interface Held {
  readonly shape: Shape
  readonly regs: readonly Reg[]
}

type AnyRule = (s: OperandStack, ...operands: readonly (Vector | Expr)[]) => Vector | Expr

export class AsVectors implements Representation<Vector> {
  readonly type = 'v128'
  readonly #at: Workplace
  readonly #shapeOf: (reg: Reg) => Shape
  readonly #known: Facts<Known>
  readonly #areCalled: boolean
  /** By id of a v128 register. */
  readonly #held: Held[] = []

  /** @param areCalled whether what takes many operations is called (calls.ts) */
  constructor(at: Workplace, shapeOf: (reg: Reg) => Shape, known: Facts<Known>, areCalled: boolean) {
    this.#at = at
    this.#shapeOf = shapeOf
    this.#known = known
    this.#areCalled = areCalled
  }

  #heldIn(reg: Reg): Held {
    let held = this.#held[reg.id]
    if (held === undefined) {
      const shape = this.#shapeOf(reg)
      const { lanes, type } = SHAPES[shape]
      held = { shape, regs: Array.from({ length: lanes }, () => this.#at.fresh.reg(type, reg.local)) }
      this.#held[reg.id] = held
    }
    return held
  }

  stays(): boolean {
    return true
  }

  called(node: CallSet['value']): Expr {
    return node
  }

  constant(): Vector {
    throw new Error('a constant v128 is an operation')
  }

  read(reg: Reg): Vector {
    const { shape, regs } = this.#heldIn(reg)
    return { shape, lanes: regs.map(regRead), known: this.#known[reg.id] ?? UNKNOWN }
  }

  registersOf(reg: Reg): readonly Reg[] {
    return this.#heldIn(reg).regs
  }

  load(e: Load, address: Expr): Vector {
    const addr = this.#at.stack.atom(address)
    return ofWords([0, 4, 8, 12].map((more) => located(load('i32.load', e.memory, addr, e.offset + more), e.at)))
  }

  select(cond: Expr, then: Vector, otherwise: Vector): Vector {
    const { stack } = this.#at
    const shape = then.shape === otherwise.shape ? then.shape : 'i32x4'
    const free = (v: Vector): readonly Expr[] =>
      lanesAs(stack, v, shape).map((e) => (e.effects === 0 ? e : stack.name(e)))
    const [x, y] = [free(then), free(otherwise)]
    const pick = shape === 'i32x4' && isTruth(cond) ? chooseMasked : choose
    const once = stack.atom(cond)
    const known = either(then.known ?? UNKNOWN, otherwise.known ?? UNKNOWN)
    return { shape, lanes: x.map((e, i) => pick(once, e, y[i]!)), known }
  }

  operation(e: Operation, operands: readonly (Vector | Expr)[]): Vector | Expr {
    const rule = this.#ruleOf(e.op as VectorOp)
    if (rule === undefined) return refold(e, operands as readonly Expr[])
    const made = rule(this.#at.stack, ...operands)
    if (e.type !== 'v128') return made
    const known = operands.map((v) => ('lanes' in v ? (v.known ?? UNKNOWN) : UNKNOWN))
    return { ...(made as Vector), known: knownOf(e, known) }
  }

  #ruleOf(op: VectorOp): AnyRule | undefined {
    const called = this.#areCalled ? callOf(op) : undefined
    return (called ?? RULES[op]) as AnyRule | undefined
  }

  set(reg: Reg, value: Vector): void {
    const { shape, regs } = this.#heldIn(reg)
    this.#at.assign(regs, lanesAs(this.#at.stack, value, shape))
  }

  /**
   * The highest lane goes first: if it is in bounds so are the others, and nothing is written by a store that traps.
   *
   *   v128.store    D.setInt32(a + 12, x3, true); ... D.setInt32(a, x0, true)
   */
  store({ memory, offset, at }: Store, address: Expr, value: Vector): void {
    const { stack } = this.#at
    const shape = value.shape
    const lanes = [...lanesAs(stack, value, shape)]
    const last = lanes.length - 1
    for (let i = 0; i < last; i++) if (lanes[i]!.effects !== 0) lanes[i] = stack.name(lanes[i]!)
    const addr = stack.atom(address)
    const size = 16 / lanes.length
    for (let i = last; i >= 0; i--) {
      this.#at.emit(store(STORES[shape], memory, addr, offset + size * i, lanes[i]!, at))
    }
  }

  toWords(value: Vector): readonly Expr[] {
    return lanesAs(this.#at.stack, value, 'i32x4')
  }

  fromWords(words: readonly Expr[]): Vector {
    return ofWords(words)
  }

  entries({ lanes }: Vector): readonly Expr[] {
    return lanes
  }

  withEntries({ shape, lanes, known }: Vector, entries: readonly Expr[], from: number): Vector {
    return { shape, lanes: entries.slice(from, from + lanes.length), known: known ?? UNKNOWN }
  }
}

const STORES = { i32x4: 'i32.store', f32x4: 'f32.store', f64x2: 'f64.store' } as const
