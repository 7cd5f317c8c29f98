// Indices and alignments that instructions carry, checked by the kinds that the instruction table gives them.

import type { Module } from '../0-wasm/module.ts'
import { type Op, ops } from '../0-wasm/ops/index.ts'
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

type Check = (checker: Checker, ins: Instruction) => void

/** What is to be checked of the immediates of an instruction, undefined if nothing is. */
function checkOf(op: Op): Check | undefined {
  const [first, second] = op.immediates
  if (first === undefined) return undefined
  if (first === 'memarg') return second === 'lane' ? both(checkMemarg, checkLane) : checkMemarg
  if (first === 'atomic') return both(checkMemarg, checkAligned)
  if (first === 'lane') return checkLane
  if (first === 'lanes') return checkShuffle
  if (first === 'elem' && second === 'table') return both(both(checkIndex(first), checkIndex2(second)), checkTableInit)
  return both(checkIndex(first), second === undefined ? undefined : checkIndex2(second))
}

const both = (first: Check | undefined, second: Check | undefined): Check | undefined =>
  first === undefined || second === undefined
    ? (first ?? second)
    : (checker, ins) => {
        first(checker, ins)
        second(checker, ins)
      }

function checkIndex(kind: string): Check | undefined {
  const count = COUNT[kind]
  return (
    count &&
    ((checker, { index }) => {
      if (index >= count(checker)) throw checker.fail(unknown(kind, index))
    })
  )
}

function checkIndex2(kind: string): Check | undefined {
  const count = COUNT[kind]
  return (
    count &&
    ((checker, { index2 }) => {
      if (index2 >= count(checker)) throw checker.fail(unknown(kind, index2))
    })
  )
}

/** What `table.init` writes is a property of its segment, not an operand. */
function checkTableInit(checker: Checker, ins: Instruction): void {
  const { elements, tables } = checker.module
  const [from, to] = [elements[ins.index]!.type, tables[ins.index2]!.type.element]
  if (!checker.matches(from, to)) throw checker.mismatch(`a segment of ${typeName(to)}`, `one of ${typeName(from)}`)
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

function checkAligned(checker: Checker, { align, op }: Instruction): void {
  if (1 << align === op.width) return
  throw checker.fail(`atomic alignment must be natural: ${op.name} has ${2 ** align}, natural is ${op.width}`)
}

function checkLane(checker: Checker, { lane, op }: Instruction): void {
  if (lane >= op.lanes) throw checker.fail(`invalid lane index ${lane}: there are ${op.lanes}`)
}

/** Lanes of two vectors of 16, a byte each. */
const NO_LANE = 0xe0e0_e0e0

function checkShuffle(checker: Checker, { words }: Instruction): void {
  if (words.some((word) => (word & NO_LANE) !== 0)) throw checker.fail('invalid lane index: there are 32')
}

/** The checks of immediates by `Op.id`. */
export const CHECKS: readonly (Check | undefined)[] = ops.map(checkOf)

/** What `addr` stands for in the type of an instruction: depends on the memory or table it names first. */
export function addressType(module: Module, ins: Instruction): AddressType {
  const { immediates }: Op = ins.op
  switch (immediates[0]) {
    case 'memarg':
    case 'atomic':
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
