// What instructions on structures, arrays and types take and give, by the types of what they hold.

import type { GcOperation } from '../expr.ts'
import { GC_OPS } from '../gc-ops.ts'
import type { RegType } from '../ir.ts'
import { inStage } from './module.ts'
import type { Subject } from './subject.ts'

export interface GcSignature {
  readonly params: readonly RegType[]
  readonly result: RegType
}

/** What structures and arrays hold, by the index of their type; undefined: there is no such type. */
export interface Storage {
  fields(type: number): readonly RegType[] | undefined
  element(type: number): RegType | undefined
}

/** The types of what the instruction has to do with: all fields, one, the element, or nothing. */
function heldTypes({ op, heap, detail }: GcOperation, storage: Storage): readonly RegType[] | undefined {
  const { holds } = GC_OPS[op]
  if (holds === 'nothing') return []
  if (typeof heap !== 'number') return undefined
  const element = holds === 'element' ? storage.element(heap) : undefined
  if (holds === 'element') return element && [element]
  const fields = storage.fields(heap)
  return holds === 'fields' ? fields : fields?.slice(detail, detail + 1)
}

/** @returns undefined if it is of something that there is not */
export function gcSignature(e: GcOperation, storage: Storage, subject: Subject): GcSignature | undefined {
  const held = heldTypes(e, storage)
  if (held === undefined) return undefined
  const { op, part, args } = e
  const words = inStage(held, subject)
  const gives = (result: RegType | undefined, ...params: RegType[]): GcSignature | undefined =>
    result && { params, result }
  switch (op) {
    case 'struct.new':
      return gives('ref', ...words)
    case 'struct.new_default':
      return gives('ref')
    case 'struct.of_tuple':
    case 'array.of_tuple':
      return gives('ref', 'ref')
    case 'struct.get':
      return gives(words[part], 'ref')
    case 'struct.set':
      return gives('i32', 'ref', ...words)
    case 'array.new':
      return gives('ref', ...words, 'i32')
    case 'array.new_default':
      return gives('ref', 'i32')
    case 'array.new_fixed':
      return gives('ref', ...args.map((_, i) => words[i % words.length]!))
    case 'array.new_data':
    case 'array.new_elem':
      return gives('ref', 'i32', 'i32')
    case 'array.get':
      return gives(words[part], 'ref', 'i32')
    case 'array.set':
      return gives('i32', 'ref', 'i32', ...words)
    case 'array.len':
    case 'ref.test':
      return gives('i32', 'ref')
    case 'array.fill':
      return gives('i32', 'ref', 'i32', ...words, 'i32')
    case 'array.copy':
      return gives('i32', 'ref', 'i32', 'ref', 'i32', 'i32')
    case 'array.init_data':
    case 'array.init_elem':
      return gives('i32', 'ref', 'i32', 'i32', 'i32')
    default:
      return op satisfies never
  }
}
