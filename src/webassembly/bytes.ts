// The conversions of WebIDL that the JS API needs.

const lengthOf = (made: { readonly prototype: object } | undefined) =>
  made && Object.getOwnPropertyDescriptor(made.prototype, 'byteLength')?.get

/** What tells buffers of any realm from all else: these throw for other receivers. */
const BUFFER_LENGTHS = [lengthOf(ArrayBuffer), lengthOf(globalThis.SharedArrayBuffer)]

const isBuffer = (value: unknown): value is ArrayBufferLike =>
  BUFFER_LENGTHS.some((length) => {
    try {
      return length?.call(value) !== undefined
    } catch {
      return false
    }
  })

/**
 * A copy of the bytes that a BufferSource, which may be shared memory, holds now: none if it is detached. Throws a
 * TypeError, its message starting with `where`, for all else.
 */
export function copyBytes(source: unknown, where: string): Uint8Array {
  const isView = ArrayBuffer.isView(source)
  if (!isView && !isBuffer(source)) throw new TypeError(`${where}: Argument 0 must be a buffer source`)
  if (source.byteLength === 0) return new Uint8Array(0)
  return isView
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice()
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
