// What is known of the result of an instruction is true of what the native engine computes, for any operands of which the
// operands' known bits are true.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KnownBits, known, type Width } from '../../src/3-ir/bits/known-bits.ts'
import { OF_LONGS, OF_WORDS } from '../../src/3-ir/bits/rules.ts'
import type { IrOp } from '../../src/3-ir/ops/index.ts'
import { plainNumeric } from '../ops/plain.ts'
import { wat } from '../wat.ts'

/** Instructions from one or two integers to an integer. */
const INTEGER = plainNumeric.filter(({ params, result }) => [...params, result].every((type) => /^i/.test(type)))

const native = new WebAssembly.Instance(
  new WebAssembly.Module(
    wat(
      `(module ${INTEGER.map(
        ({ name, params, result }) => `(func (export "${name}") (param ${params.join(' ')}) (result ${result})
        (${name} ${params.map((_, i) => `(local.get ${i})`).join(' ')}))`,
      ).join('\n')})`,
    ),
  ),
).exports as Record<string, (...args: (number | bigint)[]) => number | bigint>

const widthOf = (type: string): Width => (type === 'i32' ? 32 : 64)

/** An integer, and what is known of it. */
interface Sample {
  readonly value: bigint
  readonly bits: KnownBits
}

const lowOf = (value: bigint): number => Number(BigInt.asIntN(32, value))
const highOf = (value: bigint): number => Number(BigInt.asIntN(32, value >> 32n))

/** How many bits at the top of a signed number are equal. */
function signsOf(value: bigint, width: Width): number {
  let signs = 1
  while (signs < width && BigInt.asIntN(width - signs, value) === value) signs++
  return signs
}

/** Says of a number what a mask lets be known of it. */
function knowing(value: bigint, width: Width, mask: bigint, hidden: number): Sample {
  const isLong = width === 64
  const [lo, hi] = [lowOf(value), isLong ? highOf(value) : 0]
  const [maskLo, maskHi] = [lowOf(mask), isLong ? highOf(mask) : 0]
  const signs = Math.max(1, signsOf(value, width) - hidden)
  return { value, bits: known(width, ~lo & maskLo, ~hi & maskHi, lo & maskLo, hi & maskHi, signs) }
}

/** Why what is known is not true of a number, or nothing. */
function lie(bits: KnownBits, value: bigint, width: Width): string | undefined {
  const [lo, hi] = [lowOf(value), width === 64 ? highOf(value) : 0]
  if (bits.width !== width) return `width ${bits.width}`
  if ((lo & bits.zerosLo) !== 0 || (hi & bits.zerosHi) !== 0) return 'a zero is one'
  if ((~lo & bits.onesLo) !== 0 || (~hi & bits.onesHi) !== 0) return 'a one is zero'
  return signsOf(value, width) < bits.signs ? 'copies of the sign' : undefined
}

const EDGES = [
  0n,
  1n,
  -1n,
  2n,
  31n,
  32n,
  63n,
  64n,
  255n,
  0x7fffffffn,
  -0x80000000n,
  1n << 32n,
  (1n << 63n) - 1n,
  -1n << 63n,
]

/** Numbers of every length, and masks that hide much, little, the top or the bottom. */
function sample(width: Width): fc.Arbitrary<Sample> {
  const any = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n })
  const shifted = fc.tuple(any, fc.nat(63)).map(([value, by]) => value >> BigInt(by))
  const value = fc.oneof(fc.constantFrom(...EDGES), any, shifted, shifted).map((x) => BigInt.asIntN(width, x))
  const edge = fc.nat(width).map((by) => -1n << BigInt(by))
  const few = fc
    .array(fc.nat(width - 1), { maxLength: 3 })
    .map((at) => at.reduce((mask, bit) => mask & ~(1n << BigInt(bit)), -1n))
  const mask = fc.oneof(
    any,
    edge,
    edge.map((x) => ~x),
    few,
    fc.constant(-1n),
    fc.constant(0n),
  )
  return fc
    .tuple(value, mask, fc.oneof(fc.constant(0), fc.constant(64), fc.nat(64)))
    .map((all) => knowing(all[0], width, all[1], all[2]))
}

const toNative = ({ value, bits }: Sample): number | bigint => (bits.width === 32 ? Number(value) : value)

/** Calls an instruction; undefined if it traps. */
function run(name: string, args: readonly Sample[]): bigint | undefined {
  try {
    return BigInt(native[name]!(...args.map(toNative)))
  } catch (e) {
    if (e instanceof WebAssembly.RuntimeError) return undefined
    throw e
  }
}

const ruleOf = (name: string, first: string) => (first === 'i32' ? OF_WORDS : OF_LONGS).get(name as IrOp)

describe.each(INTEGER)('$name', ({ name, params, result }) => {
  test('what is known is true', () => {
    const rule = ruleOf(name, params[0]!)!
    const samples = params.map((type) => sample(widthOf(type)))
    fc.assert(
      fc.property(fc.tuple(...samples), (args) => {
        const value = run(name, args)
        if (value === undefined) return
        expect(lie(rule(args[0]!.bits, args[args.length - 1]!.bits), value, widthOf(result))).toBe(undefined)
      }),
      { numRuns: 2000 },
    )
  })

  test('all is known of what is computed from constants', () => {
    const rule = ruleOf(name, params[0]!)!
    const constant = (type: string) => sample(widthOf(type)).map(({ value }) => knowing(value, widthOf(type), -1n, 0))
    fc.assert(
      fc.property(fc.tuple(...params.map(constant)), (args) => {
        const value = run(name, args)
        if (value === undefined) return
        const bits = rule(args[0]!.bits, args[args.length - 1]!.bits)
        expect([bits.isConstant, bits.onesLo, bits.onesHi]).toEqual([
          true,
          lowOf(value),
          result === 'i64' ? highOf(value) : 0,
        ])
      }),
    )
  })
})
