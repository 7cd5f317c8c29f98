// Exceptions. What compiled code throws is what JavaScript sees, so an exception crosses the boundary as it is: the
// Exception objects of the JavaScript API, and any value that JavaScript has thrown. Handlers, which see all of them as
// exceptions with tags, put such a value into an exception with JavaScript's own tag, and take it out to throw it again.

import { Exception } from './api-exception.ts'
import { type Exn, exn_stack, exn_tag, exn_values } from './exception-fields.ts'
import { realm } from './realm.ts'
import { type TagInstance, tag_js } from './tag.ts'
import { foreign, is_uncatchable, trap } from './traps.ts'

type Maker = new (tag: TagInstance, values: readonly unknown[]) => Exn

const exn_make: Maker = exn_maker()

// A constructor that does nothing else, with the prototype of another one: throwing is slow enough without `Reflect`.
function exn_maker(): Maker {
  const made = function (this: Record<string, unknown>, tag: TagInstance, values: readonly unknown[]): void {
    this[exn_tag] = tag
    this[exn_values] = values
  } as unknown as Maker
  made.prototype = Exception.prototype as unknown as Exn
  return made
}

/**
 * The instruction `throw`, but for throwing.
 * @param values null and the registers that it carries: V8 quiets NaNs in arrays of nothing but numbers
 */
export function exn_new(tag: TagInstance, values: readonly unknown[]): Exn {
  return new exn_make(tag, values)
}

/**
 * Has an exception know where it was made, for outputs that are asked to: a stack takes some hundred times as long to capture as
 * all else that throwing does. So only the first of a realm's exceptions have one.
 * @returns the exception
 */
export function exn_traced(e: Exn): Exn {
  const count = realm.traced === undefined ? 0 : realm.traced
  if (count < 50000) (e as { [exn_stack]?: unknown })[exn_stack] = new Error()
  realm.traced = count + 1
  return e
}

/** Whether an exception has the tag. */
export function exn_is(tag: TagInstance, e: Exn): boolean {
  return e[exn_tag] === tag
}

/** @returns register number `index` of what an exception carries */
export function exn_payload(e: Exn, index: number): unknown {
  return e[exn_values][index + 1]
}

/** @returns what a handler has caught. Traps and stack overflows are thrown again */
export function caught(e: unknown): Exn {
  if (e !== null && typeof e === 'object' && (e as Partial<Exn>)[exn_tag] !== undefined) return e as Exn
  const last = realm.foreign
  // NaN is unlike itself.
  if ((e !== last && (e === e || last === last)) || is_uncatchable(e)) throw e
  realm.foreign = null
  return exn_new(tag_js(), [null, e])
}

/** @returns what throws an exception again; traps on null, as `throw_ref` does */
export function exn_again(e: Exn | null): unknown {
  if (e === null) throw trap('null exception reference')
  return e[exn_tag] === realm.js_tag ? foreign(e[exn_values][1]) : e
}
