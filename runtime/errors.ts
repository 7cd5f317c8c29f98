// The error classes of the JavaScript API. Where the engine has its own WebAssembly they extend its classes, so that
// `e instanceof WebAssembly.RuntimeError` holds.

import { realm } from './realm.ts'

export interface ErrorClass {
  new (message?: string, options?: { cause?: unknown }): Error
  (message?: string, options?: { cause?: unknown }): Error
  readonly prototype: Error
}

/** A trap. */
export const RuntimeError: ErrorClass = error_class('RuntimeError')

/** Imports that do not fit the module. */
export const LinkError: ErrorClass = error_class('LinkError')

/** A module that is refused. */
export const CompileError: ErrorClass = error_class('CompileError')

function error_class(name: string): ErrorClass {
  if (realm.classes[name]) return realm.classes[name] as ErrorClass
  const made = error_class_new(name, error_base(name))
  realm.classes[name] = made
  return made
}

function error_base(name: string): ErrorConstructor {
  const native = realm.native as Record<string, unknown> | undefined
  const base = native ? native[name] : undefined
  return typeof base === 'function' ? (base as ErrorConstructor) : Error
}

// Not a `class`: it can be called without `new`, as all error classes of JavaScript can.
function error_class_new(name: string, base: ErrorConstructor): ErrorClass {
  const made = function (this: unknown, message?: string, options?: { cause?: unknown }): Error {
    const prototype = this instanceof made ? Object.getPrototypeOf(this) : made.prototype
    const error = error_with(prototype, new base(message, options))
    if (Error.captureStackTrace) Error.captureStackTrace(error, made as never)
    return error
  } as ErrorClass
  const prototype = Object.create(base.prototype)
  error_property(prototype, 'constructor', made)
  error_property(prototype, 'name', name)
  error_property(prototype, 'message', '')
  if (Object.setPrototypeOf) Object.setPrototypeOf(made, base)
  Object.defineProperty(made, 'prototype', { value: prototype, writable: false })
  try {
    Object.defineProperty(made, 'name', { value: name, configurable: true })
    Object.defineProperty(made, 'length', { value: 1, configurable: true })
  } catch (_) {
    // ES5: the name and length of a function are fixed.
  }
  return made
}

/** @returns the error with that prototype: itself, or in an ES5 engine an object like it */
function error_with(prototype: object, error: Error): Error {
  if (Object.setPrototypeOf) return Object.setPrototypeOf(error, prototype)
  const made = Object.create(prototype)
  if (error.message !== '') error_property(made, 'message', error.message)
  error_property(made, 'stack', error.stack)
  return made
}

function error_property(prototype: object, key: string, value: unknown): void {
  Object.defineProperty(prototype, key, { value: value, writable: true, enumerable: false, configurable: true })
}
