// What each integer instruction makes of what is known of its operands. `of-tree.ts` asks for the rule.

import * as arithmetic from './arithmetic.ts'
import { and, or, xor } from './bitwise.ts'
import * as compare from './compare.ts'
import { tryAll } from './enumerate.ts'
import { inRange, type KnownBits, type Width } from './known-bits.ts'
import * as shifts from './shifts.ts'

/** The second operand is the first one again where there is none. */
export type Rule = (a: KnownBits, b: KnownBits) => KnownBits

/** On two i32 or two i64, under the name without the type. */
const BINARY: Readonly<Record<string, Rule>> = {
  add: arithmetic.add,
  sub: arithmetic.sub,
  mul: arithmetic.mul,
  div_s: arithmetic.divSigned,
  div_u: arithmetic.divUnsigned,
  rem_s: arithmetic.remSigned,
  rem_u: arithmetic.remUnsigned,
  eq: compare.eq,
  ne: compare.negated(compare.eq),
  lt_s: compare.ltSigned,
  lt_u: compare.ltUnsigned,
  gt_s: compare.swapped(compare.ltSigned),
  gt_u: compare.swapped(compare.ltUnsigned),
  le_s: compare.negated(compare.swapped(compare.ltSigned)),
  le_u: compare.negated(compare.swapped(compare.ltUnsigned)),
  ge_s: compare.negated(compare.ltSigned),
  ge_u: compare.negated(compare.ltUnsigned),
}

const COMPARISONS = new Set(['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'])

/** These lose nothing: trying values would find no more. */
const EXACT: Readonly<Record<string, Rule>> = {
  and,
  or,
  xor,
  shl: shifts.shl,
  shr_s: shifts.shrS,
  shr_u: shifts.shrU,
  rotl: shifts.rotl,
  rotr: shifts.rotr,
  eqz: compare.eqz,
  clz: compare.clz,
  ctz: compare.ctz,
  popcnt: compare.popcnt,
  extend8_s: shifts.extendFrom(8),
  extend16_s: shifts.extendFrom(16),
}

/** The rule, better where few bits are unknown. */
const tried =
  (op: string, width: Width, rule: Rule): Rule =>
  (a, b) =>
    tryAll(op, width, a, b) ?? rule(a, b)

function rulesOf(type: 'i32' | 'i64'): [string, Rule][] {
  const width = type === 'i32' ? 32 : 64
  return [
    ...Object.entries(BINARY).map(([name, rule]): [string, Rule] => {
      const op = `${type}.${name}`
      return [op, tried(op, COMPARISONS.has(name) ? 32 : width, rule)]
    }),
    ...Object.entries(EXACT).map(([name, rule]): [string, Rule] => [`${type}.${name}`, rule]),
  ]
}

/** Bits of an i64, as an i32. */
const COUNT_OF_LONG = inRange(32, 0, 64)

/** Instructions whose first operand is an i32. */
export const OF_WORDS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...rulesOf('i32'),
  ['i64.extend_i32_s', shifts.extendSigned],
  ['i64.extend_i32_u', shifts.extendUnsigned],
  ['i64.join', shifts.joinWords],
  // On the two words of an i64.
  ['i64.clz', () => COUNT_OF_LONG],
  ['i64.ctz', () => COUNT_OF_LONG],
  // An address beside the index of its element.
  ['i32.indexed', (address) => address],
])

/** Instructions whose first operand is an i64. */
export const OF_LONGS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...rulesOf('i64'),
  ['i64.extend32_s', shifts.extendFrom(32)],
  ['i32.wrap_i64', shifts.wrap],
  ['i64.low', shifts.wrap],
  ['i64.high', shifts.highWord],
  ['i64.div_c', arithmetic.divSigned],
  ['i64.rem_c', arithmetic.remSigned],
])

/** Comparisons of floats and references: 0 or 1 is all that is known. */
export const TRUTHS: ReadonlySet<string> = new Set([
  ...['f32', 'f64'].flatMap((type) => ['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((op) => `${type}.${op}`)),
  'ref.is_null',
])
