// `nowasm app.wasm -o app.mjs`

import { basename, dirname, extname, join, resolve } from 'node:path'
import { compileModule } from '../compile.ts'
import type { Format, Settings } from '../options.ts'
import { compilerOptions, type Parsed } from './arguments.ts'
import { DONE, type Io, readInput, UsageError } from './io.ts'
import { inFile } from './module-error.ts'
import { terminalProgress } from './progress.ts'
import type { Request } from './request.ts'
import { writeOutput } from './write.ts'

const EXTENSIONS: Record<Format, string> = { esm: '.mjs', cjs: '.cjs', iife: '.js' }

/** Compiles a file to files. Those that stand beside the output are written first, so that it never lacks them. */
export function compileCommand({ file, options: parsed }: Request, io: Io): number {
  const { output, options } = plan(file, parsed)
  const bytes = readInput(file)
  const progress = terminalProgress(io)
  const result = inFile(file, () => compileModule(bytes, options, progress.report))
  progress.done()
  for (const warning of result.warnings) io.err(`nowasm: ${file}: warning: ${warning}\n`)
  for (const [name, content] of result.files) writeOutput(join(dirname(output), name), [content])
  if (result.dts !== undefined) writeOutput(declarationFile(output), [result.dts])
  writeOutput(output, result.chunks)
  return DONE
}

/** Output file and options, each of which says something about the other. */
function plan(file: string, parsed: Parsed): { output: string; options: Settings } {
  const given = parsed['output'] as string | undefined
  if (given === '') throw new UsageError('the name of the output is empty')
  const format = (parsed['format'] as Format | undefined) ?? (given && extname(given) === '.cjs' ? 'cjs' : 'esm')
  const output = given ?? `${file.replace(/\.wasm$/, '')}${EXTENSIONS[format]}`
  if (resolve(output) === resolve(file)) throw new UsageError('the output would replace the input')
  const name = basename(output, extname(output))
  return { output, options: compilerOptions(parsed, { format, name }) }
}

/** `app.mjs` -> `app.d.mts`, as TypeScript looks for it. */
function declarationFile(output: string): string {
  const extension = extname(output)
  const stem = output.slice(0, output.length - extension.length)
  return `${stem}.d${/^\.[cm]?js$/.test(extension) ? extension.replace('js', 'ts') : '.ts'}`
}
