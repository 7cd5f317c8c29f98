// Views of a memory. Programs are full of accesses, so these have short names: those of the engine's own functions, which
// compilers in engines know by themselves and not by their names.

import type { Watcher } from './watchers.ts'

/** A DataView that has `i` for `getInt32`, `I` for `setInt32`, and so on: see `view_class_new`. */
export type MemoryView = DataView

/** What code reads the views of a memory from: properties of its own, or of its prototype. */
export interface ViewHolder {
  /** A view of the whole memory. */
  v?: MemoryView | null | undefined
  /** One that ends 4 bytes early. */
  e?: MemoryView | null | undefined
}

/** By index of a memory of this module, whether an instance has constant views of it. */
const views_constant: boolean[] = []

/**
 * Engines compile a property as a constant that was set once and stands in the prototype of a constant: a view, and with
 * it its buffer and length. Only the first instance has such views. All share their code, and further prototypes would
 * only make it look at more kinds of holders.
 *
 * @param index of the memory
 */
export function views_new(index: number): ViewHolder {
  if (views_constant[index] || !Object.setPrototypeOf) return { v: null, e: null }
  views_constant[index] = true
  return {}
}

/** How often views become constants: when an instance is made, and when its memory grows for the first time. */
const GENERATIONS = 2

/**
 * A watcher of a memory that renews the views of `holder`.
 *
 * Views that are set again are no constants any more; those of a new prototype are: all code that was compiled with others
 * is thrown away, be it thousands of functions. A memory that has grown once may grow again and again while a program runs, so
 * then its views are variables.
 */
export function views_keep(holder: ViewHolder, make: (bytes: Uint8Array) => ViewHolder): Watcher {
  const is_own = 'v' in holder
  let generations = 0
  return function (bytes, views) {
    if (views === undefined) return make(bytes)
    if (is_own) views_copy(holder, views)
    else if (generations++ < GENERATIONS) Object.setPrototypeOf(holder, views)
    else views_copy(Object.getPrototypeOf(holder), views)
    return undefined
  }
}

function views_copy(to: ViewHolder, made: ViewHolder): void {
  to.v = made.v
  to.e = made.e
}

/**
 * A view of a whole memory.
 * @param less how many bytes it ends early
 */
export function view_new(bytes: Uint8Array, less: number): MemoryView {
  return Reflect.construct(DataView, [bytes.buffer, 0, Math.max(bytes.length - less, 0)], view_class)
}

const view_class: () => void = view_class_new()

/** Not a `class`, which the runtime cannot extend. Nothing is added to the prototype that all share. */
function view_class_new(): () => void {
  const made = function () {}
  const prototype = Object.create(DataView.prototype)
  const names = ['aInt8', 'gInt16', 'iInt32', 'fFloat32', 'dFloat64']
  for (let i = 0; i < names.length; i++) {
    const letter = names[i]!.charAt(0)
    prototype[letter] = prototype['get' + names[i]!.slice(1)]!
    prototype[letter.toUpperCase()] = prototype['set' + names[i]!.slice(1)]!
  }
  made.prototype = prototype
  return made
}
