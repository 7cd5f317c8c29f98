// Functions. A raw function is the compiled one: registers in, the first result register out. Its Exported Function is
// the one that JavaScript sees, made when first asked for.

import { type_matches } from './heap-types.ts'
import { hidden, hide } from './hidden.ts'
import { function_name } from './names.ts'
import { realm } from './realm.ts'

/** What a module knows about one function type; both wrappers are emitted by the compiler. */
export interface FuncDescriptor {
  /** Canonical in the realm: equal types have equal ids. */
  readonly id: number
  /**
   * @returns the function that converts its arguments, calls `raw` and converts the results; it has a parameter for each
   *   of the type's. Null where no function leaves the module
   */
  readonly wrap: ((raw: Raw) => (...args: never[]) => unknown) | null
  /** @returns the raw function that calls a function of the host; undefined where none is imported */
  readonly host: ((fn: (...args: never[]) => unknown) => Raw) | undefined
}

/** Users never get hold of a raw function, so what is known about one are its own properties. */
export interface Raw {
  (...registers: never[]): unknown
  /** Its type; absent on functions that cannot escape from their module. */
  type?: FuncDescriptor
  /** Its index in the module that defines it. */
  index?: number
  /** Its Exported Function. */
  object?: object
  /** The body of a tail-calling function, of which the raw function is the driver. */
  tail?: Raw
}

/** A function reference, null for ref.null. */
export type FuncRef = Raw | null

/** @returns the canonical id of the function type with this key, at least 0 */
export function type_id(key: string): number {
  const found = realm.ids[key]
  if (found !== undefined) return found
  const id = realm.id_count++
  realm.ids[key] = id
  return id
}

/** @param key letters of the parameters, '>', letters of the results */
export function func_type(key: string, wrap: FuncDescriptor['wrap'], host?: FuncDescriptor['host']): FuncDescriptor {
  return { id: type_id(key), wrap: wrap, host: host }
}

/**
 * The descriptor of a function type that is no group of its own, or names other types.
 *
 * @param id its canonical id
 */
export function func_type_of(id: number, wrap: FuncDescriptor['wrap'], host?: FuncDescriptor['host']): FuncDescriptor {
  return { id: id, wrap: wrap, host: host }
}

/** Whether a function is of a type, by id, or of one below it. */
export function func_matches(raw: Raw, id: number): boolean {
  return type_matches(raw.type!.id, id)
}

/**
 * Marks functions that can be references; one that is marked already, being imported, stays as it is.
 * @param steps from the index of each function to that of the next one, the first from 0; none where they stay in the
 *   module
 */
export function func_refs(raws: Raw[], descriptors: FuncDescriptor[], steps?: number[]): void {
  let index = 0
  for (let i = 0; i < raws.length; i++) {
    const raw = raws[i]!
    if (raw.type === undefined) raw.type = descriptors[i]!
    if (!steps) continue
    index += steps[i]!
    if (raw.index === undefined) raw.index = index
  }
}

/** @returns the id of the function's type, -1 for null */
export function func_id(raw: FuncRef): number {
  return raw === null ? -1 : raw.type!.id
}

/** @returns the Exported Function of a marked raw function, always the same; null for null */
export function func_object(raw: FuncRef): object | null {
  if (raw === null) return null
  if (raw.object !== undefined) return raw.object
  const made = raw.type!.wrap!(raw)
  function_name(made, raw.index === undefined ? '' : String(raw.index))
  hide(made, raw)
  raw.object = made
  return made
}

/** What an Exported Function throws when it is constructed, in ES5, where any function can be. */
export function not_constructor(): Error {
  return new TypeError('an exported function is not a constructor')
}

/** @returns what is behind an Exported Function, undefined for anything else */
export function func_raw(value: unknown): Raw | undefined {
  return typeof value === 'function' ? (hidden(value) as Raw | undefined) : undefined
}
