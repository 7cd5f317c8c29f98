// What each integer instruction makes of what is known of its operands. `of-tree.ts` asks for the rule.

import type { Concrete } from '../ops/folds.ts'
import { type IrOp, OPS } from '../ops/index.ts'
import * as arithmetic from './arithmetic.ts'
import { and, or, xor } from './bitwise.ts'
import * as compare from './compare.ts'
import { tryAll } from './enumerate.ts'
import { inRange, type KnownBits } from './known-bits.ts'
import * as shifts from './shifts.ts'

/** The second operand is the first one again where there is none. */
export type Rule = (a: KnownBits, b: KnownBits) => KnownBits

/** On two i32 or two i64, under the name without the type. */
const BINARY = {
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
} as const satisfies Record<string, Rule>

/** These lose nothing: trying values would find no more. */
const EXACT = {
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
} as const satisfies Record<string, Rule>

/** The rule, better where few bits are unknown. */
const tried =
  (op: Concrete, rule: Rule): Rule =>
  (a, b) =>
    tryAll(op, OPS[op].type === 'i64' ? 64 : 32, a, b) ?? rule(a, b)

const namesOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[]

const rulesOf = (type: 'i32' | 'i64'): [IrOp, Rule][] => [
  ...namesOf(BINARY).map((name): [IrOp, Rule] => [`${type}.${name}`, tried(`${type}.${name}`, BINARY[name])]),
  ...namesOf(EXACT).map((name): [IrOp, Rule] => [`${type}.${name}`, EXACT[name]]),
]

/** Bits of an i64, as an i32. */
const COUNT_OF_LONG = inRange(32, 0, 64)

/** Instructions whose first operand is an i32. */
export const OF_WORDS: ReadonlyMap<IrOp, Rule> = new Map<IrOp, Rule>([
  ...rulesOf('i32'),
  ['i64.extend_i32_s', shifts.extendSigned],
  ['i64.extend_i32_u', shifts.extendUnsigned],
  ['i64.join', shifts.joinWords],
  ['pair.clz', () => COUNT_OF_LONG],
  ['pair.ctz', () => COUNT_OF_LONG],
  // An address beside the index of its element.
  ['i32.indexed', (address) => address],
])

/** Instructions whose first operand is an i64. */
export const OF_LONGS: ReadonlyMap<IrOp, Rule> = new Map<IrOp, Rule>([
  ...rulesOf('i64'),
  ['i64.extend32_s', shifts.extendFrom(32)],
  ['i32.wrap_i64', shifts.wrap],
  ['i32.sat_i64_u', shifts.saturate],
  ['i64.low', shifts.wrap],
  ['i64.high', shifts.highWord],
  ['i64.div_c', arithmetic.divSigned],
  ['i64.rem_c', arithmetic.remSigned],
])
