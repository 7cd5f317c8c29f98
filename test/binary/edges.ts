// Edge values of the number types, as bit patterns.

import type { NumName } from './code.ts'

const integers = (width: bigint): bigint[] => {
  const top = 1n << (width - 1n)
  const small = [0n, 1n, 2n, 3n, 5n, 7n, 8n, 10n, 15n, 31n, 32n, 33n, 63n, 64n, 65n, 100n]
  const bounds = [7n, 8n, 15n, 16n, 24n, 31n, 32n, 33n, 47n, 52n, 53n, 62n].filter((k) => k < width)
  const around = bounds.flatMap((k) => [(1n << k) - 1n, 1n << k, (1n << k) + 1n])
  const patterns = [
    0x0123456789abcdefn,
    0xfedcba9876543210n,
    0xaaaaaaaaaaaaaaaan,
    0x5555555555555555n,
    0x80008000ff00ff01n,
  ]
  const all = [...small, ...around, ...patterns, top, top - 1n, top + 1n]
  return [...all, ...all.map((value) => -value)].map((value) => BigInt.asUintN(Number(width), value))
}

/** Integers as doubles where a conversion rounds, saturates or traps, with their neighbours. */
const LANDMARKS = [
  0.25,
  0.5,
  0.75,
  1,
  1.25,
  1.5,
  2,
  2.5,
  3.5,
  5,
  127,
  128,
  255,
  256,
  32767.5,
  65535.5,
  65536,
  8388607.5,
  8388608,
  8388609,
  16777215,
  16777216,
  16777217,
  16777218,
  16777219,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 52 - 0.5,
  2 ** 52,
  2 ** 52 + 1,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 62,
  2 ** 63,
  2 ** 64,
  1e10,
  1e-10,
  0.1,
  1 / 3,
  Math.PI,
  1e38,
  1e-38,
  1e300,
  1e-300,
]

const F64_BITS = [
  0n,
  1n,
  0xfffffffffffffn,
  0x10000000000000n,
  0x7fefffffffffffffn,
  0x7ff0000000000000n,
  0x7ff8000000000000n,
  0x7ff0000000000001n,
  0x7ff4000000000000n,
  0x7ff8000000000001n,
  0x7fffffffffffffffn,
  0x7ff0000020000000n,
  0x7ffc000012345678n,
]

const F32_BITS = [
  0n,
  1n,
  0x7fffffn,
  0x800000n,
  0x7f7fffffn,
  0x7f800000n,
  0x7fc00000n,
  0x7f800001n,
  0x7fa00000n,
  0x7fc00001n,
  0x7fffffffn,
  0x7f812345n,
  0x7fe12345n,
]

function doubleBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}

function singleBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  return BigInt(view.getUint32(0))
}

const neighbours = (bits: bigint): bigint[] => (bits === 0n ? [bits] : [bits - 1n, bits, bits + 1n])
const signed = (bits: readonly bigint[], sign: bigint): bigint[] => bits.flatMap((value) => [value, value | sign])

const distinct = (values: readonly bigint[]): readonly bigint[] => [...new Set(values)]

/** Bit patterns worth trying, by type: zeros, bounds, neighbours of powers of two, NaNs with payloads. */
export const EDGES: Record<NumName, readonly bigint[]> = {
  i32: distinct(integers(32n)),
  i64: distinct(integers(64n)),
  f32: distinct(signed([...F32_BITS, ...LANDMARKS.map(singleBits).flatMap(neighbours)], 0x80000000n)),
  f64: distinct(signed([...F64_BITS, ...LANDMARKS.map(doubleBits).flatMap(neighbours)], 0x8000000000000000n)),
}

/** A few of them, where every pair of functions and values would be too many. */
export const FEW: Record<NumName, readonly bigint[]> = {
  i32: [
    0n,
    1n,
    2n,
    7n,
    31n,
    32n,
    33n,
    0x7fffffffn,
    0x80000000n,
    0xffffffffn,
    0xfffffffen,
    0xffff8000n,
    65535n,
    0x12345678n,
  ],
  i64: [
    0n,
    1n,
    3n,
    32n,
    63n,
    64n,
    65n,
    0x7fffffffn,
    0x80000000n,
    0xffffffffn,
    0x100000000n,
    0x1fffffffffffffn,
    0x7fffffffffffffffn,
    0x8000000000000000n,
    0xffffffffffffffffn,
    0xffffffff80000000n,
    0xfffffffffffffffen,
    0x123456789abcdefn,
  ],
  f32: [
    0n,
    0x80000000n,
    0x3f800000n,
    0xbf800000n,
    0x3f000000n,
    0x40000000n,
    0x7f800000n,
    0xff800000n,
    0x7fc00000n,
    0x7fa00000n,
    0xff800001n,
    1n,
    0x4f000000n,
    0xcf000000n,
    0x4f800000n,
    0x5f000000n,
    0x40490fdbn,
  ],
  f64: [
    0n,
    0x8000000000000000n,
    0x3ff0000000000000n,
    0xbff0000000000000n,
    0x3fe0000000000000n,
    0x4000000000000000n,
    0x7ff0000000000000n,
    0xfff0000000000000n,
    0x7ff8000000000000n,
    0x7ff4000000000000n,
    0xfff0000000000001n,
    1n,
    0x41e0000000000000n,
    0xc1e0000000200000n,
    0x43e0000000000000n,
    0x400921fb54442d18n,
  ],
}
