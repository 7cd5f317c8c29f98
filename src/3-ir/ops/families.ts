// Ops that belong together: comparisons and their opposites, the signed and the unsigned form of an op.

import type { IrOp, VectorOp } from './rows.ts'

/** The opposite of a relation, and the same relation of the operands in the other order. */
type Related = readonly [negation: string | undefined, swapped: string]

/** Of integers. */
const RELATIONS = {
  eq: ['ne', 'eq'],
  ne: ['eq', 'ne'],
  lt_s: ['ge_s', 'gt_s'],
  lt_u: ['ge_u', 'gt_u'],
  gt_s: ['le_s', 'lt_s'],
  gt_u: ['le_u', 'lt_u'],
  le_s: ['gt_s', 'ge_s'],
  le_u: ['gt_u', 'ge_u'],
  ge_s: ['lt_s', 'le_s'],
  ge_u: ['lt_u', 'le_u'],
} as const satisfies Record<string, Related>

/** Of floats. `lt` and `ge` have no opposites: both are false for a NaN. */
const FLOAT_RELATIONS = {
  eq: ['ne', 'eq'],
  ne: ['eq', 'ne'],
  lt: [undefined, 'gt'],
  gt: [undefined, 'lt'],
  le: [undefined, 'ge'],
  ge: [undefined, 'le'],
} as const satisfies Record<string, Related>

export interface Comparison {
  /** The op that is true where this one is false. */
  readonly negation: IrOp | undefined
  /** The op that says the same of the operands in the other order. */
  readonly swapped: IrOp
}

type Relation = keyof typeof RELATIONS
type FloatRelation = keyof typeof FLOAT_RELATIONS

const ofIntegers = (type: 'i32' | 'i64'): [IrOp, Comparison][] =>
  (Object.keys(RELATIONS) as Relation[]).map((relation) => {
    const [negation, swapped] = RELATIONS[relation]
    return [`${type}.${relation}`, { negation: `${type}.${negation}`, swapped: `${type}.${swapped}` }]
  })

const ofFloats = (type: 'f32' | 'f64'): [IrOp, Comparison][] =>
  (Object.keys(FLOAT_RELATIONS) as FloatRelation[]).map((relation) => {
    const [negation, swapped] = FLOAT_RELATIONS[relation]
    return [`${type}.${relation}`, { negation: negation && `${type}.${negation}`, swapped: `${type}.${swapped}` }]
  })

/** What compares two operands. */
export const COMPARISONS: ReadonlyMap<IrOp, Comparison> = new Map([
  ...ofIntegers('i32'),
  ...ofIntegers('i64'),
  ...ofFloats('f32'),
  ...ofFloats('f64'),
])

/** What asks whether an element was there, by the type of the element. */
export const MISSING: ReadonlySet<IrOp> = new Set<IrOp>(['i32.is_missing', 'f32.is_missing', 'f64.is_missing'])

/** What gives 0 or 1 besides. */
export const TESTS: ReadonlySet<IrOp> = new Set<IrOp>(['i32.eqz', 'i64.eqz', 'ref.is_null', 'ref.eq', ...MISSING])

/** What stands before `_s` and `_u` in the names of two ops. */
type Stem = { [Op in NumberOp]: Op extends `${infer S}_s` ? (`${S}_u` extends NumberOp ? S : never) : never }[NumberOp]
/** The sign of a word of lanes says nothing of those. */
type NumberOp = Exclude<IrOp, VectorOp | `packed.${string}`>

const STEMS = [
  ...(['i32.lt', 'i32.gt', 'i32.le', 'i32.ge', 'i32.div', 'i32.rem', 'i32.shr', 'i32.high'] as const),
  ...(['i64.lt', 'i64.gt', 'i64.le', 'i64.ge', 'i64.div', 'i64.rem', 'i64.shr', 'i64.extend_i32'] as const),
  ...(['i32.trunc_f32', 'i32.trunc_f64', 'i32.trunc_sat_f32', 'i32.trunc_sat_f64'] as const),
  ...(['i64.trunc_f32', 'i64.trunc_f64', 'i64.trunc_sat_f32', 'i64.trunc_sat_f64'] as const),
  ...(['f32.convert_i32', 'f32.convert_i64', 'f64.convert_i32', 'f64.convert_i64'] as const),
  ...(['pair.trunc_f32', 'pair.trunc_f64', 'pair.trunc_sat_f32', 'pair.trunc_sat_f64'] as const),
  ...(['pair.div', 'pair.rem', 'f32.convert_pair', 'f64.convert_pair'] as const),
] satisfies Stem[]

/** All of them are listed, and the type checker counts. */
STEMS satisfies Exclude<Stem, (typeof STEMS)[number]> extends never ? readonly Stem[] : never

/** Signed and unsigned forms of ops. */
export const SIGNS: readonly (readonly [signed: IrOp, unsigned: IrOp])[] = STEMS.map((stem) => [
  `${stem}_s`,
  `${stem}_u`,
])
