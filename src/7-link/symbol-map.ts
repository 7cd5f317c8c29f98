// The names of a module's functions, a line for each that has one, as Emscripten's --emit-symbol-map writes them:
//
//   0:env.log
//   3:leaf
//
// Outputs call function 3 `f3`, so that a stack trace of them and this say which functions were called. What would not be one
// line, and backslashes, are `\` and two hexadecimal digits for each byte of UTF-8.

import { functionNames } from '../0-wasm/function-names.ts'
import type { Module } from '../0-wasm/module.ts'

export const symbolMap = (module: Pick<Module, 'names' | 'exports' | 'funcs'>): string =>
  [...functionNames(module)]
    .sort(([a], [b]) => a - b)
    .map(([index, name]) => `${index}:${escaped(name)}\n`)
    .join('')

/** The names by index. Throws SyntaxError for what is no symbol map. */
export function readSymbolMap(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, index, name] = /^(\d+):(.*)$/.exec(line) ?? []
    if (index === undefined) throw new SyntaxError(`no line of a symbol map: ${JSON.stringify(line.slice(0, 60))}`)
    names.set(Number(index), unescaped(name!))
  }
  return names
}

const hex = (byte: number): string => `\\${byte.toString(16).padStart(2, '0')}`

const escaped = (name: string): string =>
  name.replace(/[\p{Cc}\\\u2028\u2029]/gu, (c) => [...new TextEncoder().encode(c)].map(hex).join(''))

const unescaped = (text: string): string =>
  text.replace(/(\\[0-9a-f]{2})+/g, (bytes) =>
    new TextDecoder().decode(Uint8Array.from(bytes.slice(1).split('\\'), (digits) => Number.parseInt(digits, 16))),
  )
