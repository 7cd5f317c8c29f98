// Indices and alignments that instructions carry, checked by the kinds that the instruction table gives them.

import type { Module } from '../0-wasm/module.ts'
import type { Op } from '../0-wasm/ops/index.ts'
import { type AddressType, typeName } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import type { Checker } from './checker.ts'

/** How many there are of what an immediate names. Labels have no fixed number, other immediates are no indices. */
const COUNT: Readonly<Record<string, (checker: Checker) => number>> = {
  local: (checker) => checker.locals.length,
  global: (checker) => checker.globals,
  func: ({ module }) => module.funcs.length,
  type: ({ module }) => module.types.length,
  table: ({ module }) => module.tables.length,
  memory: ({ module }) => module.memories.length,
  data: ({ module }) => module.dataCount ?? module.data.length,
  elem: ({ module }) => module.elements.length,
}

const NAMES: Readonly<Record<string, string>> = {
  func: 'function',
  data: 'data segment',
  elem: 'elem segment',
}

/** The spec's message for an index out of range. */
export const unknown = (kind: string, index: number): string => `unknown ${NAMES[kind] ?? kind} ${index}`

export function checkImmediates(checker: Checker, ins: Instruction): void {
  const [first, second] = ins.op.immediates
  if (first === 'memarg') {
    checkMemarg(checker, ins)
    return
  }
  checkIndex(checker, first!, ins.index)
  if (second !== undefined) checkIndex(checker, second, ins.index2)
  if (first === 'elem' && second === 'table') checkTableInit(checker, ins)
}

/** What `table.init` writes is a property of its segment, not an operand. */
function checkTableInit(checker: Checker, ins: Instruction): void {
  const { elements, tables } = checker.module
  const [from, to] = [elements[ins.index]!.type, tables[ins.index2]!.type.element]
  if (!checker.matches(from, to)) throw checker.mismatch(`a segment of ${typeName(to)}`, `one of ${typeName(from)}`)
}

function checkIndex(checker: Checker, kind: string, index: number): void {
  const count = COUNT[kind]
  if (count && index >= count(checker)) throw checker.fail(unknown(kind, index))
}

function checkMemarg(checker: Checker, ins: Instruction): void {
  const memory = checker.module.memories[ins.memory]
  if (!memory) throw checker.fail(unknown('memory', ins.memory))
  const { align, op } = ins
  if (align > 4 || 1 << align > op.width) {
    const found = `${op.name} has ${2 ** align}, natural is ${op.width}`
    throw checker.fail(`alignment must not be larger than natural: ${found}`)
  }
  if (ins.memOffset >= 2 ** 32 && memory.type.addressType === 'i32') throw checker.fail('offset out of range')
}

/** What `addr` stands for in the type of an instruction: depends on the memory or table it names first. */
export function addressType(module: Module, ins: Instruction): AddressType {
  const { immediates }: Op = ins.op
  switch (immediates[0]) {
    case 'memarg':
      return module.memories[ins.memory]!.type.addressType
    case 'memory':
      return module.memories[ins.index]!.type.addressType
    case 'table':
      return module.tables[ins.index]!.type.addressType
    case 'data':
      return module.memories[ins.index2]!.type.addressType
    default:
      return module.tables[ins.index2]!.type.addressType
  }
}
