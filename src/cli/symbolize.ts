// `nowasm symbolize app.mjs.map < trace.txt`

import { readSymbols, type Symbols, symbolize } from '../stack-trace.ts'
import { DONE, UsageError } from './errors.ts'
import { type Io, readInput } from './io.ts'
import type { Request } from './request.ts'

/** Prints a stack trace of an output in terms of the Wasm module. */
export function symbolizeCommand({ file, options }: Request, io: Io): number {
  const symbols = symbolsOf(file)
  io.out(symbolize(textOf(String(options['trace'] ?? '-')), symbols))
  return DONE
}

function symbolsOf(file: string): Symbols {
  try {
    return readSymbols(textOf(file))
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

const textOf = (path: string): string => new TextDecoder().decode(readInput(path))
