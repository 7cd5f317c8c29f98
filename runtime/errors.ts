// The error classes of the JavaScript API. Where the engine has its own WebAssembly they extend its classes, so that
// `e instanceof WebAssembly.RuntimeError` holds.

import { function_name } from './names.ts'
import { native_class, realm } from './realm.ts'

export interface ErrorClass {
  new (message?: string, options?: { cause?: unknown }): Error
  (message?: string, options?: { cause?: unknown }): Error
  readonly prototype: Error
}

/** Whether a constructor can be told what it is to make: Duktape has `Reflect`, but not that. */
const error_reflects: boolean = error_can_reflect()

/** A trap. */
export const RuntimeError: ErrorClass = error_class('RuntimeError')

/** Imports that do not fit the module. */
export const LinkError: ErrorClass = error_class('LinkError')

/** A module that is refused. */
export const CompileError: ErrorClass = error_class('CompileError')

function error_can_reflect(): boolean {
  try {
    return Reflect.construct(Error, [], TypeError) instanceof TypeError
  } catch (_) {
    return false
  }
}

function error_class(name: string): ErrorClass {
  if (!realm.classes[name])
    realm.classes[name] = error_class_new(name, (native_class(name) as ErrorConstructor | undefined) || Error)
  return realm.classes[name] as ErrorClass
}

// Not a `class`: it can be called without `new`, as all error classes of JavaScript can.
function error_class_new(name: string, base: ErrorConstructor): ErrorClass {
  const made = function (this: object | undefined, message?: string): Error {
    const like = this instanceof made ? (this.constructor as ErrorClass) : made
    if (error_reflects) return Reflect.construct(base, arguments, like)
    return error_es5(like.prototype, new base(message))
  } as ErrorClass
  const prototype = Object.create(base.prototype, {
    constructor: error_property(made),
    name: error_property(name),
    message: error_property(''),
  })
  if (Object.setPrototypeOf) Object.setPrototypeOf(made, base)
  Object.defineProperty(made, 'prototype', { value: prototype, writable: false })
  function_name(made, name)
  return made
}

/** @returns an object like the error with that prototype */
function error_es5(prototype: object, error: Error): Error {
  const properties: PropertyDescriptorMap = { stack: error_property(error.stack) }
  if (error.message !== '') properties['message'] = error_property(error.message)
  return Object.create(prototype, properties)
}

function error_property(value: unknown): PropertyDescriptor {
  return { value: value, writable: true, configurable: true }
}
