// The link from an object that users see (a Memory, an Exported Function) to what stands behind it.

import type { MemoryKind, TableKind } from './kinds.ts'
import { realm } from './realm.ts'

/** Links `object` to `inner`, out of reach of programs where the engine has WeakMap. */
export function hide(object: object, inner: unknown): void {
  if (realm.hidden !== null) realm.hidden.set(object, inner)
  else Object.defineProperty(object, '__nowasm_1', { value: inner })
}

/** @returns what was hidden behind `value`, undefined for any other value. */
export function hidden(value: unknown): unknown {
  if (realm.hidden !== null) return realm.hidden.get(value as object)
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined
  const link = Object.getOwnPropertyDescriptor(value, '__nowasm_1')
  return link === undefined ? undefined : link.value
}

/** @returns the instance of this kind behind `value`, undefined if there is none. */
export function hidden_instance(
  value: unknown,
  kind: MemoryKind | 'shared memory' | TableKind | 'global' | 'tag',
): unknown {
  const inner = hidden(value) as { kind?: string } | undefined
  return inner !== undefined && inner.kind === kind ? inner : undefined
}
