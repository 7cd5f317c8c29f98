// `nowasm app.wasm --dump dead`

import { dump } from '../dump.ts'
import { compilerOptions } from './arguments.ts'
import { DONE, inFile, UsageError } from './errors.ts'
import { type Io, readInput } from './io.ts'
import { quote } from './quote.ts'
import type { Request } from './request.ts'

/** Prints functions as they are after a pass. */
export function dumpCommand({ file, files, options: parsed }: Request, io: Io): number {
  if (files.length > 1) throw new UsageError('--dump is for one file')
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
