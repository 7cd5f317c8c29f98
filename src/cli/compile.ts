// `nowasm app.wasm -o app.mjs`

import { basename, join, relative, sep } from 'node:path'
import { decode } from '../1-decode/decode.ts'
import { type Mapping, sourceMap } from '../7-link/source-map.ts'
import { symbolMap } from '../7-link/symbol-map.ts'
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
  if (destination.symbols !== undefined) writeOutput(destination.symbols, [symbolMap(decode(bytes))])
  if (io.terminal) io.err(summary(output, result.chunks, performance.now() - start))
}

function write(result: Compiled, destination: Destination, io: Io): void {
  const { output, folder, declarations, makesFolder } = destination
  if (makesFolder) makeFolder(folder)
  for (const [name, content] of result.files) writeOutput(join(folder, name), [content])
  if (result.dts !== undefined) writeOutput(declarations, [result.dts])
  const chunks = result.mapping ? withSourceMap(result, result.mapping, destination) : result.chunks
  if (output === '-') for (const chunk of chunks) io.out(chunk)
  else writeOutput(output, chunks)
}

/** Writes the source map. @returns the output's text, which names it */
function withSourceMap(
  { chunks }: Compiled,
  mapping: Mapping,
  { input, output, folder, map, settings }: Destination,
): string[] {
  const source = input === '-' ? `${settings.name}.wasm` : relative(folder, input).replaceAll(sep, '/')
  const file = basename(output)
  writeOutput(map, sourceMap(mapping, chunks, { output: file, source }))
  return [...chunks, `//# sourceMappingURL=${encodeURIComponent(file)}.map\n`]
}
