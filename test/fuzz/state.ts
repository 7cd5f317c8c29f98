// Rules for statements that change locals, globals, memory and tables.

import { access, constant, ins, type NumName, opcode } from '../binary/code.ts'
import type { StatementRule, Writer } from './writer.ts'

const TYPES: readonly NumName[] = ['i32', 'i64', 'f32', 'f64']
const STORES = {
  i32: ['i32.store', 'i32.store8', 'i32.store16'],
  i64: ['i64.store', 'i64.store8', 'i64.store16', 'i64.store32'],
  f32: ['f32.store'],
  f64: ['f64.store'],
} as const

const masked = (w: Writer, mask: bigint): number[] => [
  ...w.value('i32'),
  ...constant('i32', mask),
  ...opcode('i32.and'),
]

/** @returns a constant offset and code for an address, most often inside the memory */
export function address(w: Writer): [offset: number, code: number[]] {
  const { random } = w
  const offset = random.chance(98) ? random.below(40) : random.bits()
  if (random.chance(3)) return [offset, w.value('i32')]
  return [offset, random.chance(40) ? constant('i32', BigInt(random.below(64))) : masked(w, 0xff7fn)]
}

/** Small operands for a bulk instruction: destination, source and count. */
const range = (w: Writer, mask: bigint): number[] => [masked(w, mask), masked(w, mask), masked(w, 0x1fn)].flat()

const setLocal: StatementRule = (w) => {
  const local = w.local()
  return local === undefined ? undefined : [...w.value(w.locals[local]), ...ins('local.set', local)]
}

const setGlobal: StatementRule = (w) => {
  const { type, index } = w.random.pick(w.around.globals)
  return [...w.value(type), ...ins('global.set', index)]
}

const swap: StatementRule = (w) => {
  const first = w.local()
  const second = first === undefined ? undefined : w.local(w.locals[first])
  if (first === undefined || second === undefined) return undefined
  return [
    ...ins('local.get', first),
    ...ins('local.get', second),
    ...ins('local.set', first),
    ...ins('local.set', second),
  ]
}

const store: StatementRule = (w) => {
  const type = w.random.pick(TYPES)
  const [offset, code] = address(w)
  return [...code, ...w.value(type), ...access(w.random.pick(STORES[type]), offset)]
}

const dropValue: StatementRule = (w) => [...w.value(w.random.pick(TYPES)), ...opcode('drop')]

const bulkMemory: StatementRule = (w) => {
  const data = w.random.pick(w.around.data)
  switch (w.random.below(8)) {
    case 0:
    case 1:
      return [...range(w, 0xff7fn), ...ins('memory.fill', 0)]
    case 2:
    case 3:
      return [...range(w, 0xff7fn), ...ins('memory.copy', 0, 0)]
    case 4:
      return ins('data.drop', data)
    default:
      return [...masked(w, 0xff7fn), ...masked(w, 0xfn), ...masked(w, 0x1fn), ...ins('memory.init', data, 0)]
  }
}

/** A null or a function, as a reference. */
const reference = (w: Writer): number[] =>
  w.random.chance(20) ? [0xd0, 0x70] : ins('ref.func', w.random.below(w.around.functions.length))

const tables: StatementRule = (w) => {
  const elements = w.random.pick(w.around.elements)
  switch (w.random.below(8)) {
    case 0:
      return [
        ...reference(w),
        ...constant('i32', BigInt(w.random.below(3))),
        ...ins('table.grow', 0),
        ...opcode('drop'),
      ]
    case 1:
      return [...masked(w, 7n), ...reference(w), ...masked(w, 3n), ...ins('table.fill', 0)]
    case 2:
      return [...masked(w, 7n), ...masked(w, 7n), ...masked(w, 3n), ...ins('table.copy', 0, 0)]
    case 3:
      return [...masked(w, 7n), ...masked(w, 3n), ...masked(w, 3n), ...ins('table.init', elements, 0)]
    case 4:
      return ins('elem.drop', elements)
    case 5:
      return [...masked(w, 7n), ...masked(w, 7n), ...ins('table.get', 0), ...ins('table.set', 0)]
    default:
      return [...masked(w, 15n), ...reference(w), ...ins('table.set', 0)]
  }
}

export const stateStatements: readonly (readonly [number, StatementRule])[] = [
  [20, setLocal],
  [10, setGlobal],
  [4, swap],
  [14, store],
  [3, dropValue],
  [4, bulkMemory],
  [3, tables],
  [1, () => opcode('nop')],
]
