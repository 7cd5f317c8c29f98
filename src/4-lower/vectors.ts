// Rules of the vector instructions that have immediates. The immediates become constant operands, and loads and stores of a
// part of a v128 become those of a number:
//
//   v128.load8_lane 3    i8x16.replace_lane(v, i32.load8_u(addr), 3)

import type { CompiledOp, Operation } from '../0-wasm/ops/index.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Expr, LoadOp, StoreOp } from '../3-ir/expr.ts'
import { anyOperation, i32, load, operation, vector } from '../3-ir/expressions.ts'
import type { AccessOp } from '../3-ir/ops/accesses.ts'
import type { VectorOp } from '../3-ir/ops/index.ts'
import { store } from '../3-ir/statements.ts'
import { narrow, narrowOffset } from './addresses.ts'
import type { Rule } from './builder.ts'

/** Vector instructions with immediates that are no plain accesses. */
type Immediate = Exclude<
  Extract<CompiledOp, `v128.${string}` | `${'i' | 'f'}${number}x${number}.${string}`>,
  Operation | AccessOp
>

const zero = (): Expr => vector([0, 0, 0, 0])

/** An op of the same name on all operands and the number of the lane. */
const lane: Rule = ({ stack }, { op, lane }) => {
  const operands = stack.pop(op.type!.params.length)
  stack.push(anyOperation(op.name as VectorOp, [...operands, i32(lane)]))
}

const loaded = ({ memory, memOffset }: Instruction, op: LoadOp, addr: Expr): Expr =>
  load(op, memory, narrow(addr), narrowOffset(memOffset))

/** What is loaded, as a part of a vector. */
const loadAs =
  (op: LoadOp, vectorOf: (e: Expr) => Expr): Rule =>
  ({ stack }, ins) =>
    stack.push(vectorOf(loaded(ins, op, stack.takeOne())))

const splat = (op: VectorOp, from: LoadOp): Rule => loadAs(from, (e) => anyOperation(op, [e]))

/** A vector of which all but the lowest lane is zero. */
const long = (e: Expr): Expr => operation('i64x2.replace_lane', [zero(), e, i32(0)])

const extend = (op: VectorOp): Rule => loadAs('i64.load', (e) => anyOperation(op, [long(e)]))

const loadLane =
  (op: VectorOp, from: LoadOp): Rule =>
  ({ stack }, ins) => {
    const [addr, vector] = stack.take(2) as [Expr, Expr]
    stack.push(anyOperation(op, [vector, loaded(ins, from, addr), i32(ins.lane)]))
  }

const storeLane =
  (op: VectorOp, to: StoreOp): Rule =>
  ({ stack }, { memory, memOffset, lane, offset }) => {
    const [addr, vector] = stack.take(2) as [Expr, Expr]
    const value = anyOperation(op, [vector, i32(lane)])
    stack.emitAfter(store(to, memory, narrow(addr), narrowOffset(memOffset), value, offset))
  }

export const VECTOR_RULES: { readonly [Op in Immediate]: Rule } = {
  'v128.const': ({ stack }, { words }) => stack.push(vector(words)),
  'i8x16.shuffle': ({ stack }, { words }) =>
    stack.push(anyOperation('i8x16.shuffle', [...stack.pop(2), ...words.map((word) => i32(word))])),
  'i8x16.extract_lane_s': lane,
  'i8x16.extract_lane_u': lane,
  'i8x16.replace_lane': lane,
  'i16x8.extract_lane_s': lane,
  'i16x8.extract_lane_u': lane,
  'i16x8.replace_lane': lane,
  'i32x4.extract_lane': lane,
  'i32x4.replace_lane': lane,
  'i64x2.extract_lane': lane,
  'i64x2.replace_lane': lane,
  'f32x4.extract_lane': lane,
  'f32x4.replace_lane': lane,
  'f64x2.extract_lane': lane,
  'f64x2.replace_lane': lane,
  'v128.load8x8_s': extend('i16x8.extend_low_i8x16_s'),
  'v128.load8x8_u': extend('i16x8.extend_low_i8x16_u'),
  'v128.load16x4_s': extend('i32x4.extend_low_i16x8_s'),
  'v128.load16x4_u': extend('i32x4.extend_low_i16x8_u'),
  'v128.load32x2_s': extend('i64x2.extend_low_i32x4_s'),
  'v128.load32x2_u': extend('i64x2.extend_low_i32x4_u'),
  'v128.load8_splat': splat('i8x16.splat', 'i32.load8_u'),
  'v128.load16_splat': splat('i16x8.splat', 'i32.load16_u'),
  'v128.load32_splat': splat('i32x4.splat', 'i32.load'),
  'v128.load64_splat': splat('i64x2.splat', 'i64.load'),
  'v128.load32_zero': loadAs('i32.load', (e) => operation('i32x4.replace_lane', [zero(), e, i32(0)])),
  'v128.load64_zero': loadAs('i64.load', long),
  'v128.load8_lane': loadLane('i8x16.replace_lane', 'i32.load8_u'),
  'v128.load16_lane': loadLane('i16x8.replace_lane', 'i32.load16_u'),
  'v128.load32_lane': loadLane('i32x4.replace_lane', 'i32.load'),
  'v128.load64_lane': loadLane('i64x2.replace_lane', 'i64.load'),
  'v128.store8_lane': storeLane('i8x16.extract_lane_u', 'i32.store8'),
  'v128.store16_lane': storeLane('i16x8.extract_lane_u', 'i32.store16'),
  'v128.store32_lane': storeLane('i32x4.extract_lane', 'i32.store'),
  'v128.store64_lane': storeLane('i64x2.extract_lane', 'i64.store'),
}
