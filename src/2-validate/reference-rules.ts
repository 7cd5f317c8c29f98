// Typing rules of typed references: null, casts, conversions (spec, "Validation / Instructions / Reference Instructions").

import { topOf } from '../0-wasm/subtyping.ts'
import { type AbstractHeapType, EXTERNREF, type RefType, typeName, type ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { BOT_REF, type Checker, labelTypes, operandName } from './checker.ts'

const nullable = (heap: AbstractHeapType): RefType => ({ nullable: true, heap })

const ANYREF = nullable('any')
const EQREF = nullable('eq')
const I31REF = nullable('i31')
const ARRAYREF = nullable('array')

/** The type of a reference that is known not to be null. */
const withoutNull = (type: RefType): RefType => (type.nullable ? { nullable: false, heap: type.heap } : type)

/** Pops what a branch carries and pushes it again. */
function pass(checker: Checker, types: readonly ValType[]): void {
  checker.popVals(types)
  checker.pushVals(types)
}

function branchOnNull(checker: Checker, { index }: Instruction): void {
  const type = checker.popRef()
  pass(checker, labelTypes(checker.label(index)))
  checker.pushVal(withoutNull(type))
}

/** Splits off the last type that a label expects, which must be one for a reference of type `last`. */
function labelWithRef(checker: Checker, index: number, last: RefType): readonly ValType[] {
  const types = labelTypes(checker.label(index))
  const expected = types.at(-1)
  if (expected === undefined || !checker.matches(last, expected)) {
    throw checker.mismatch(
      `a label for ${operandName(last)}`,
      expected === undefined ? 'one for nothing' : typeName(expected),
    )
  }
  return types.slice(0, -1)
}

function branchOnNonNull(checker: Checker, { index }: Instruction): void {
  const type = checker.popRef()
  pass(checker, labelWithRef(checker, index, withoutNull(type)))
}

/** Pops a reference that the type may be tested of. @returns the type that is tested */
function tested(checker: Checker, ins: Instruction, isNullable: boolean): RefType {
  const { heap } = ins
  checker.checkHeap(heap)
  checker.popOperand(ins, nullable(topOf(checker.module, heap)))
  return { nullable: isNullable, heap }
}

/** The type of what is no `to`: null is one if `to` is nullable. */
const difference = (from: RefType, to: RefType): RefType => (to.nullable ? withoutNull(from) : from)

/** @param taken, left what a branch carries, and what stays if there is none */
function branchOnCast(checker: Checker, ins: Instruction, taken: RefType, left: RefType): void {
  const types = labelWithRef(checker, ins.index, taken)
  checker.popOperand(ins, ins.from)
  pass(checker, types)
  checker.pushVal(left)
}

function checkCast(checker: Checker, { from, to }: Instruction): void {
  checker.checkType(from)
  checker.checkType(to)
  if (!checker.matches(to, from)) throw checker.mismatch(`a type that matches ${typeName(from)}`, typeName(to))
}

/** Null stays null: `any` and `extern` are two views of the same values. */
function convert(checker: Checker, from: RefType, heap: AbstractHeapType): void {
  const type = checker.popVal(from)
  checker.pushVal({ nullable: type !== 'bot' && type !== BOT_REF && (type as RefType).nullable, heap })
}

function i31Get(checker: Checker, ins: Instruction): void {
  checker.popOperand(ins, I31REF)
  checker.pushVal('i32')
}

export const referenceRules = {
  'ref.as_non_null': (checker: Checker, ins: Instruction) => {
    const type = checker.popRef()
    ins.operand = type
    checker.pushVal(withoutNull(type))
  },
  'br_on_null': branchOnNull,
  'br_on_non_null': branchOnNonNull,
  'ref.eq': (checker: Checker) => {
    checker.popVal(EQREF)
    checker.popVal(EQREF)
    checker.pushVal('i32')
  },
  'ref.test': (checker: Checker, ins: Instruction) => {
    tested(checker, ins, false)
    checker.pushVal('i32')
  },
  'ref.test null': (checker: Checker, ins: Instruction) => {
    tested(checker, ins, true)
    checker.pushVal('i32')
  },
  'ref.cast': (checker: Checker, ins: Instruction) => checker.pushVal(tested(checker, ins, false)),
  'ref.cast null': (checker: Checker, ins: Instruction) => checker.pushVal(tested(checker, ins, true)),
  'br_on_cast': (checker: Checker, ins: Instruction) => {
    checkCast(checker, ins)
    branchOnCast(checker, ins, ins.to, difference(ins.from, ins.to))
  },
  'br_on_cast_fail': (checker: Checker, ins: Instruction) => {
    checkCast(checker, ins)
    branchOnCast(checker, ins, difference(ins.from, ins.to), ins.to)
  },
  'any.convert_extern': (checker: Checker) => convert(checker, EXTERNREF, 'any'),
  'extern.convert_any': (checker: Checker) => convert(checker, ANYREF, 'extern'),
  'ref.i31': (checker: Checker) => {
    checker.popVal('i32')
    checker.pushVal({ nullable: false, heap: 'i31' })
  },
  'i31.get_s': i31Get,
  'i31.get_u': i31Get,
  'array.len': (checker: Checker, ins: Instruction) => {
    checker.popOperand(ins, ARRAYREF)
    checker.pushVal('i32')
  },
} as const
