// The functions of the runtime that work on entities of the instance: what they take and give, and what they do.

import { ATOMIC_CALLS, type AtomicCall } from './atomic-calls.ts'
import { LEAVE, READ_HEAP, READ_MEMORY, READ_TABLE, TRAP, WRITE_HEAP, WRITE_MEMORY, WRITE_TABLE } from './effects.ts'
import type { EntityRef } from './expr.ts'
import type { RegType } from './ir.ts'
import type { RuntimeFunction } from './runtime-names.ts'

interface Facts {
  readonly entities: readonly EntityRef['kind'][]
  /** Undefined: as many as there are, of any type. */
  readonly params: readonly RegType[] | undefined
  readonly result: RegType
  /** All that it gives: the first, and what is in result cells. */
  readonly results: readonly RegType[]
  readonly effects: number
  /**
   * Whether a memory may be larger behind it: because it grows one, or because it synchronises with another thread, which
   * may have grown a shared one.
   */
  readonly grows: boolean
  /** It gives nothing, or nothing that anybody may look at: it stands in a statement of its own. */
  readonly isVoid: boolean
}

type Entities = Facts['entities']

const gives = (
  result: RegType,
  entities: Entities,
  params: Facts['params'],
  effects: number,
  grows = false,
): Facts => ({ entities, params, result, results: [result], effects, grows, isVoid: false })

const does = (entities: Entities, params: readonly RegType[], effects: number, grows = false): Facts => ({
  entities,
  params,
  result: 'i32',
  results: [],
  effects,
  grows,
  isVoid: true,
})

const MEMORY = READ_MEMORY | WRITE_MEMORY
const TABLE = READ_TABLE | WRITE_TABLE

/** The words of addresses, offsets and operands. */
const words = (count: number): RegType[] => Array.from({ length: count }, () => 'i32')

/**
 * Nothing is moved past what is atomic: it counts as reading and writing memory, whatever it does, since what is before and
 * behind it must stay so for other threads.
 */
const ATOMIC = MEMORY | TRAP

const atomicRows = Object.entries(ATOMIC_CALLS).map(([name, { words: count, results }]): [string, Facts] => [
  name,
  results === 0
    ? does(['memory'], words(2 + count), ATOMIC, true)
    : { ...gives('i32', ['memory'], words(2 + count), ATOMIC, true), results: words(results) },
])

export const RUNTIME_CALLS = {
  ...(Object.fromEntries(atomicRows) as Record<AtomicCall, Facts>),
  atomic_wait32: gives('i32', ['memory'], words(5), ATOMIC, true),
  atomic_wait64: gives('i32', ['memory'], words(6), ATOMIC, true),
  atomic_notify: gives('i32', ['memory'], words(3), ATOMIC),
  atomic_fence: does(['memory'], [], MEMORY, true),
  atomic_aligned: does([], words(2), TRAP),
  wait_alone: gives('i32', [], words(2), TRAP),
  wait_unshared: gives('i32', [], [], TRAP),
  shared_memory_size: gives('i32', ['memory'], [], MEMORY, true),
  shared_memory_grow: gives('i32', ['memory'], ['i32'], MEMORY, true),
  shared_memory_renew: does(['memory'], [], MEMORY, true),
  memory_size: gives('i32', ['memory'], [], READ_MEMORY),
  memory_grow: gives('i32', ['memory'], ['i32'], MEMORY, true),
  memory_size_1: gives('i32', ['memory'], [], READ_MEMORY),
  memory_grow_1: gives('i32', ['memory'], ['i32'], MEMORY, true),
  memory_fill: does(['memory'], ['i32', 'i32', 'i32'], MEMORY | TRAP),
  memory_copy: does(['memory', 'memory'], ['i32', 'i32', 'i32'], MEMORY | TRAP),
  memory_init: does(['memory', 'data'], ['i32', 'i32', 'i32'], MEMORY | TRAP),
  data_drop: does(['data'], [], WRITE_MEMORY),
  table_get: gives('ref', ['table'], ['i32'], READ_TABLE | TRAP),
  table_set: does(['table'], ['i32', 'ref'], TABLE | TRAP),
  table_size: gives('i32', ['table'], [], READ_TABLE),
  table_grow: gives('i32', ['table'], ['ref', 'i32'], TABLE),
  table_fill: does(['table'], ['i32', 'ref', 'i32'], TABLE | TRAP),
  table_copy: does(['table', 'table'], ['i32', 'i32', 'i32'], TABLE | TRAP),
  table_init: does(['table', 'elem'], ['i32', 'i32', 'i32'], TABLE | TRAP),
  elem_drop: does(['elem'], [], WRITE_TABLE),
  any_convert_extern: gives('ref', [], ['ref'], 0),
  extern_convert_any: gives('ref', [], ['ref'], 0),
  // An exception with a tag and what it carries, each i64 as two words once i64 values are words.
  exn_new: gives('ref', ['tag'], undefined, 0),
  // The same with a tuple of what it carries, and that tuple.
  exn_of_tuple: gives('ref', ['tag'], ['ref'], 0),
  exn_tuple: gives('ref', [], ['ref'], 0),
  exn_is: gives('i32', ['tag'], ['ref'], 0),
  // What is thrown where an exception is thrown again.
  exn_again: gives('ref', [], ['ref'], TRAP),
  // What a handler has caught (`Try`). Traps and stack overflows go on from here.
  caught: gives('ref', [], [], LEAVE),
  call_indirect_trap: does(['table'], ['i32'], TRAP),
  // Builtins (builtin-calls.ts).
  string_test: gives('i32', [], ['ref'], 0),
  string_cast: gives('ref', [], ['ref'], TRAP),
  string_length: gives('i32', [], ['ref'], TRAP),
  string_unit: gives('i32', [], ['ref', 'i32'], TRAP),
  string_point: gives('i32', [], ['ref', 'i32'], TRAP),
  string_from_unit: gives('ref', [], ['i32'], 0),
  string_from_point: gives('ref', [], ['i32'], TRAP),
  string_from_array: gives('ref', [], ['ref', 'i32', 'i32'], TRAP | READ_HEAP),
  string_into_array: gives('i32', [], ['ref', 'ref', 'i32'], TRAP | WRITE_HEAP),
  string_concat: gives('ref', [], ['ref', 'ref'], LEAVE),
  string_part: gives('ref', [], ['ref', 'i32', 'i32'], TRAP),
  string_equals: gives('i32', [], ['ref', 'ref'], TRAP),
  string_compare: gives('i32', [], ['ref', 'ref'], TRAP),
} satisfies { readonly [Name in RuntimeFunction | Inline]?: Facts }

/** What takes no function: `table_size(t0)` is a property of the table. */
type Inline = 'table_size' | 'data_drop' | 'elem_drop'

export type RuntimeCallName = keyof typeof RUNTIME_CALLS

export const isRuntimeCall = (name: string): name is RuntimeCallName => Object.hasOwn(RUNTIME_CALLS, name)
