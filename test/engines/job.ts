// What goes to an engine and comes back: operations on outputs, which guest.es5.js performs, and their results.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HERE } from './here.ts'

/** Values as JSON: numbers that it has words for, null, and these. */
export type Encoded =
  | number
  | null
  | boolean
  | string
  | { readonly undefined: 1 }
  | { readonly number: string }
  | { readonly bigint: string }
  /** An object that is made for the name when it is first seen. */
  | { readonly host: string }
  /** Any other object that a result was, counted from 0. */
  | { readonly object: number; readonly callable: boolean }
  | { readonly exported: Place }
  /** A function of the host, without a result. */
  | { readonly nothing: 1 }

/** An export: the instance and its name. */
export type Place = readonly [instance: number, name: string]

/** An import and its value, or a module of imports. */
export type Import = readonly [module: string] | readonly [module: string, name: string, value: Encoded]

export type Operation =
  | readonly ['instantiate', id: number, module: number, imports: readonly Import[]]
  | readonly ['call', Place, readonly Encoded[]]
  | readonly ['get', Place]

export type Result =
  | { readonly value: Encoded }
  | { readonly list: readonly Encoded[] }
  | { readonly error: string; readonly message: string }

/** What performs operations, one after another. */
export type Perform = (operation: Operation) => Result

/** A file of this folder. */
export const textOf = (name: string): string => readFileSync(join(HERE, name), 'utf8')

/** The guest's source: declares the function `guest`. */
export const GUEST = textOf('guest.es5.js')

/** A literal of the value that any engine reads, whatever the encoding of the script is. */
export function literal(value: unknown): string {
  const text = JSON.stringify(JSON.stringify(value))
  return `JSON.parse(${text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)})`
}

/** An output in format `iife` that declares `out`, as an expression: a function that gives `instantiate`. */
export const functionOf = (code: string): string => `function () {\n${code}\nreturn out.instantiate\n}`

/**
 * The script that performs the operations and reports their results, as JSON, to the function `report` of its surroundings.
 * @param codes outputs, see `functionOf`
 */
export const jobOf = (codes: readonly string[], operations: readonly Operation[]): string => `(function () {
${GUEST}
var modules = [
${codes.map(functionOf).join(',\n')}
]
report(JSON.stringify(${literal(operations)}.map(guest(modules))))
})()
`
