// `nowasm run app.wasm [args...]`

import type { Module } from '../0-wasm/module.ts'
import { decode } from '../1-decode/decode.ts'
import { sourceMap } from '../7-link/source-map.ts'
import { type Compiled, compileModule } from '../compile.ts'
import { EVALUABLE, EVALUATED, evaluate, type Instantiated, LINES_BEFORE } from '../evaluate.ts'
import { readSymbols, symbolize } from '../stack-trace.ts'
import { WASIExit } from '../wasi/process.ts'
import { compilerOptions } from './arguments.ts'
import { DONE, inFile, ModuleError, UsageError } from './errors.ts'
import { createGuest } from './guest.ts'
import { exportedFunctions, formatResults, prepareCall } from './invoke.ts'
import { type Io, readInput } from './io.ts'
import { terminalProgress } from './progress.ts'
import type { Request } from './request.ts'

/** Runs a WASI command's `_start`, or the function of --invoke, whose results it prints. */
export function runCommand(request: Request, io: Io): number {
  const { file, invoke, program, options: parsed } = request
  const options = { ...compilerOptions(parsed, { ...EVALUABLE, sourceMap: true }), tracesExceptions: true }
  const bytes = readInput(file)
  const module = inFile(file, () => decode(bytes))
  const call = invoke === undefined ? undefined : prepareCall(module, invoke, program)
  if (!call) checkCommand(module, file)
  const guest = createGuest(module, [file, ...(call ? [] : program)], parsed, io)
  const progress = terminalProgress(io, bytes.length)
  const compiled = inFile(file, () => compileModule(bytes, options, progress.report))
  progress.done()
  return running(file, compiled, () => {
    const { exports } = guest.instantiate(evaluate(compiled.chunks))
    if (!call) {
      invokeExport(exports, '_start', [])
      return
    }
    if (hasFunction(module, '_initialize')) invokeExport(exports, '_initialize', [])
    io.out(formatResults(call.type, invokeExport(exports, call.name, call.args)))
  })
}

export const invokeExport = (exports: Instantiated['exports'], name: string, args: readonly unknown[]): unknown =>
  (exports[name] as (...args: readonly unknown[]) => unknown)(...args)

const hasFunction = (module: Module, wanted: string): boolean =>
  module.exports.some(({ name, kind }) => name === wanted && kind === 'func')

function checkCommand(module: Module, file: string): void {
  if (hasFunction(module, '_start')) return
  throw new UsageError(`${file} is no WASI command; call a function with --invoke: ${exportedFunctions(module)}`)
}

/** The exit code of a run; traps and other exceptions become one line. */
function running(file: string, compiled: Compiled, action: () => void): number {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = FRAMES
  try {
    action()
    return DONE
  } catch (error) {
    if (error instanceof WASIExit) return error.code
    if (error instanceof ModuleError) throw error
    throw new ModuleError(`${file}: ${failure(error)}${frames(error, compiled)}`)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** How many frames of JavaScript are looked at. */
const FRAMES = 50

/** The Wasm functions on the stack of an error, a line for each, each behind a line break. */
function frames(error: unknown, { chunks, mapping }: Compiled): string {
  const { stack } = error as { stack?: unknown }
  if (typeof stack !== 'string' || mapping === undefined) return ''
  const symbols = readSymbols([...sourceMap(mapping, chunks, { output: EVALUATED, source: '' })].join(''))
  const text = symbolize(stack, (frame) => symbols({ ...frame, line: frame.line - LINES_BEFORE }), false)
  return text === '' ? '' : `\n${text}`
}

/** `trap: unreachable`, or another error by its name. */
export function failure(error: unknown): string {
  if (!(error instanceof Error)) return `exception: ${String(error)}`
  return `${error.name === 'RuntimeError' ? 'trap' : error.name}: ${error.message}`
}
