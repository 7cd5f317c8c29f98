// Typing rules of the parametric, variable, reference, table and memory instructions whose type is not fixed
// (spec, "Validation / Instructions").

import { matches } from '../0-wasm/subtyping.ts'
import { isRef, type TableType, typeName } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { type Checker, operandName } from './checker.ts'
import { unknown } from './immediates.ts'

function select(checker: Checker): void {
  checker.popVal('i32')
  const second = checker.popAny()
  const first = checker.popAny()
  for (const type of [first, second]) {
    if (type !== 'bot' && isRef(type)) {
      throw checker.fail(`type mismatch: select without a type expects numbers or vectors, found ${operandName(type)}`)
    }
  }
  if (first !== second && first !== 'bot' && second !== 'bot') {
    throw checker.mismatch('two operands of one type', `${first as string} and ${second as string}`)
  }
  checker.pushVal(first === 'bot' ? second : first)
}

function selectTyped(checker: Checker, ins: Instruction): void {
  const [type] = ins.types
  if (type === undefined || ins.types.length > 1) throw checker.fail('invalid result arity: select has one result')
  checker.checkType(type)
  checker.popVal('i32')
  checker.popVal(type)
  checker.popVal(type)
  checker.pushVal(type)
}

function globalSet(checker: Checker, ins: Instruction): void {
  const { type, mutable } = checker.module.globals[ins.index]!.type
  if (!mutable) throw checker.fail(`immutable global ${ins.index}`)
  checker.popVal(type)
}

function refFunc(checker: Checker, ins: Instruction): void {
  const { funcs, refs } = checker.module
  const func = funcs[ins.index]
  if (!func) throw checker.fail(unknown('func', ins.index))
  if (!refs.has(ins.index)) throw checker.fail(`undeclared function reference ${ins.index}`)
  checker.pushVal({ nullable: false, heap: func.type })
}

const table = ({ module }: Checker, index: number): TableType => module.tables[index]!.type

function tableGrow(checker: Checker, ins: Instruction): void {
  const { element, addressType } = table(checker, ins.index)
  checker.popVal(addressType)
  checker.popVal(element)
  checker.pushVal(addressType)
}

function tableFill(checker: Checker, ins: Instruction): void {
  const { element, addressType } = table(checker, ins.index)
  checker.popVal(addressType)
  checker.popVal(element)
  checker.popVal(addressType)
}

/** Pops count, source and destination: a count must suit both sides, so 64 bits are only for two 64-bit ones. */
function copy(checker: Checker, to: 'i32' | 'i64', from: 'i32' | 'i64'): void {
  checker.popVal(to === 'i64' && from === 'i64' ? 'i64' : 'i32')
  checker.popVal(from)
  checker.popVal(to)
}

function tableCopy(checker: Checker, ins: Instruction): void {
  const [to, from] = [table(checker, ins.index), table(checker, ins.index2)]
  if (!matches(checker.module, from.element, to.element)) {
    throw checker.mismatch(`a table of ${typeName(to.element)}`, `one of ${typeName(from.element)}`)
  }
  copy(checker, to.addressType, from.addressType)
}

export const variableRules = {
  'drop': (checker: Checker) => {
    checker.popAny()
  },
  'select': select,
  'select t': selectTyped,
  'local.get': (checker: Checker, ins: Instruction) => checker.pushVal(checker.getLocal(ins.index)),
  'local.set': (checker: Checker, ins: Instruction) => {
    checker.popVal(checker.setLocal(ins.index))
  },
  'local.tee': (checker: Checker, ins: Instruction) => {
    const type = checker.setLocal(ins.index)
    checker.popVal(type)
    checker.pushVal(type)
  },
  'global.get': (checker: Checker, ins: Instruction) => checker.pushVal(checker.module.globals[ins.index]!.type.type),
  'global.set': globalSet,
  'table.get': (checker: Checker, ins: Instruction) => {
    checker.popVal(table(checker, ins.index).addressType)
    checker.pushVal(table(checker, ins.index).element)
  },
  'table.set': (checker: Checker, ins: Instruction) => {
    checker.popVal(table(checker, ins.index).element)
    checker.popVal(table(checker, ins.index).addressType)
  },
  'table.grow': tableGrow,
  'table.fill': tableFill,
  'table.copy': tableCopy,
  'memory.copy': (checker: Checker, ins: Instruction) => {
    const { memories } = checker.module
    copy(checker, memories[ins.index]!.type.addressType, memories[ins.index2]!.type.addressType)
  },
  'ref.null': (checker: Checker, ins: Instruction) => {
    checker.checkHeap(ins.heap)
    checker.pushVal({ nullable: true, heap: ins.heap })
  },
  'ref.is_null': (checker: Checker) => {
    checker.popRef()
    checker.pushVal('i32')
  },
  'ref.func': refFunc,
} as const
