// `nowasm app.wasm -o app.mjs`

import { join } from 'node:path'
import { type Compiled, compileModule } from '../compile.ts'
import { type Destination, destinations } from './destination.ts'
import { DONE, inFile, report } from './errors.ts'
import { type Io, readInput } from './io.ts'
import { terminalProgress } from './progress.ts'
import type { Request } from './request.ts'
import { summary } from './summary.ts'
import { makeFolder, writeOutput } from './write.ts'

/** Compiles files to files. One that is refused does not stop the others; the exit code is that of the last one refused. */
export function compileCommand({ files, options }: Request, io: Io): number {
  let code = DONE
  for (const destination of destinations(files, options)) {
    try {
      compileTo(destination, io)
    } catch (error) {
      code = report(error, io)
    }
  }
  return code
}

/** Files that stand beside the output are written first, so that it never lacks them. */
function compileTo(destination: Destination, io: Io): void {
  const { input, output, settings } = destination
  const start = performance.now()
  const bytes = readInput(input)
  const progress = terminalProgress(io, bytes.length)
  const result = inFile(input, () => compileModule(bytes, settings, progress.report))
  progress.done()
  for (const warning of result.warnings) io.err(`nowasm: ${input}: warning: ${warning}\n`)
  write(result, destination, io)
  if (io.terminal) io.err(summary(output, result.chunks, performance.now() - start))
}

function write(result: Compiled, { output, folder, declarations, makesFolder }: Destination, io: Io): void {
  if (makesFolder) makeFolder(folder)
  for (const [name, content] of result.files) writeOutput(join(folder, name), [content])
  if (result.dts !== undefined) writeOutput(declarations, [result.dts])
  if (output === '-') for (const chunk of result.chunks) io.out(chunk)
  else writeOutput(output, result.chunks)
}
