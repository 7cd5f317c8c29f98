// `nowasm app.wasm --dump dead`

import { dump } from '../dump.ts'
import { compilerOptions } from './arguments.ts'
import { DONE, type Io, readInput, UsageError } from './io.ts'
import { inFile } from './module-error.ts'
import { quote } from './quote.ts'
import type { Request } from './request.ts'

/** Prints functions as they are after a pass. */
export function dumpCommand({ file, options: parsed }: Request, io: Io): number {
  const wanted = parsed['func'] as string | undefined
  const options = compilerOptions(parsed)
  const bytes = readInput(file)
  let count = 0
  inFile(file, () => {
    for (const { name, text } of dump(bytes, options, String(parsed['dump']), wanted)) {
      io.out(`${name === undefined ? '' : `// ${quote(name)}\n`}${text}`)
      count++
    }
  })
  if (wanted !== undefined && count === 0) throw new UsageError(`no function ${quote(wanted)} with code`)
  return DONE
}
