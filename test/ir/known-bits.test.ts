// What is known of the result of an instruction is true of what the native engine computes, for any operands of which the
// operands' known bits are true.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KnownBits, Width } from '../../src/3-ir/bits/known-bits.ts'
import { OF_LONGS, OF_WORDS } from '../../src/3-ir/bits/rules.ts'
import type { IrOp } from '../../src/3-ir/ops/index.ts'
import { compute, highOf, INTEGER, knowing, lieOf, lowOf, widthOf } from './integers.ts'

/** An integer, and what is known of it. */
interface Sample {
  readonly value: bigint
  readonly bits: KnownBits
}

const MIN = -1n << 63n
const MAX = (1n << 63n) - 1n
const EDGES = [0n, 1n, -1n, 2n, 31n, 32n, 63n, 64n, 255n, 0x7fffffffn, -0x80000000n, 1n << 32n, MAX, MIN]

const any = fc.bigInt({ min: MIN, max: MAX })

/** Numbers of every length. */
const numberOf = (width: Width): fc.Arbitrary<bigint> => {
  const shifted = fc.tuple(any, fc.nat(63)).map(([value, by]) => value >> BigInt(by))
  return fc.oneof(fc.constantFrom(...EDGES), any, shifted, shifted).map((x) => BigInt.asIntN(width, x))
}

/** What may be known: much, little, the top or the bottom. */
function maskOf(width: Width): fc.Arbitrary<bigint> {
  const top = fc.nat(width).map((by) => -1n << BigInt(by))
  const allBut = (places: number[]): bigint => places.reduce((mask, place) => mask & ~(1n << BigInt(place)), -1n)
  const few = fc.array(fc.nat(width - 1), { maxLength: 3 }).map(allBut)
  const bottom = top.map((mask) => ~mask)
  return fc.oneof(any, top, bottom, few, fc.constant(-1n), fc.constant(0n))
}

function sample(width: Width): fc.Arbitrary<Sample> {
  const hidden = fc.oneof(fc.constant(0), fc.constant(64), fc.nat(64))
  return fc
    .tuple(numberOf(width), maskOf(width), hidden)
    .map(([value, mask, signs]) => ({ value, bits: knowing(value, width, mask, signs) }))
}

describe.each(INTEGER)('$name', ({ name, params, result }) => {
  const rule = (params[0] === 'i32' ? OF_WORDS : OF_LONGS).get(name as IrOp)!
  const apply = (args: readonly KnownBits[]): KnownBits => rule(args[0]!, args[args.length - 1]!)

  test('what is known is true', () => {
    const samples = params.map((type) => sample(widthOf(type)))
    fc.assert(
      fc.property(fc.tuple(...samples), (args) => {
        const value = compute(
          name,
          args.map((each) => each.value),
        )
        if (value === undefined) return
        expect(lieOf(apply(args.map(({ bits }) => bits)), value, widthOf(result))).toBe(undefined)
      }),
      { numRuns: 1500 },
    )
  })

  test('all is known of what is computed from constants', () => {
    const numbers = params.map((type) => numberOf(widthOf(type)))
    fc.assert(
      fc.property(fc.tuple(...numbers), (args) => {
        const value = compute(name, args)
        if (value === undefined) return
        const bits = apply(args.map((arg, i) => knowing(arg, widthOf(params[i]!), -1n, 0)))
        const hi = result === 'i64' ? highOf(value) : 0
        expect([bits.isConstant, bits.onesLo, bits.onesHi]).toEqual([true, lowOf(value), hi])
      }),
    )
  })
})
