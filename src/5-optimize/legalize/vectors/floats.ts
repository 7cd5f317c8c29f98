// Instructions on lanes that are floats: an operation on each. What moves floats or changes only their signs keeps the bits
// of NaNs, as the operations on single floats do.

import type { Expr } from '../../../3-ir/expr.ts'
import { anyOperation, f32, i32, operation, select } from '../../../3-ir/expressions.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { OpsOfType } from '../../../3-ir/ops/index.ts'
import { type Binary, both, each, type Lane2, laneNumber, maskOf, type Rules, type Unary } from './rule.ts'
import { laneOf, lanesAs, ofDoubles, ofSingles, ofWords, type Shape, someOf, type Vector, withLanes } from './vector.ts'

type Float = 'f32' | 'f64'

const SHAPE = { f32: 'f32x4', f64: 'f64x2' } as const satisfies Record<Float, Shape>

const unary = (type: Float, op: OpsOfType<`${Float} -> ${Float}`>): Unary =>
  each(SHAPE[type], (_, x) => anyOperation(op, [x]))

const binary = (type: Float, op: OpsOfType<`${Float} ${Float} -> ${Float}`>): Binary =>
  both(SHAPE[type], (_, x, y) => anyOperation(op, [x, y]))

type Comparison = OpsOfType<`${Float} ${Float} -> i32`>

const compare =
  (type: Float, op: Comparison): Binary =>
  (s, a, b) => {
    const [x, y] = [lanesAs(s, a, SHAPE[type]), lanesAs(s, b, SHAPE[type])]
    const masks = x.map((e, i) => maskOf(anyOperation(op, [e, y[i]!])))
    if (type === 'f32') return ofWords(masks)
    return ofWords(masks.map((e) => s.atom(e)).flatMap((e) => [e, e]))
  }

/** `y` if it is less, or more, else `x`: no arithmetic, so a NaN keeps its bits. */
const pick = (type: Float, op: Comparison): Binary => {
  const lane: Lane2 = (s, a, b) => {
    const [x, y] = [s.atom(a), s.atom(b)]
    return select(anyOperation(op, [y, x]), y, x)
  }
  return both(SHAPE[type], lane)
}

/** The deterministic profile: `x * y + z`, rounded twice. */
const multiplyAdd =
  (type: Float, isNegated: boolean) =>
  (s: OperandStack, x: Vector, y: Vector, z: Vector): Vector => {
    const product = binary(type, `${type}.mul`)(s, isNegated ? unary(type, `${type}.neg`)(s, x) : x, y)
    return binary(type, `${type}.add`)(s, product, z)
  }

const extract =
  (type: Float) =>
  (s: OperandStack, v: Vector, lane: Expr): Expr =>
    laneOf(s, v, SHAPE[type], laneNumber(lane))

const replace =
  (type: Float) =>
  (s: OperandStack, v: Vector, x: Expr, lane: Expr): Vector =>
    withLanes(s, v, SHAPE[type], laneNumber(lane), [x])

const fromWords = (op: 'f32.convert_i32_s' | 'f32.convert_i32_u'): Unary =>
  each('i32x4', (_, x) => operation(op, [x]), 'f32x4')

const doublesFrom =
  (shape: 'i32x4' | 'f32x4', op: OpsOfType<'i32 -> f64' | 'f32 -> f64'>): Unary =>
  (s, v) =>
    ofDoubles(someOf(s, v, shape, [0, 1]).map((x) => anyOperation(op, [x])))

const toWords = (op: OpsOfType<'f32 -> i32'>): Unary => each('f32x4', (_, x) => anyOperation(op, [x]), 'i32x4')

const doublesToWords =
  (op: OpsOfType<'f64 -> i32'>): Unary =>
  (s, v) =>
    ofWords([...lanesAs(s, v, 'f64x2').map((x) => anyOperation(op, [x])), i32(0), i32(0)])

/** Instructions on words whose operands are floats. */
export const TO_WORDS: Rules<`i32x4.${string}trunc${string}`> = {
  'i32x4.trunc_sat_f32x4_s': toWords('i32.trunc_sat_f32_s'),
  'i32x4.trunc_sat_f32x4_u': toWords('i32.trunc_sat_f32_u'),
  'i32x4.trunc_sat_f64x2_s_zero': doublesToWords('i32.trunc_sat_f64_s'),
  'i32x4.trunc_sat_f64x2_u_zero': doublesToWords('i32.trunc_sat_f64_u'),
  'i32x4.relaxed_trunc_f32x4_s': toWords('i32.trunc_sat_f32_s'),
  'i32x4.relaxed_trunc_f32x4_u': toWords('i32.trunc_sat_f32_u'),
  'i32x4.relaxed_trunc_f64x2_s_zero': doublesToWords('i32.trunc_sat_f64_s'),
  'i32x4.relaxed_trunc_f64x2_u_zero': doublesToWords('i32.trunc_sat_f64_u'),
}

export const SINGLE_RULES: Rules<`f32x4.${string}`> = {
  'f32x4.splat': (_, x) => ofSingles([x]),
  'f32x4.extract_lane': extract('f32'),
  'f32x4.replace_lane': replace('f32'),
  'f32x4.eq': compare('f32', 'f32.eq'),
  'f32x4.ne': compare('f32', 'f32.ne'),
  'f32x4.lt': compare('f32', 'f32.lt'),
  'f32x4.gt': compare('f32', 'f32.gt'),
  'f32x4.le': compare('f32', 'f32.le'),
  'f32x4.ge': compare('f32', 'f32.ge'),
  'f32x4.demote_f64x2_zero': (s, v) =>
    ofSingles([...lanesAs(s, v, 'f64x2').map((x) => operation('f32.demote_f64', [x])), f32(0), f32(0)]),
  'f32x4.ceil': unary('f32', 'f32.ceil'),
  'f32x4.floor': unary('f32', 'f32.floor'),
  'f32x4.trunc': unary('f32', 'f32.trunc'),
  'f32x4.nearest': unary('f32', 'f32.nearest'),
  'f32x4.abs': unary('f32', 'f32.abs'),
  'f32x4.neg': unary('f32', 'f32.neg'),
  'f32x4.sqrt': unary('f32', 'f32.sqrt'),
  'f32x4.add': binary('f32', 'f32.add'),
  'f32x4.sub': binary('f32', 'f32.sub'),
  'f32x4.mul': binary('f32', 'f32.mul'),
  'f32x4.div': binary('f32', 'f32.div'),
  'f32x4.min': binary('f32', 'f32.min'),
  'f32x4.max': binary('f32', 'f32.max'),
  'f32x4.pmin': pick('f32', 'f32.lt'),
  'f32x4.pmax': pick('f32', 'f32.gt'),
  'f32x4.convert_i32x4_s': fromWords('f32.convert_i32_s'),
  'f32x4.convert_i32x4_u': fromWords('f32.convert_i32_u'),
  'f32x4.relaxed_madd': multiplyAdd('f32', false),
  'f32x4.relaxed_nmadd': multiplyAdd('f32', true),
  'f32x4.relaxed_min': binary('f32', 'f32.min'),
  'f32x4.relaxed_max': binary('f32', 'f32.max'),
}

export const DOUBLE_RULES: Rules<`f64x2.${string}`> = {
  'f64x2.splat': (_, x) => ofDoubles([x]),
  'f64x2.extract_lane': extract('f64'),
  'f64x2.replace_lane': replace('f64'),
  'f64x2.eq': compare('f64', 'f64.eq'),
  'f64x2.ne': compare('f64', 'f64.ne'),
  'f64x2.lt': compare('f64', 'f64.lt'),
  'f64x2.gt': compare('f64', 'f64.gt'),
  'f64x2.le': compare('f64', 'f64.le'),
  'f64x2.ge': compare('f64', 'f64.ge'),
  'f64x2.promote_low_f32x4': doublesFrom('f32x4', 'f64.promote_f32'),
  'f64x2.convert_low_i32x4_s': doublesFrom('i32x4', 'f64.convert_i32_s'),
  'f64x2.convert_low_i32x4_u': doublesFrom('i32x4', 'f64.convert_i32_u'),
  'f64x2.ceil': unary('f64', 'f64.ceil'),
  'f64x2.floor': unary('f64', 'f64.floor'),
  'f64x2.trunc': unary('f64', 'f64.trunc'),
  'f64x2.nearest': unary('f64', 'f64.nearest'),
  'f64x2.abs': unary('f64', 'f64.abs'),
  'f64x2.neg': unary('f64', 'f64.neg'),
  'f64x2.sqrt': unary('f64', 'f64.sqrt'),
  'f64x2.add': binary('f64', 'f64.add'),
  'f64x2.sub': binary('f64', 'f64.sub'),
  'f64x2.mul': binary('f64', 'f64.mul'),
  'f64x2.div': binary('f64', 'f64.div'),
  'f64x2.min': binary('f64', 'f64.min'),
  'f64x2.max': binary('f64', 'f64.max'),
  'f64x2.pmin': pick('f64', 'f64.lt'),
  'f64x2.pmax': pick('f64', 'f64.gt'),
  'f64x2.relaxed_madd': multiplyAdd('f64', false),
  'f64x2.relaxed_nmadd': multiplyAdd('f64', true),
  'f64x2.relaxed_min': binary('f64', 'f64.min'),
  'f64x2.relaxed_max': binary('f64', 'f64.max'),
}
