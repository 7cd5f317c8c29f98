// The IR of a module in the text format, and how the tests write it down: on one line.

import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import type { Func, Stmt } from '../../src/3-ir/ir.ts'
import { stmtsText } from '../../src/3-ir/text.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { legalizeToWords } from '../../src/5-optimize/legalize/legalize.ts'
import { wat } from '../wat.ts'

/** Lowers all functions of a module that have code. */
export function lower(source: string | Uint8Array): Func[] {
  const module = decode(typeof source === 'string' ? wat(source) : source)
  validateModule(module)
  return module.funcs.flatMap(({ body }, index) => (body === undefined ? [] : [lowerFunction(module, index).func]))
}

/** The same with i64 values as words: what the passes behind `legalize` work on. */
export const legal = (source: string | Uint8Array): Func[] => lower(source).map((func) => legalizeToWords(func))

export const legalBody = (signature: string, body: string): Func => legalizeToWords(lowerBody(signature, body))

/** Lowers a function given by its parameters, results and body, in a module with a memory, a global $g and two functions. */
export function lowerBody(signature: string, body: string): Func {
  const source = `(module
    (type $binary (func (param i32 i32) (result i32)))
    (import "m" "f" (func $f (param i32) (result i32)))
    (import "m" "h" (func $h (result i64)))
    (memory 1) (global $g (mut i32) (i32.const 0)) (table 1 funcref)
    (func ${signature} ${body}))`
  return lower(source)[0]!
}

export const show = (stmts: readonly Stmt[]): string => stmtsText(stmts)
