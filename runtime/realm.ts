// What all outputs in one JavaScript realm share, even when each carries its own copy of this runtime: without it, a
// function of one module could not be called by another with its type checked, nor a memory imported.

import type { Raw } from './func.ts'
import type { HeapType } from './heap-types.ts'
import type { GlobalBinding } from './live.ts'
import type { RefType } from './ref-types.ts'
import type { RegisteredModule } from './registry.ts'
import type { TagInstance } from './tag.ts'

/** The pending call of a tail-calling function: `f` is null when there is none. */
export interface TailCall {
  f: Raw | null
  a: readonly unknown[] | null
}

export interface Realm {
  /** Canonical type ids by type key. */
  readonly ids: Record<string, number>
  id_count: number
  /** Result registers after the first: of type i32, f32 and f64, and references. Made by the first copy that needs them. */
  ri?: Int32Array
  rf?: Float64Array
  rr?: unknown[]
  /** Made by the first copy that makes tail calls. */
  tail?: TailCall
  /** Made by the first copy that catches what JavaScript throws. */
  js_tag?: TagInstance
  /** The classes of the JS API, by name; each made by the first copy that needs it. */
  readonly classes: Record<string, unknown>
  /** What `new` does for these classes, where `nowasm/webassembly` is loaded: it gets the object and the arguments. */
  readonly constructors: Record<string, (object: object, args: ArrayLike<unknown>) => void>
  /** From objects that users see to what stands behind them; null where the engine has no WeakMap. */
  readonly hidden: WeakMap<object, unknown> | null
  /** By canonical id of a type: that of its supertype, where it has one. */
  supers?: Record<number, number>
  /** By canonical id: what structures and arrays of the type have in common. */
  heap_types?: Record<number, HeapType>
  /** Types of references other than funcref and externref, by what they say. */
  ref_types?: Record<string, RefType>
  /** The shared memories of this thread, and whether the class Memory knows such: where there are any. */
  shared?: { deref(): unknown }[]
  knows_shared?: boolean
  /** What was compiled ahead of time and registered. */
  modules?: RegisteredModule[]
  /** The last exception thrown by a function of the host. */
  foreign?: unknown
  /** Globals that ES modules export. */
  bindings?: GlobalBinding[]
  /** How many exceptions were thrown where they are traced. */
  traced?: number
  /** The engine's own WebAssembly object at the time the realm was made. */
  readonly native: unknown
}

/** Shared state; see `Realm`. */
export const realm: Realm = realm_find()

/** @returns the engine's own class of this name in the JavaScript API, if it has one */
export function native_class(name: string): (new () => object) | undefined {
  const native = realm.native as Record<string, unknown> | undefined
  const found = native && native[name]
  return typeof found === 'function' ? (found as new () => object) : undefined
}

function realm_home_es5(): Record<PropertyKey, unknown> {
  if (typeof self === 'object') return self as never
  if (typeof window === 'object') return window as never
  return typeof global === 'object' ? (global as never) : {}
}

function realm_find(): Realm {
  const home = typeof globalThis === 'object' ? (globalThis as Record<PropertyKey, unknown>) : realm_home_es5()
  const key = typeof Symbol === 'function' ? Symbol.for('nowasm.1') : '__nowasm_1'
  if (home[key]) return home[key] as Realm
  const made = realm_new(home['WebAssembly'])
  try {
    Object.defineProperty(home, key, { value: made })
  } catch (_) {
    // A frozen global object: this copy keeps a realm of its own.
  }
  return made
}

function realm_new(native: unknown): Realm {
  return {
    ids: {},
    id_count: 0,
    classes: {},
    constructors: {},
    hidden: typeof WeakMap === 'function' ? new WeakMap() : null,
    native: native,
  }
}
