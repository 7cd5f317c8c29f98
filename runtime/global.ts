// Global instances.

import type { ValueType } from './value-types.ts'

/** The same object in all modules that share the global. */
export interface GlobalInstance {
  readonly kind: 'global'
  /** Letter of its value type. */
  readonly type: ValueType
  readonly mutable: boolean
  /** Its register, the low half of an i64. */
  v: unknown
  /** The high half of an i64, else 0. */
  h: number
  /** The upper half of a v128, whose lower half is in `v` and `h`. */
  y?: number
  z?: number
  /** How JavaScript sees its value, see `global-values.ts`. */
  readonly get: GlobalGetter
  /** How JavaScript sets it; an immutable global may have none. */
  readonly put: GlobalPutter | undefined
  /** Its Global object, once one is made. */
  object: object | null
}

export type GlobalGetter = (g: GlobalInstance) => unknown

export type GlobalPutter = (g: GlobalInstance, x: unknown) => void

export function global_new(
  type: ValueType,
  mutable: boolean,
  v: unknown,
  h: number,
  get: GlobalGetter,
  put?: GlobalPutter,
): GlobalInstance {
  return { kind: 'global', type: type, mutable: mutable, v: v, h: h, get: get, put: put, object: null }
}
