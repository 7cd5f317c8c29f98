// Where in a module an error is, said with the function's number and name.

import type { Place } from './errors.ts'
import { functionNames } from './function-names.ts'
import type { Module } from './module.ts'

/**
 * The place of a byte. Looked up from the offset when an error is made, so that no walk has to carry it along.
 *
 * @param offset in bytes from the start of the module
 */
export function placeOf(module: Pick<Module, 'funcs' | 'exports' | 'names'>, offset: number): Place {
  const func = module.funcs.findIndex(({ body }) => body && body.start <= offset && offset <= body.end)
  if (func < 0) return { offset }
  const funcName = functionNames(module).get(func)
  return funcName === undefined ? { offset, func } : { offset, func, funcName }
}
