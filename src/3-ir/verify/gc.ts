// What instructions on structures, arrays and types take and give, by the types of what they hold.

import type { GcOperation } from '../expr.ts'
import type { RegType } from '../ir.ts'
import { inStage } from './module.ts'
import type { Subject } from './subject.ts'

export interface GcSignature {
  readonly params: readonly RegType[]
  readonly result: RegType
}

/**
 * @param storage types of the fields or the element that the instruction has to do with
 * @returns undefined if it is of something that there is not
 */
export function gcSignature(
  { op, part, args }: GcOperation,
  storage: readonly RegType[] | undefined,
  subject: Subject,
): GcSignature | undefined {
  if (storage === undefined) return undefined
  const words = inStage(storage, subject)
  const gives = (result: RegType | undefined, ...params: RegType[]): GcSignature | undefined =>
    result && { params, result }
  switch (op) {
    case 'struct.new':
      return gives('ref', ...words)
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
