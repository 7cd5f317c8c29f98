// Every numeric function of the runtime beside the engine's own instruction, bit by bit.

import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import * as convert64 from '../../runtime/convert64.ts'
import * as divide64 from '../../runtime/divide64.ts'
import { RuntimeError } from '../../runtime/errors.ts'
import * as float from '../../runtime/float.ts'
import * as int32 from '../../runtime/int32.ts'
import * as int64 from '../../runtime/int64.ts'
import { ri } from '../../runtime/results.ts'
import { type Bits, type Instruction, instruction, native, type Type } from './native.ts'

const runtime = { ...int32, ...int64, ...divide64, ...convert64, ...float } as Record<
  string,
  (...a: number[]) => number
>

const all = (names: string, type: string, of = ''): string[] => names.split(' ').map((name) => `${of}${name}: ${type}`)

const INSTRUCTIONS: Instruction[] = [
  ...all('div_s div_u rem_s rem_u', 'i32 i32 -> i32', 'i32.'),
  ...all('ctz popcnt', 'i32 -> i32', 'i32.'),
  ...all('div_s div_u rem_s rem_u', 'i64 i64 -> i64', 'i64.'),
  ...all('clz ctz popcnt', 'i64 -> i64', 'i64.'),
  ...['i32', 'i64'].flatMap((to) =>
    ['f32', 'f64'].flatMap((from) =>
      all(`trunc_${from}_s trunc_${from}_u trunc_sat_${from}_s trunc_sat_${from}_u`, `${from} -> ${to}`, `${to}.`),
    ),
  ),
  ...all('convert_i64_s convert_i64_u', 'i64 -> f32', 'f32.'),
  ...all('convert_i64_s convert_i64_u', 'i64 -> f64', 'f64.'),
  ...['f32', 'f64'].flatMap((type) => [
    ...all('nearest trunc neg abs', `${type} -> ${type}`, `${type}.`),
    ...all('copysign', `${type} ${type} -> ${type}`, `${type}.`),
  ]),
  ...all('f64.promote_f32', 'f32 -> f64'),
  ...all('f32.demote_f64', 'f64 -> f32'),
  ...all('i32.reinterpret_f32', 'f32 -> i32'),
  ...all('f32.reinterpret_i32', 'i32 -> f32'),
  ...all('i64.reinterpret_f64', 'f64 -> i64'),
  ...all('f64.reinterpret_i64', 'i64 -> f64'),
].map(instruction)

const low = (x: Bits): number => Number(BigInt.asIntN(32, BigInt(x)))
const high = (x: Bits): number => Number(BigInt.asIntN(64, BigInt(x)) >> 32n)
const wide = (lo: number, hi: number): bigint => (BigInt(hi) << 32n) | BigInt(lo >>> 0)

function pushRegisters(into: unknown[], type: Type, bits: Bits): void {
  if (type === 'i32') into.push(bits)
  else if (type === 'f32') into.push(float.f32_reinterpret_i32(bits as number))
  else if (type === 'i64') into.push(low(bits), high(bits))
  else into.push(float.f64_reinterpret_i64(low(bits), high(bits)))
}

/** Our instruction on bits. */
function ours({ name, params, result }: Instruction, args: readonly Bits[]): Bits {
  const f = runtime[name.replace('.', '_')]
  // Not an array of numbers: there V8 makes all NaNs one.
  const registers: unknown[] = [null]
  for (const [i, type] of params.entries()) pushRegisters(registers, type, args[i])
  const register = Function.prototype.call.apply(f, registers as [unknown])
  if (result === 'i32') return register
  if (result === 'f32') return float.i32_reinterpret_f32(register)
  if (result === 'f64') return wide(float.i64_reinterpret_f64(register), ri[0])
  return wide(register, /clz|ctz|popcnt/.test(name) ? 0 : ri[0])
}

const EDGES_32 = [
  0, 1, -1, 2, -2, 31, 32, 33, 63, 64, 65, 0x7fffffff, -0x80000000, -0x7fffffff, 0xffff, 0x10000, -0x10000,
]

const f32Bits = (x: number): number => new Int32Array(new Float32Array([x]).buffer)[0]
const f64Bits = (x: number): bigint => new BigInt64Array(new Float64Array([x]).buffer)[0]
const FLOATS = [
  0,
  0.5,
  0.49999999999999994,
  0.9999999999999999,
  1,
  1.5,
  2.5,
  3.5,
  4.5,
  5e-324,
  1.5e-45,
  1e300,
  Infinity,
  255.5,
  8388607.5,
  8388608,
  8388609,
  ...[31, 32, 52, 53, 63, 64].flatMap((e) => [2 ** e, 2 ** e - 1, 2 ** e * (1 - 2 ** -24), 2 ** e + 0.5]),
].flatMap((x) => [x, -x])

const EDGES: Record<Type, Bits[]> = {
  i32: EDGES_32,
  i64: [
    ...EDGES_32.map(BigInt),
    2n ** 63n - 1n,
    -(2n ** 63n),
    2n ** 32n,
    2n ** 32n - 1n,
    2n ** 53n,
    2n ** 53n - 1n,
    2n ** 53n + 1n,
    -(2n ** 53n),
    1n - 2n ** 53n,
    3n,
    2n ** 62n + 1n,
    2n ** 24n + 1n,
    2n ** 54n + 2n ** 30n + 1n,
    2n ** 54n + 2n ** 30n,
    2n ** 54n + 3n * 2n ** 30n,
    0x8000_0080_0000_0001n - 2n ** 64n,
    2n ** 63n - 2n ** 38n,
  ],
  f32: [...FLOATS.map(f32Bits), 0x7fc00000, -0x400000, 0x7f800001, 0x7fa00000, -0x5fffff, 0x7fffffff, 0x7fc00001],
  f64: [
    ...FLOATS.map(f64Bits),
    0x7ff8n << 48n,
    -(8n << 48n),
    0x7ff0_0000_0000_0001n,
    0x7ff4_0000_2000_0000n,
    -0xf_ffff_ffff_ffffn,
    0x7fff_ffff_ffff_ffffn,
    0x7ff8_0000_0000_0001n,
  ],
}

const RANDOM: Record<Type, fc.Arbitrary<Bits>> = {
  i32: fc.integer(),
  i64: fc.oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    fc.tuple(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.nat(63)).map(([x, n]) => x >> BigInt(n)),
  ),
  f32: fc.oneof(fc.integer(), fc.float().map(f32Bits)),
  f64: fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.double({ min: -(2 ** 65), max: 2 ** 65 }).map(f64Bits)),
}

const arbitrary = (type: Type): fc.Arbitrary<Bits> => fc.oneof(fc.constantFrom(...EDGES[type]), RANDOM[type])

/** Arithmetic may choose among NaNs, moving may not. */
const isExact = (name: string): boolean => /neg|abs|copysign|reinterpret/.test(name)

function classify({ name, result }: Instruction, bits: Bits): Bits | string {
  if (isExact(name)) return bits
  const quiet = result === 'f32' ? 0x7fc00000 : 0x7ff8n << 48n
  if (result === 'f32' && ((bits as number) & 0x7fc00000) === quiet) return 'arithmetic NaN'
  if (result === 'f64' && ((bits as bigint) & (0x7ff8n << 48n)) === quiet) return 'arithmetic NaN'
  return bits
}

function outcome(of: Instruction, run: () => Bits): Bits | string {
  try {
    return classify(of, run())
  } catch (error) {
    if (error instanceof RuntimeError || error instanceof WebAssembly.RuntimeError) return `trap: ${error.message}`
    throw error
  }
}

describe('numeric functions beside the engine', () => {
  let engine: Record<string, (...args: Bits[]) => Bits>
  beforeAll(async () => {
    engine = await native(INSTRUCTIONS)
  })

  test.each(INSTRUCTIONS)('$name', (of) => {
    const check = (args: readonly Bits[]): void => {
      const expected = outcome(of, () => engine[of.name](...args))
      expect(
        outcome(of, () => ours(of, args)),
        `${of.name}(${args.join(', ')})`,
      ).toBe(expected)
    }
    for (const x of EDGES[of.params[0]]) {
      if (of.params.length === 1) check([x])
      else for (const y of EDGES[of.params[1]]) check([x, y])
    }
    fc.assert(fc.property(fc.tuple(...of.params.map(arbitrary)), check), { numRuns: 1000 })
  })

  test('division with 2^53 near', () => {
    const near = fc
      .tuple(fc.constantFrom(2n ** 52n, 2n ** 53n, 2n ** 54n, 2n ** 63n - 9n), fc.bigInt(-8n, 8n))
      .map(([a, b]) => a + b)
    const factor = fc.oneof(fc.bigInt(1n, 1000n), near)
    fc.assert(
      fc.property(near, factor, fc.bigInt(-1n, 1n), (a, b, c) => {
        for (const name of ['i64.div_s', 'i64.div_u', 'i64.rem_s', 'i64.rem_u']) {
          const of = INSTRUCTIONS.find((x) => x.name === name)!
          // Just below, at and above a multiple of b.
          const args = [BigInt.asIntN(64, (a / b) * b + c), b]
          expect(ours(of, args), `${name}(${args.join(', ')})`).toBe(engine[name](...args))
        }
      }),
      { numRuns: 2000 },
    )
  })
})
