// Sums of 16-bit lanes that never need more bits are sums of whole words. How large lanes are is followed through registers as
// numbers, where known.ts knows bits. Products by a weight and by what it lacks to 255 are at most 255 * 255 together, as in
// what is blended:
//
//   l2 = v128.not(l1)                                              x * a + y * (255 - a)
//   i16x8.add(i16x8.extmul_low_i8x16_u(l3, l1),                    i32x4.add(..., ...)
//     i16x8.extmul_low_i8x16_u(l4, l2))

import type { Expr, Operation } from '../../../3-ir/expr.ts'
import { operation, withOperands } from '../../../3-ir/expressions.ts'
import type { Func, Reg } from '../../../3-ir/ir.ts'
import { located } from '../../../3-ir/positions.ts'
import type { Facts } from '../../facts/sparse.ts'
import { type Known, knownIn } from './known.ts'
import { StraightRewriter } from './straight.ts'

/** The bytes of a register, or what they lack to 255. */
interface Weight {
  readonly of: Reg
  readonly isRest: boolean
}

/** What an op makes of two vectors: at most 255 times the bytes that it takes of each of these weights. */
interface Product {
  readonly op: string
  readonly by: readonly Weight[]
}

interface Size {
  /** The largest that a lane of 16 bits is. */
  readonly most: number
  /** The vector is this weight. */
  readonly weight?: Weight
  readonly product?: Product
}

const MOST = 0xffff
const BYTE = 0xff

/** @param known what is known of the v128 registers of the function: they hold the same afterwards */
export function widenSums(func: Func, known: Facts<Known>): Func {
  const body = new Sums(known).list(func.body)
  return body === func.body ? func : { ...func, body }
}

class Sums extends StraightRewriter<Size> {
  readonly #known: Facts<Known>

  constructor(known: Facts<Known>) {
    super()
    this.#known = known
  }

  protected rewritten(e: Expr): Expr {
    if (e.args.length === 0) return e
    const args = e.args.map((arg) => this.rewritten(arg))
    if (e.kind === 'op' && e.op === 'i16x8.add' && this.#sum(e) <= MOST)
      return located(operation('i32x4.add', args as [Expr, Expr]), e.at)
    return args.every((arg, i) => arg === e.args[i]) ? e : withOperands(e, args)
  }

  protected factOf(reg: Reg, value: Expr): Size | undefined {
    const size = this.#sizeOf(value)
    const isWeight = size.weight !== undefined && size.weight.of !== reg
    return size.most < MOST || isWeight || size.product !== undefined ? size : undefined
  }

  protected isAbout({ weight, product }: Size, reg: Reg): boolean {
    return weight?.of === reg || product?.by.some(({ of }) => of === reg) === true
  }

  #sizeOf(e: Expr): Size {
    if (e.kind === 'reg') {
      const held = this.heldIn(e.reg)
      return { most: this.#mostOf(e), weight: { of: e.reg, isRest: false }, ...held }
    }
    if (e.kind !== 'op') return { most: MOST }
    const most = Math.min(this.#mostOf(e), this.#computed(e))
    const [weight, product] = [this.#restIn(e), this.#productIn(e)]
    return { most, ...(weight && { weight }), ...(product && { product }) }
  }

  /** By what is known of bits. */
  #mostOf(e: Expr): number {
    const bits = knownIn(e, this.#known)?.bits ?? -1
    return Math.max(bits & MOST, bits >>> 16)
  }

  #computed(e: Operation): number {
    const [x, y] = e.args as readonly [Expr, Expr]
    switch (e.op) {
      case 'i16x8.add':
        return Math.min(this.#sum(e), MOST)
      case 'i16x8.shr_u':
        return y.kind === 'const' ? this.#sizeOf(x).most >>> (y.value & 15) : MOST
      case 'i16x8.extmul_low_i8x16_u':
      case 'i16x8.extmul_high_i8x16_u':
        return BYTE * BYTE
      default:
        return MOST
    }
  }

  /** The largest that a lane of a sum is, if it has room for it. */
  #sum({ args: [a, b] }: Operation): number {
    const [x, y] = [this.#sizeOf(a!), this.#sizeOf(b!)]
    return isBlend(x.product, y.product) ? BYTE * BYTE : x.most + y.most
  }

  #restIn(e: Operation): Weight | undefined {
    if (e.op !== 'v128.not') return undefined
    const weight = this.#sizeOf(e.args[0]!).weight
    return weight && { of: weight.of, isRest: !weight.isRest }
  }

  #productIn({ op, args }: Operation): Product | undefined {
    if (op !== 'i16x8.extmul_low_i8x16_u' && op !== 'i16x8.extmul_high_i8x16_u') return undefined
    const by = args.flatMap((arg) => this.#sizeOf(arg).weight ?? [])
    return by.length === 0 ? undefined : { op, by }
  }
}

/** Whether one is by a weight, and the other by what that lacks to 255. */
const isBlend = (x: Product | undefined, y: Product | undefined): boolean =>
  x !== undefined &&
  x.op === y?.op &&
  x.by.some((one) => y.by.some((other) => one.of === other.of && one.isRest !== other.isRest))
