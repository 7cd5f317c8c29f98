// Live bindings: a mutable global that an ES module exports is a variable that always holds its value (WebAssembly/ES module
// integration, "ExecuteModule"). Only outputs of that format have this.

import type { GlobalInstance } from './global.ts'
import { hidden_instance } from './hidden.ts'

/**
 * @param object a Global; for one of another WebAssembly object nothing is done
 * @param set is given the value whenever it may be another: of an i64 after each of its halves
 */
export function global_live(object: unknown, set: (value: unknown) => void): void {
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
