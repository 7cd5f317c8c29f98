// Bindings of globals: what an ES module exports of a global is a variable, which of a mutable one always holds its value, and
// another WebAssembly module that imports it gets the global itself (WebAssembly/ES module integration, "ExecuteModule"). Only outputs
// of that format have this.

import type { GlobalInstance } from './global.ts'
import { hidden_instance } from './hidden.ts'
import { realm } from './realm.ts'

/** A global, and the variable that an ES module exports for it. */
export interface GlobalBinding {
  /** Its Global. */
  readonly object: unknown
  readonly set: (value: unknown) => void
  /** Whether the variable holds its value; else JavaScript has none for it. */
  readonly has_value: boolean
}

/** The binding of a global whose values JavaScript has none for. */
export function global_bound(object: unknown, set: (value: unknown) => void, has_value?: boolean): void {
  if (realm.bindings === undefined) realm.bindings = []
  realm.bindings.push({ object: object, set: set, has_value: has_value === true })
}

/**
 * The global that an imported binding stands for, whichever modules have handed it on. Nobody can ask a binding whose it is: so
 * each that there is holds something else for a moment, until the imported one does.
 *
 * @param read the binding
 * @returns a Global; of a binding of JavaScript its value
 */
export function global_linked(read: () => unknown): unknown {
  const value = read()
  const bindings = realm.bindings === undefined ? [] : realm.bindings
  const sign = {}
  for (let i = 0; i < bindings.length; i++) {
    const binding = bindings[i]!
    binding.set(sign)
    const found = read() === sign
    binding.set(binding.has_value ? (binding.object as { value: unknown }).value : undefined)
    if (found) return binding.object
  }
  return value
}

/**
 * The binding of a mutable global.
 *
 * @param object a Global; of another WebAssembly object nobody is told what it holds
 * @param set is given the value whenever it may be another: of an i64 after each of its halves
 */
export function global_live(object: unknown, set: (value: unknown) => void): void {
  global_bound(object, set, true)
  const g = hidden_instance(object, 'global') as GlobalInstance | undefined
  if (g === undefined) return
  field_watch(g, 'v', () => set(g.get(g)))
  field_watch(g, 'h', () => set(g.get(g)))
}

/** Compiled code sets fields as such, so they become accessors, on top of those that somebody else made of them. */
function field_watch(g: GlobalInstance, field: 'v' | 'h', told: () => void): void {
  const before = Object.getOwnPropertyDescriptor(g, field)!
  let value = before.value
  Object.defineProperty(g, field, {
    get: function () {
      return before.get ? before.get.call(g) : value
    },
    set: function (x) {
      if (before.set) before.set.call(g, x)
      else value = x
      told()
    },
    configurable: true,
  })
}
