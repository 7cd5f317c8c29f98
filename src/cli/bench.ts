// `nowasm bench app.wasm --invoke NAME`: the native engine and ours take turns in one process, so that noise hits all
// alike.

import type { Module } from '../0-wasm/module.ts'
import { decode } from '../1-decode/decode.ts'
import { compileModule } from '../compile.ts'
import { EVALUABLE, evaluate, type Instantiated } from '../evaluate.ts'
import type { Engine } from '../options.ts'
import { createWasi } from '../wasi/preview1.ts'
import { compilerOptions } from './arguments.ts'
import { benchReport } from './bench-report.ts'
import { type Call, formatResults, prepareCall } from './invoke.ts'
import { DONE, type Io, readInput, UsageError } from './io.ts'
import { inFile, ModuleError } from './module-error.ts'
import type { Request } from './request.ts'
import { failure, instantiate, invokeExport } from './run.ts'

/** One side of the comparison. Times in milliseconds. */
export interface Side {
  readonly name: string
  /** From the bytes of the module to something that can be instantiated. */
  readonly compile: number
  /** From there to an instance. */
  readonly load: number
  /** Time of the first call. */
  first: number
  /** How many calls make one sample. */
  batch: number
  /** Mean time of a call, of each sample in their order. */
  readonly times: number[]
  /** How many samples there were when the batch got its size. */
  warm: number
  readonly call: () => unknown
}

/** A sample should take this long at least, so that the clock's steps do not count. */
const SAMPLE = 2

/** Prints compile and load times, the first call, how calls get faster, and the median of the later ones. */
export function benchCommand(request: Request, io: Io): number {
  const { file, invoke, program, options } = request
  const seconds = Number(options['seconds'])
  if (!(seconds > 0)) throw new UsageError('seconds must be a number above 0')
  if (invoke === undefined) throw new UsageError('bench needs --invoke NAME')
  const bytes = readInput(file)
  const module = inFile(file, () => decode(bytes))
  const call = prepareCall(module, invoke, program)
  const engines: readonly Engine[] = options['engine'] ? [options['engine'] as Engine] : ['jit', 'interpreter']
  const sides = engines.map((engine) => ours(engine, request, io, bytes, module, call))
  if (typeof WebAssembly === 'object') sides.unshift(native(file, io, bytes, module, call))
  const show = (result: unknown): string => formatResults(call.type, result).trim().replaceAll('\n', ' ')
  inTurns(file, sides, seconds * 1000, show)
  io.out(benchReport(sides))
  return DONE
}

function ours(engine: Engine, { file, options }: Request, io: Io, bytes: Uint8Array, module: Module, call: Call): Side {
  return load(`nowasm ${engine}`, file, io, module, call, () => {
    const { chunks } = inFile(file, () => compileModule(bytes, compilerOptions({ ...options, engine }, EVALUABLE)))
    return (imports) => evaluate(chunks)(imports)
  })
}

function native(file: string, io: Io, bytes: Uint8Array, module: Module, call: Call): Side {
  return load('native', file, io, module, call, () => {
    const compiled = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)
    return (imports) => new WebAssembly.Instance(compiled, imports as WebAssembly.Imports)
  })
}

type Start = (imports: unknown) => Instantiated

function load(name: string, file: string, io: Io, module: Module, call: Call, compile: () => Start): Side {
  return orFailure(file, name, () => {
    const before = performance.now()
    const start = compile()
    const compiled = performance.now()
    const wasi = createWasi({ args: [file], env: process.env, streams: io.streams })
    const { exports } = instantiate(start, module, wasi)
    const loaded = performance.now()
    const run = () => invokeExport(exports, call.name, call.args)
    const times = { compile: compiled - before, load: loaded - compiled, first: 0 }
    return { name, ...times, batch: 1, times: [], warm: 0, call: run }
  })
}

function orFailure<T>(file: string, side: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw error instanceof ModuleError ? error : new ModuleError(`${file}: ${side}: ${failure(error)}`)
  }
}

/** Calls one side after the other until the time is over; the first results must agree. */
function inTurns(file: string, sides: readonly Side[], milliseconds: number, show: (result: unknown) => string): void {
  const results = sides.map((side) => orFailure(file, side.name, () => show(firstCall(side))))
  if (results.some((result) => result !== results[0])) {
    throw new ModuleError(`${file}: results differ: ${sides.map(({ name }, i) => `${name} ${results[i]}`).join(', ')}`)
  }
  const end = performance.now() + milliseconds
  do {
    for (const side of sides) orFailure(file, side.name, () => sample(side))
  } while (performance.now() < end)
}

function firstCall(side: Side): unknown {
  const before = performance.now()
  const result = side.call()
  side.first = performance.now() - before
  return result
}

/** A sample that is too short makes the batch longer and belongs to the warm-up. */
function sample(side: Side): void {
  const { call, batch, times } = side
  const before = performance.now()
  for (let i = 0; i < batch; i++) call()
  const time = performance.now() - before
  times.push(time / batch)
  if (time < SAMPLE) {
    side.batch *= 2
    side.warm = times.length
  }
}
