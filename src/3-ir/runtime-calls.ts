// The functions of the runtime that work on entities of the instance: what they take and give, and what they do.

import { READ, TRAP, WRITE } from './effects.ts'
import type { EntityRef } from './expr.ts'
import type { RegType } from './ir.ts'

interface RuntimeFunction {
  readonly entities: readonly EntityRef['kind'][]
  readonly params: readonly RegType[]
  readonly result: RegType
  readonly effects: number
  /** It gives nothing, or nothing that anybody may look at: it stands in a statement of its own. */
  readonly isVoid: boolean
}

type Entities = RuntimeFunction['entities']

const gives = (result: RegType, entities: Entities, params: readonly RegType[], effects: number): RuntimeFunction => ({
  entities,
  params,
  result,
  effects,
  isVoid: false,
})

const does = (entities: Entities, params: readonly RegType[]): RuntimeFunction => ({
  entities,
  params,
  result: 'i32',
  effects: READ | WRITE | TRAP,
  isVoid: true,
})

export const RUNTIME_CALLS: Readonly<Record<string, RuntimeFunction>> = {
  memory_size: gives('i32', ['memory'], [], READ),
  memory_grow: gives('i32', ['memory'], ['i32'], READ | WRITE),
  memory_fill: does(['memory'], ['i32', 'i32', 'i32']),
  memory_copy: does(['memory', 'memory'], ['i32', 'i32', 'i32']),
  memory_init: does(['memory', 'data'], ['i32', 'i32', 'i32']),
  data_drop: does(['data'], []),
  table_get: gives('ref', ['table'], ['i32'], READ | TRAP),
  table_set: does(['table'], ['i32', 'ref']),
  table_size: gives('i32', ['table'], [], READ),
  table_grow: gives('i32', ['table'], ['ref', 'i32'], READ | WRITE),
  table_fill: does(['table'], ['i32', 'ref', 'i32']),
  table_copy: does(['table', 'table'], ['i32', 'i32', 'i32']),
  table_init: does(['table', 'elem'], ['i32', 'i32', 'i32']),
  elem_drop: does(['elem'], []),
}
