// What ops on two integers give for given operands: the meaning of folding. An i32 is a signed number; an i64 is a signed
// BigInt, which is slow and right.

import type { OpsOfType } from './rows.ts'

/** Two signed words to any integer with the bits of the result. */
export type Fold = (x: number, y: number) => number

type Division = `${'div' | 'rem'}_${'s' | 'u'}`
type OnWords = Extract<OpsOfType<'i32 i32 -> i32'>, `i32.${string}`>
type OnLongs = Exclude<OpsOfType<`i64 i64 -> ${string}`>, 'i64.div_c' | 'i64.rem_c'>

/** Ops whose result is known for given operands. */
export type Concrete = OnWords | OnLongs

/** A result is taken modulo 2^32. */
export const WORDS: { readonly [Op in Exclude<OnWords, `i32.${Division}`>]: Fold } = {
  'i32.add': (x, y) => x + y,
  'i32.sub': (x, y) => x - y,
  'i32.mul': Math.imul,
  'i32.and': (x, y) => x & y,
  'i32.or': (x, y) => x | y,
  'i32.xor': (x, y) => x ^ y,
  'i32.shl': (x, y) => x << y,
  'i32.shr_s': (x, y) => x >> y,
  'i32.shr_u': (x, y) => x >>> y,
  'i32.rotl': (x, y) => (x << y) | (x >>> -y),
  'i32.rotr': (x, y) => (x >>> y) | (x << -y),
  'i32.eq': (x, y) => Number(x === y),
  'i32.ne': (x, y) => Number(x !== y),
  'i32.lt_s': (x, y) => Number(x < y),
  'i32.lt_u': (x, y) => Number(x >>> 0 < y >>> 0),
  'i32.gt_s': (x, y) => Number(x > y),
  'i32.gt_u': (x, y) => Number(x >>> 0 > y >>> 0),
  'i32.le_s': (x, y) => Number(x <= y),
  'i32.le_u': (x, y) => Number(x >>> 0 <= y >>> 0),
  'i32.ge_s': (x, y) => Number(x >= y),
  'i32.ge_u': (x, y) => Number(x >>> 0 >= y >>> 0),
}

/** Without `BigInt.asUintN(64, x)`, which in QuickJS 2025-04-26 is -1 for -1: the compiler runs there too. */
const unsigned = (x: bigint): bigint => x & 0xffff_ffff_ffff_ffffn
const count = (y: bigint): bigint => y & 63n

/** A result is taken modulo 2^64. */
export const LONGS: { readonly [Op in Exclude<OnLongs, `i64.${Division}`>]: (x: bigint, y: bigint) => bigint } = {
  'i64.add': (x, y) => x + y,
  'i64.sub': (x, y) => x - y,
  'i64.mul': (x, y) => x * y,
  'i64.mul_high_u': (x, y) => (unsigned(x) * unsigned(y)) >> 64n,
  'i64.and': (x, y) => x & y,
  'i64.or': (x, y) => x | y,
  'i64.xor': (x, y) => x ^ y,
  'i64.shl': (x, y) => x << count(y),
  'i64.shr_s': (x, y) => x >> count(y),
  'i64.shr_u': (x, y) => unsigned(x) >> count(y),
  'i64.rotl': (x, y) => (x << count(y)) | (unsigned(x) >> count(-y)),
  'i64.rotr': (x, y) => (unsigned(x) >> count(y)) | (x << count(-y)),
  'i64.eq': (x, y) => BigInt(x === y),
  'i64.ne': (x, y) => BigInt(x !== y),
  'i64.lt_s': (x, y) => BigInt(x < y),
  'i64.lt_u': (x, y) => BigInt(unsigned(x) < unsigned(y)),
  'i64.gt_s': (x, y) => BigInt(x > y),
  'i64.gt_u': (x, y) => BigInt(unsigned(x) > unsigned(y)),
  'i64.le_s': (x, y) => BigInt(x <= y),
  'i64.le_u': (x, y) => BigInt(unsigned(x) <= unsigned(y)),
  'i64.ge_s': (x, y) => BigInt(x >= y),
  'i64.ge_u': (x, y) => BigInt(unsigned(x) >= unsigned(y)),
}

/** Divisions trap for some operands: undefined. */
export const WORD_DIVISIONS: Readonly<Record<`i32.${Division}`, (x: number, y: number) => number | undefined>> = {
  'i32.div_s': (x, y) => (y === 0 || (y === -1 && x === -0x80000000) ? undefined : x / y),
  'i32.div_u': (x, y) => (y === 0 ? undefined : (x >>> 0) / (y >>> 0)),
  'i32.rem_s': (x, y) => (y === 0 ? undefined : x % y),
  'i32.rem_u': (x, y) => (y === 0 ? undefined : (x >>> 0) % (y >>> 0)),
}

export const LONG_DIVISIONS: Readonly<Record<`i64.${Division}`, (x: bigint, y: bigint) => bigint | undefined>> = {
  'i64.div_s': (x, y) => (y === 0n || (y === -1n && x === -(1n << 63n)) ? undefined : x / y),
  'i64.div_u': (x, y) => (y === 0n ? undefined : unsigned(x) / unsigned(y)),
  'i64.rem_s': (x, y) => (y === 0n ? undefined : x % y),
  'i64.rem_u': (x, y) => (y === 0n ? undefined : unsigned(x) % unsigned(y)),
}

/** The signed value of two words. */
export const long = (lo: number, hi: number): bigint => (BigInt(hi) << 32n) | BigInt(lo >>> 0)

/** Ops that give back the left operand when the right one is this constant. */
export const RIGHT_IDENTITIES: { readonly [Op in OnWords]?: number } = {
  'i32.add': 0,
  'i32.sub': 0,
  'i32.or': 0,
  'i32.xor': 0,
  'i32.shl': 0,
  'i32.shr_s': 0,
  'i32.shr_u': 0,
  'i32.and': -1,
  'i32.mul': 1,
}
