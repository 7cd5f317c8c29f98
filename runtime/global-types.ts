// The types of globals that JavaScript can make, by letter and by their names in descriptors (JavaScript API, "ToValueType").

import type { GlobalGetter, GlobalPutter } from './global.ts'
import {
  global_get,
  global_get_F,
  global_get_I,
  global_get_ref,
  global_put_d,
  global_put_F,
  global_put_f,
  global_put_I,
  global_put_i,
  global_put_ref,
  global_put_x,
} from './global-values.ts'
import { type RefType, ref_type } from './ref-types.ts'
import type { ValueLetter, ValueType } from './value-types.ts'

export interface GlobalType {
  /** The first register of a global that is made without a value. */
  readonly zero: unknown
  /** Whether `undefined` is a value like any other, and not a missing one. */
  readonly takes_undefined: boolean
  readonly get: GlobalGetter
  readonly put: GlobalPutter
}

/** @returns what a global of this type is made with, undefined if JavaScript can make none */
export function global_type(letter: ValueType): GlobalType | undefined {
  switch (letter) {
    case 'i':
      return { zero: 0, takes_undefined: false, get: global_get, put: global_put_i }
    case 'I':
      return { zero: 0, takes_undefined: false, get: global_get_I, put: global_put_I }
    case 'f':
      return { zero: 0, takes_undefined: false, get: global_get, put: global_put_f }
    case 'd':
      return { zero: 0, takes_undefined: false, get: global_get, put: global_put_d }
    case 'v':
    case 'e':
      return undefined
    case 'F':
      return { zero: null, takes_undefined: true, get: global_get_F, put: global_put_F }
    case 'x':
      return { zero: undefined, takes_undefined: true, get: global_get, put: global_put_x }
    default:
      return ref_global(letter)
  }
}

function ref_global(_type: RefType): GlobalType {
  return { zero: null, takes_undefined: true, get: global_get_ref, put: global_put_ref }
}

const type_names: Record<ValueLetter, string> = {
  i: 'i32',
  I: 'i64',
  f: 'f32',
  d: 'f64',
  v: 'v128',
  F: 'anyfunc',
  x: 'externref',
  e: 'exnref',
}

/** @returns the letter of the type of this name, undefined if there is none */
export function type_letter(name: string): ValueType | undefined {
  for (const letter in type_names) if (type_names[letter as ValueLetter] === name) return letter as ValueLetter
  const heap = /^(any|eq|i31|struct|array)ref$/.exec(name)
  return heap === null ? undefined : ref_type(1, heap[1]!, '')
}
