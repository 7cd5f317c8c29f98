// Integers as the tests of facts have them: signed BigInts of 32 or 64 bits, computed with by the native engine.

import { type KnownBits, known, type Width } from '../../src/3-ir/bits/known-bits.ts'
import { plainNumeric } from '../ops/plain.ts'
import { wat } from '../wat.ts'

/** Instructions from one or two integers to an integer. */
export const INTEGER = plainNumeric.filter(({ params, result }) => [...params, result].every((type) => /^i/.test(type)))

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

const PARAMS = new Map(INTEGER.map(({ name, params }) => [name as string, params]))

export const widthOf = (type: string): Width => (type === 'i32' ? 32 : 64)

/** @returns the result of an instruction; undefined if it traps */
export function compute(name: string, args: readonly bigint[]): bigint | undefined {
  try {
    return BigInt(native[name]!(...args.map((arg, i) => (PARAMS.get(name)![i] === 'i32' ? Number(arg) : arg))))
  } catch (e) {
    if (e instanceof WebAssembly.RuntimeError) return undefined
    throw e
  }
}

export const lowOf = (value: bigint): number => Number(BigInt.asIntN(32, value))
export const highOf = (value: bigint): number => Number(BigInt.asIntN(32, value >> 32n))

/** The signed number of two words. */
export const ofWords = (lo: number, hi: number): bigint => (BigInt(hi) << 32n) | BigInt(lo >>> 0)

/** How many bits at the top of a signed number are equal. */
function signsOf(value: bigint, width: Width): number {
  let signs = 1
  while (signs < width && BigInt.asIntN(width - signs, value) === value) signs++
  return signs
}

/** What is known of a number if its bits under a mask are, and its copies of the sign but for some. */
export function knowing(value: bigint, width: Width, mask: bigint, hidden: number): KnownBits {
  const isLong = width === 64
  const [lo, hi] = [lowOf(value), isLong ? highOf(value) : 0]
  const [maskLo, maskHi] = [lowOf(mask), isLong ? highOf(mask) : 0]
  const signs = Math.max(1, signsOf(value, width) - hidden)
  return known(width, ~lo & maskLo, ~hi & maskHi, lo & maskLo, hi & maskHi, signs)
}

/** Why what is known is not true of a number; undefined: it is. */
export function lieOf(bits: KnownBits, value: bigint, width: Width): string | undefined {
  const [lo, hi] = [lowOf(value), width === 64 ? highOf(value) : 0]
  if (bits.width !== width) return `width ${bits.width}`
  if ((lo & bits.zerosLo) !== 0 || (hi & bits.zerosHi) !== 0) return 'a zero is one'
  if ((~lo & bits.onesLo) !== 0 || (~hi & bits.onesHi) !== 0) return 'a one is zero'
  return signsOf(value, width) < bits.signs ? 'copies of the sign' : undefined
}
