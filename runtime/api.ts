// What the classes of the JavaScript API have in common: one class of a name in a realm, WebIDL's conversions.

import { hidden, hide } from './hidden.ts'
import { trunc } from './math.ts'
import { function_name } from './names.ts'
import { native_class, realm } from './realm.ts'

/**
 * Where the engine has a class of this name, its `instanceof` holds, as for errors: helpers that others wrote ask it.
 * @returns the realm's class of this name: the one given, unless another copy of the runtime has made one before
 */
export function api_class<T extends abstract new (...args: never[]) => object>(name: string, made: T): T {
  if (realm.classes[name]) return realm.classes[name] as T
  realm.classes[name] = made
  function_name(made, name)
  // WebIDL: attributes and operations are enumerable.
  Object.getOwnPropertyNames(made.prototype).forEach(function (key) {
    if (key !== 'constructor') Object.defineProperty(made.prototype, key, { enumerable: true })
  })
  const native = native_class(name)
  if (native !== undefined) api_inherit(made.prototype, native.prototype as object)
  if (typeof Symbol === 'function' && Symbol.toStringTag) {
    Object.defineProperty(made.prototype, Symbol.toStringTag, { value: 'WebAssembly.' + name, configurable: true })
  }
  return made
}

/** Has `own` inherit from the engine's prototype, and nothing from there that works for objects of the engine only. */
function api_inherit(own: object, native: object): void {
  if (typeof Object.setPrototypeOf !== 'function') return
  Object.getOwnPropertyNames(native).forEach(function (key) {
    if (!Object.getOwnPropertyDescriptor(own, key)) {
      Object.defineProperty(own, key, { value: undefined, writable: true, configurable: true })
    }
  })
  Object.setPrototypeOf(own, native)
}

/** The constructor of a class: what `constructors.ts` has put into the realm, for outputs have no use for it. */
export function api_construct(object: object, name: string, args: ArrayLike<unknown>): void {
  const make = realm.constructors[name]
  if (make === undefined) throw new TypeError('Illegal constructor')
  make(object, args)
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

/** @returns the instance behind the receiver of a method, of a kind that begins so; a TypeError if there is none */
export function api_instance(receiver: unknown, kind: 'memory' | 'table' | 'global'): unknown {
  const found = hidden(receiver) as { kind?: string } | undefined
  if (found === undefined || String(found.kind).indexOf(kind) !== 0)
    throw new TypeError('receiver is not a WebAssembly ' + kind)
  return found
}

/** WebIDL's [EnforceRange] unsigned long. */
export function api_u32(x: unknown, what: string): number {
  const value = trunc(+(x as number))
  if (value >= 0 && value <= 4294967295) return value
  throw new TypeError(what + ' must be an integer from 0 to 4294967295')
}
