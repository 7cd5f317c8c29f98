// Tags: what exceptions are told apart by.

import { type_id } from './func.ts'
import { realm } from './realm.ts'
import type { ValueType } from './value-types.ts'

/** The same object in all modules that share the tag. */
export interface TagInstance {
  readonly kind: 'tag'
  /** The canonical id of its function type. */
  readonly type: number
  /** The types of its parameters. */
  readonly params: readonly ValueType[]
  /** Its Tag object, once one is made. */
  object: object | null
}

/** @param key that of its function type */
export function tag_new(key: string, params: readonly ValueType[]): TagInstance {
  return { kind: 'tag', type: type_id(key), params: params, object: null }
}

/** The tag of whatever JavaScript throws, which is its one parameter: WebAssembly.JSTag. */
export function tag_js(): TagInstance {
  if (!realm.js_tag) realm.js_tag = tag_new('x>', ['x'])
  return realm.js_tag
}
