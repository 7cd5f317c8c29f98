// A value that is read and waits on the stack while what it was read from changes.

import { access, constant, END, ins, type NumName, opcode, open } from '../binary/code.ts'
import { branchIf } from './control.ts'
import type { ValueRule, Writer } from './writer.ts'

/** Reading a place, and setting it to something else. */
interface Place {
  readonly read: number[]
  readonly change: () => number[]
}

function localPlace(w: Writer, type: NumName): Place | undefined {
  const local = w.local(type)
  if (local === undefined) return undefined
  return { read: ins('local.get', local), change: () => [...w.value(type), ...ins('local.set', local)] }
}

function globalPlace(w: Writer, type: NumName): Place | undefined {
  const fitting = w.around.globals.filter((global) => global.type === type)
  if (fitting.length === 0) return undefined
  const { index } = w.random.pick(fitting)
  return { read: ins('global.get', index), change: () => [...w.value(type), ...ins('global.set', index)] }
}

function memoryPlace(w: Writer, type: NumName): Place {
  const address = constant('i32', BigInt(w.random.below(16)))
  const offset = w.random.below(8)
  return {
    read: [...address, ...access(`${type}.load`, offset)],
    change: () => [...address, ...w.value(type), ...access(`${type}.store`, offset)],
  }
}

function sizePlace(w: Writer, type: NumName): Place | undefined {
  if (type !== 'i32') return undefined
  const one = constant('i32', 1n)
  if (w.random.chance(50))
    return { read: ins('memory.size', 0), change: () => [...one, ...ins('memory.grow', 0), ...opcode('drop')] }
  return { read: ins('table.size', 0), change: () => [0xd0, 0x70, ...one, ...ins('table.grow', 0), ...opcode('drop')] }
}

/** What may trap must do so before a branch leaves it behind. */
function trapPlace(w: Writer, type: NumName): Place | undefined {
  if (type !== 'i32' && type !== 'i64') return undefined
  const divide = [
    ...w.value(type),
    ...w.value(type),
    ...opcode(w.random.chance(50) ? `${type}.div_s` : `${type}.rem_u`),
  ]
  return { read: divide, change: () => branchIf(w) }
}

const place = (w: Writer, type: NumName): Place | undefined =>
  w.random.pick([localPlace, localPlace, globalPlace, globalPlace, memoryPlace, sizePlace, trapPlace])(w, type)

/** Where the change happens: at once, in a block, in an arm, or in the middle of statements. */
function around(w: Writer, change: () => number[]): number[] {
  switch (w.random.below(6)) {
    case 0:
      return [...open('block', undefined), ...w.inside([], () => [...w.statements(2), ...change()]), END]
    case 1:
      return [...w.value('i32'), ...open('if', undefined), ...w.inside([], change), END]
    case 2:
      return [...w.statement(), ...change(), ...w.statement()]
    default:
      return change()
  }
}

/** The value before the change; computed with first, now and then. */
export const hazard: ValueRule = (w, type) => {
  const chosen = place(w, type)
  if (chosen === undefined) return undefined
  const computed =
    type.startsWith('i') && w.random.chance(50) ? [...w.value(type), ...opcode(`${type as 'i32'}.xor`)] : []
  return [...chosen.read, ...computed, ...around(w, chosen.change)]
}
