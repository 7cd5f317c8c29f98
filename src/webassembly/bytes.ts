// The conversions of WebIDL that the JS API needs.

const arrayBufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get

/** An ArrayBuffer of any realm. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  try {
    arrayBufferLength?.call(value)
    return true
  } catch {
    return false
  }
}

/** A copy of the bytes a BufferSource holds now. Throws TypeError, its message starting with `where`, for all else. */
export function copyBytes(source: unknown, where: string): Uint8Array {
  if (ArrayBuffer.isView(source) && isArrayBuffer(source.buffer)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
  }
  if (isArrayBuffer(source)) return new Uint8Array(source).slice()
  throw new TypeError(`${where}: Argument 0 must be a buffer source`)
}

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

/** WebIDL's `optional object`. */
export function checkImportObject(value: unknown, where: string): void {
  if (value !== undefined && !isObject(value)) throw new TypeError(`${where}: Argument 1 must be an object`)
}

/** WebIDL's properties of an interface: members enumerable, a tag on the prototype. */
export function defineInterface(made: { readonly prototype: object }, tag: string): void {
  makeEnumerable(made, ['length', 'name', 'prototype'])
  makeEnumerable(made.prototype, ['constructor'])
  Object.defineProperty(made.prototype, Symbol.toStringTag, { value: tag, configurable: true })
}

function makeEnumerable(object: object, except: readonly string[]): void {
  for (const key of Object.getOwnPropertyNames(object)) {
    if (!except.includes(key)) Object.defineProperty(object, key, { enumerable: true })
  }
}
