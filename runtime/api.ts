// What the classes of the JavaScript API have in common: one class of a name in a realm, WebIDL's conversions.

import { hide } from './hidden.ts'
import { trunc } from './math.ts'
import { realm } from './realm.ts'

/** Minimum and maximum of a memory or table; max -1: none. */
export interface ApiLimits {
  readonly min: number
  readonly max: number
}

/** @returns the realm's class of this name: the one given, unless another copy of the runtime has made one before */
export function api_class<T extends abstract new (...args: never[]) => object>(name: string, made: T): T {
  if (realm.classes[name]) return realm.classes[name] as T
  realm.classes[name] = made
  try {
    Object.defineProperty(made, 'name', { value: name, configurable: true })
  } catch (_) {
    // ES5: the name of a function is fixed.
  }
  // WebIDL: attributes and operations are enumerable.
  const keys = Object.getOwnPropertyNames(made.prototype)
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== 'constructor') Object.defineProperty(made.prototype, keys[i], { enumerable: true })
  }
  if (typeof Symbol === 'function' && Symbol.toStringTag) {
    Object.defineProperty(made.prototype, Symbol.toStringTag, { value: 'WebAssembly.' + name, configurable: true })
  }
  return made
}

/** @returns the object of `made` that stands for an instance, always the same */
export function api_object(made: { readonly prototype: object }, instance: { object: object | null }): object {
  if (instance.object === null) api_link(Object.create(made.prototype), instance)
  return instance.object as object
}

/** Links object and instance both ways. */
export function api_link(object: object, instance: { object: object | null }): void {
  hide(object, instance)
  instance.object = object
}

/** @returns the descriptor; a TypeError unless it is an object */
export function api_descriptor(x: unknown, what: string): Record<string, unknown> {
  if (x !== null && (typeof x === 'object' || typeof x === 'function')) return x as Record<string, unknown>
  throw new TypeError(what + ': argument 0 must be a descriptor object')
}

/** WebIDL's [EnforceRange] unsigned long. */
export function api_u32(x: unknown, what: string): number {
  const value = trunc(+(x as number))
  if (value >= 0 && value <= 4294967295) return value === 0 ? 0 : value
  throw new TypeError(what + ' must be an integer from 0 to 4294967295')
}

/** Reads `address`; must come first, as members are read in the order of their names. */
export function api_address(descriptor: Record<string, unknown>, what: string): void {
  const address = descriptor['address']
  if (address !== undefined && String(address) !== 'i32') {
    throw new TypeError(what + ': address type ' + String(address) + ' is not supported')
  }
}

/** Reads `initial` and `maximum`, both at most `limit`. */
export function api_limits(descriptor: Record<string, unknown>, limit: number, what: string): ApiLimits {
  const initial = descriptor['initial']
  if (initial === undefined) throw new TypeError(what + ": property 'initial' is required")
  const min = api_u32(initial, what + ": property 'initial'")
  const maximum = descriptor['maximum']
  const max = maximum === undefined ? -1 : api_u32(maximum, what + ": property 'maximum'")
  if (min > limit) throw new RangeError(what + ": property 'initial' is above " + limit)
  if (max >= 0 && max < min) throw new RangeError(what + ": property 'maximum' is below 'initial'")
  return { min: min, max: max }
}
