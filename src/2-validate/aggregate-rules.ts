// Typing rules of structures and arrays (spec, "Validation / Instructions / Aggregate Instructions").

import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import { storageMatches } from '../0-wasm/subtyping.ts'
import {
  type FieldType,
  isDefaultable,
  isNumeric,
  type RefType,
  type StructType,
  typeName,
  unpacked,
} from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Checker } from './checker.ts'

function structType(checker: Checker, index: number): StructType {
  const type = checker.module.types[index]!.composite
  if (type.kind !== 'struct') throw checker.fail(`type mismatch: type ${index} is not a struct type`)
  return type
}

/** The elements of an array type. */
function elementOf(checker: Checker, index: number): FieldType {
  const type = checker.module.types[index]!.composite
  if (type.kind !== 'array') throw checker.fail(`type mismatch: type ${index} is not an array type`)
  return type.element
}

const made = (heap: number): RefType => ({ nullable: false, heap })
const given = (heap: number): RefType => ({ nullable: true, heap })

function needDefault(checker: Checker, { storage }: FieldType): void {
  if (!isDefaultable(storage)) {
    throw checker.fail(`type mismatch: ${typeName(unpacked(storage))} has no default value`)
  }
}

function structNew(checker: Checker, { index }: Instruction): void {
  const { fields } = structType(checker, index)
  for (let i = fields.length - 1; i >= 0; i--) checker.popVal(unpacked(fields[i]!.storage))
  checker.pushVal(made(index))
}

function structNewDefault(checker: Checker, { index }: Instruction): void {
  for (const field of structType(checker, index).fields) needDefault(checker, field)
  checker.pushVal(made(index))
}

function fieldOf(checker: Checker, { index, index2 }: Instruction): FieldType {
  const field = structType(checker, index).fields[index2]
  if (field === undefined) throw checker.fail(`unknown field ${index2}`)
  return field
}

function needMutable(checker: Checker, { mutable }: FieldType, what: string): void {
  if (!mutable) throw checker.fail(`immutable ${what}`)
}

/** Small integers are read with or without their sign, and nothing else is. */
function checkPacked(checker: Checker, { storage }: FieldType, isPacked: boolean): void {
  if ((storage === 'i8' || storage === 'i16') === isPacked) return
  throw checker.fail(`type mismatch: the field is ${isPacked ? 'not packed' : 'packed'}`)
}

const structGet =
  (isPacked: boolean) =>
  (checker: Checker, ins: Instruction): void => {
    const field = fieldOf(checker, ins)
    checkPacked(checker, field, isPacked)
    checker.popOperand(ins, given(ins.index))
    checker.pushVal(unpacked(field.storage))
  }

function structSet(checker: Checker, ins: Instruction): void {
  const field = fieldOf(checker, ins)
  needMutable(checker, field, 'field')
  checker.popVal(unpacked(field.storage))
  checker.popOperand(ins, given(ins.index))
}

function arrayNew(checker: Checker, { index }: Instruction): void {
  const { storage } = elementOf(checker, index)
  checker.popVal('i32')
  checker.popVal(unpacked(storage))
  checker.pushVal(made(index))
}

function arrayNewDefault(checker: Checker, { index }: Instruction): void {
  needDefault(checker, elementOf(checker, index))
  checker.popVal('i32')
  checker.pushVal(made(index))
}

function arrayNewFixed(checker: Checker, { index, index2: count }: Instruction): void {
  const type = unpacked(elementOf(checker, index).storage)
  const { fixedOperands: limit } = MODULE_LIMITS
  if (count > limit) throw checker.fail(`too many operands: ${count} (limit ${limit})`, 'unsupported')
  for (let left = count; left > 0; left--) checker.popVal(type)
  checker.pushVal(made(index))
}

function needNumeric(checker: Checker, { storage }: FieldType): void {
  if (!isNumeric(storage)) throw checker.fail('type mismatch: array type is not numeric or vector')
}

/** The segment of an instruction has what its array takes. */
function checkSegment(checker: Checker, { index, index2 }: Instruction): void {
  const { storage } = elementOf(checker, index)
  const { type } = checker.module.elements[index2]!
  if (!storageMatches(checker.module, type, storage)) {
    throw checker.mismatch(`a segment of ${isNumeric(storage) ? storage : typeName(unpacked(storage))}`, typeName(type))
  }
}

/** Pops start and length in the segment. */
function arrayNewSegment(checker: Checker, { index }: Instruction): void {
  checker.popVal('i32')
  checker.popVal('i32')
  checker.pushVal(made(index))
}

const arrayGet =
  (isPacked: boolean) =>
  (checker: Checker, ins: Instruction): void => {
    const element = elementOf(checker, ins.index)
    checkPacked(checker, element, isPacked)
    checker.popVal('i32')
    checker.popOperand(ins, given(ins.index))
    checker.pushVal(unpacked(element.storage))
  }

function arraySet(checker: Checker, ins: Instruction): void {
  const element = elementOf(checker, ins.index)
  needMutable(checker, element, 'array')
  checker.popVal(unpacked(element.storage))
  checker.popVal('i32')
  checker.popOperand(ins, given(ins.index))
}

function arrayFill(checker: Checker, ins: Instruction): void {
  const element = elementOf(checker, ins.index)
  needMutable(checker, element, 'array')
  checker.popVal('i32')
  checker.popVal(unpacked(element.storage))
  checker.popVal('i32')
  checker.popOperand(ins, given(ins.index))
}

function arrayCopy(checker: Checker, ins: Instruction): void {
  const { index, index2 } = ins
  const [to, from] = [elementOf(checker, index), elementOf(checker, index2)]
  needMutable(checker, to, 'array')
  if (!storageMatches(checker.module, from.storage, to.storage)) throw checker.fail('array types do not match')
  checker.popVal('i32')
  checker.popVal('i32')
  checker.popVal(given(index2))
  checker.popVal('i32')
  checker.popOperand(ins, given(index))
}

/** Pops length, start in the segment and start in the array. */
function arrayInit(checker: Checker, ins: Instruction): void {
  needMutable(checker, elementOf(checker, ins.index), 'array')
  for (let i = 0; i < 3; i++) checker.popVal('i32')
  checker.popOperand(ins, given(ins.index))
}

type Rule = (checker: Checker, ins: Instruction) => void

/** What takes elements from a data segment: they are numbers. */
const fromData =
  (rule: Rule): Rule =>
  (checker, ins) => {
    needNumeric(checker, elementOf(checker, ins.index))
    rule(checker, ins)
  }

/** What takes elements from an element segment: it has their type. */
const fromElements =
  (rule: Rule): Rule =>
  (checker, ins) => {
    checkSegment(checker, ins)
    rule(checker, ins)
  }

export const aggregateRules = {
  'struct.new': structNew,
  'struct.new_default': structNewDefault,
  'struct.get': structGet(false),
  'struct.get_s': structGet(true),
  'struct.get_u': structGet(true),
  'struct.set': structSet,
  'array.new': arrayNew,
  'array.new_default': arrayNewDefault,
  'array.new_fixed': arrayNewFixed,
  'array.new_data': fromData(arrayNewSegment),
  'array.new_elem': fromElements(arrayNewSegment),
  'array.get': arrayGet(false),
  'array.get_s': arrayGet(true),
  'array.get_u': arrayGet(true),
  'array.set': arraySet,
  'array.fill': arrayFill,
  'array.copy': arrayCopy,
  'array.init_data': fromData(arrayInit),
  'array.init_elem': fromElements(arrayInit),
} as const
