// Instructions on structures and arrays. What traps is checked in statements before (checks.ts), but for what the runtime does
// for many elements at once.

import { type ArrayType, type FieldType, type StructType, unpacked } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Expr } from '../3-ir/expr.ts'
import { gc, i32, operation, zeroOf } from '../3-ir/expressions.ts'
import { binary } from '../3-ir/fold.ts'
import type { GcOp } from '../3-ir/gc-ops.ts'
import { hasManyFields, registerType } from '../3-ir/registers.ts'
import { evaluate } from '../3-ir/statements.ts'
import type { FunctionBuilder, Rule } from './builder.ts'
import { notNull, trapIf } from './checks.ts'

const fieldsOf = (b: FunctionBuilder, index: number): readonly FieldType[] =>
  (b.module.types[index]!.composite as StructType).fields

const elementOf = (b: FunctionBuilder, index: number): FieldType =>
  (b.module.types[index]!.composite as ArrayType).element

const registerOf = ({ storage }: FieldType) => registerType(unpacked(storage))

/** A value as a field holds it: small integers with their sign. */
function packed({ storage }: FieldType, value: Expr): Expr {
  if (storage === 'i8') return operation('i32.extend8_s', [value])
  return storage === 'i16' ? operation('i32.extend16_s', [value]) : value
}

/** What is read from a field or element, without sign where the instruction says so. */
function read({ storage }: FieldType, { op: { name } }: Instruction, value: Expr): Expr {
  return name.endsWith('_u') ? binary('i32.and', value, i32(storage === 'i8' ? 0xff : 0xffff)) : value
}

function push(b: FunctionBuilder, op: GcOp, { index }: Instruction, detail: number, args: readonly Expr[]): void {
  b.stack.push(gc(op, index, detail, args, 'ref'))
}

export const lowerStructNew: Rule = (b, ins) => {
  const fields = fieldsOf(b, ins.index)
  if (b.stack.hasTuples(fields.length)) return push(b, 'struct.of_tuple', ins, 0, [b.stack.popTuple(fields.length)])
  const values = b.stack.pop(fields.length)
  push(
    b,
    'struct.new',
    ins,
    0,
    fields.map((field, i) => packed(field, values[i]!)),
  )
}

export const lowerStructNewDefault: Rule = (b, ins) => {
  const fields = fieldsOf(b, ins.index)
  if (hasManyFields(fields)) return push(b, 'struct.new_default', ins, 0, [])
  const zeros = fields.map((field) => zeroOf(registerOf(field)))
  return push(b, 'struct.new', ins, 0, zeros)
}

export const lowerStructGet: Rule = (b, ins) => {
  const field = fieldsOf(b, ins.index)[ins.index2]!
  const ref = notNull(b, b.stack.popOne(), ins.operand)
  const { mutable } = field
  b.stack.push(read(field, ins, gc('struct.get', ins.index, ins.index2, [ref], registerOf(field), { mutable })))
}

export const lowerStructSet: Rule = (b, ins) => {
  const { stack } = b
  const [ref, value] = stack.take(2) as [Expr, Expr]
  const field = fieldsOf(b, ins.index)[ins.index2]!
  const object = stack.atom(notNull(b, ref, ins.operand))
  stack.emitAfter(evaluate(gc('struct.set', ins.index, ins.index2, [object, packed(field, value)], 'i32'), ins.offset))
}

export const lowerArrayNew: Rule = (b, ins) => push(b, 'array.new', ins, 0, b.stack.pop(2))

export const lowerArrayNewDefault: Rule = (b, ins) => push(b, 'array.new_default', ins, 0, b.stack.pop(1))

export const lowerArrayNewFixed: Rule = (b, ins) => {
  const { stack } = b
  const count = ins.index2
  if (stack.hasTuples(count)) return push(b, 'array.of_tuple', ins, 0, [stack.popTuple(count)])
  push(b, 'array.new_fixed', ins, 0, stack.pop(count))
}

/** @param op takes elements from the segment that the instruction names */
export const lowerArrayNewSegment =
  (op: 'array.new_data' | 'array.new_elem'): Rule =>
  (b, ins) =>
    push(b, op, ins, ins.index2, b.stack.pop(2))

/** Array and index, as registers or constants, of an element that is there: if it is not, this traps. */
function elementAt(b: FunctionBuilder, ins: Instruction, ref: Expr, index: Expr): [array: Expr, index: Expr] {
  const { stack } = b
  const array = stack.atom(notNull(b, ref, ins.operand))
  const at = stack.atom(index)
  trapIf(b, operation('i32.ge_u', [at, gc('array.len', 'array', 0, [array], 'i32')]), 'trap_array')
  return [array, at]
}

/** The op that asks whether a number is missing, by its type; undefined where there may be more than one, or undefined is a value. */
const IS_MISSING = { i32: 'i32.is_missing', f32: 'f32.is_missing', f64: 'f64.is_missing' } as const

/**
 * Numbers are read before it is asked whether they are there: engines then check the index once.
 *
 *   array.get $u      b = a.d[i]; if (b === void 0) throw trap_array()
 */
export const lowerArrayGet: Rule = (b, ins) => {
  const { stack } = b
  const [ref, index] = stack.take(2) as [Expr, Expr]
  const element = elementOf(b, ins.index)
  const type = registerOf(element)
  const get = (place: readonly Expr[]): Expr => gc('array.get', ins.index, 0, place, type, { mutable: element.mutable })
  if (type !== 'i32' && type !== 'f32' && type !== 'f64')
    return stack.push(read(element, ins, get(elementAt(b, ins, ref, index))))
  const value = stack.name(get([notNull(b, ref, ins.operand), index]))
  trapIf(b, operation(IS_MISSING[type], [value]), 'trap_array')
  stack.push(read(element, ins, value))
}

export const lowerArraySet: Rule = (b, ins) => {
  const { stack } = b
  const [ref, index, value] = stack.take(3) as [Expr, Expr, Expr]
  const place = elementAt(b, ins, ref, index)
  stack.emitAfter(evaluate(gc('array.set', ins.index, 0, [...place, value], 'i32'), ins.offset))
}

export const lowerArrayLen: Rule = (b, ins) =>
  b.stack.push(gc('array.len', 'array', 0, [notNull(b, b.stack.popOne(), ins.operand)], 'i32'))

/** What sets many elements of the array that is its first operand. */
function lowerMany(b: FunctionBuilder, ins: Instruction, op: GcOp, detail: number, operands: readonly Expr[]): void {
  const [ref, ...others] = operands
  const args = [notNull(b, ref!, ins.operand), ...others]
  b.stack.emitAfter(evaluate(gc(op, ins.index, detail, args, 'i32'), ins.offset))
}

export const lowerArrayFill: Rule = (b, ins) => lowerMany(b, ins, 'array.fill', 0, b.stack.take(4))

export const lowerArrayCopy: Rule = (b, ins) => {
  const [to, at, from, ...rest] = b.stack.take(5) as [Expr, Expr, Expr, Expr, Expr]
  lowerMany(b, ins, 'array.copy', 0, [to, at, notNull(b, from, undefined), ...rest])
}

export const lowerArrayInit =
  (op: 'array.init_data' | 'array.init_elem'): Rule =>
  (b, ins) =>
    lowerMany(b, ins, op, ins.index2, b.stack.take(4))
