// The types of globals that JavaScript can make, by their names in descriptors (JavaScript API, "ToValueType").

import type { GlobalGetter, GlobalPutter } from './global.ts'
import {
  global_get,
  global_get_F,
  global_get_I,
  global_put_d,
  global_put_F,
  global_put_f,
  global_put_I,
  global_put_i,
  global_put_x,
} from './global-values.ts'

export interface GlobalType {
  readonly letter: string
  /** The first register of a global that is made without a value. */
  readonly zero: unknown
  /** Whether `undefined` is a value like any other, and not a missing one. */
  readonly takes_undefined: boolean
  readonly get: GlobalGetter
  readonly put: GlobalPutter
}

/** @returns the type of this name, undefined if there is none */
export function global_type(name: string): GlobalType | undefined {
  switch (name) {
    case 'i32':
      return { letter: 'i', zero: 0, takes_undefined: false, get: global_get, put: global_put_i }
    case 'i64':
      return { letter: 'I', zero: 0, takes_undefined: false, get: global_get_I, put: global_put_I }
    case 'f32':
      return { letter: 'f', zero: 0, takes_undefined: false, get: global_get, put: global_put_f }
    case 'f64':
      return { letter: 'd', zero: 0, takes_undefined: false, get: global_get, put: global_put_d }
    case 'anyfunc':
      return { letter: 'F', zero: null, takes_undefined: true, get: global_get_F, put: global_put_F }
    case 'externref':
      return { letter: 'x', zero: undefined, takes_undefined: true, get: global_get, put: global_put_x }
    default:
      return undefined
  }
}
