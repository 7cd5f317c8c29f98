// Calling an exported function of a module by name, with arguments from the command line.

import { funcTypeAt } from '../0-wasm/external.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { UsageError } from './errors.ts'
import { formatValue, parseValue } from './values.ts'

export interface Call {
  readonly name: string
  readonly type: FuncType
  readonly args: readonly unknown[]
}

/** Finds the export and reads its arguments. Throws UsageError if there is no such function or they do not fit. */
export function prepareCall(module: Module, name: string, words: readonly string[]): Call {
  const found = module.exports.find((item) => item.name === name && item.kind === 'func')
  if (!found)
    throw new UsageError(`no exported function ${JSON.stringify(name)}; there is ${exportedFunctions(module)}`)
  const type = funcTypeAt(module, module.funcs[found.index]!.type)
  if (words.length !== type.params.length) {
    throw new UsageError(`${JSON.stringify(name)} takes ${type.params.length} arguments, not ${words.length}`)
  }
  return { name, type, args: type.params.map((param, i) => parseValue(param, words[i]!)) }
}

/** The first few exported functions, for an error message. */
export function exportedFunctions(module: Module): string {
  const names = module.exports.filter(({ kind }) => kind === 'func').map(({ name }) => JSON.stringify(name))
  if (names.length === 0) return 'none'
  return names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '')
}

/** The results of a call, one a line. */
export function formatResults(type: FuncType, result: unknown): string {
  const results = type.results.length > 1 ? (result as unknown[]) : type.results.length === 1 ? [result] : []
  return results.map((value, i) => `${formatValue(type.results[i]!, value)}\n`).join('')
}
