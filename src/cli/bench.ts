// `nowasm bench app.wasm --invoke NAME`: both engines take turns in one process, so that noise hits both alike.

import type { Module } from '../0-wasm/module.ts'
import { decode } from '../1-decode/decode.ts'
import { compileModule } from '../compile.ts'
import { EVALUABLE, evaluate, type Instantiated } from '../evaluate.ts'
import { createWasi } from '../wasi/preview1.ts'
import { compilerOptions } from './arguments.ts'
import { type Call, formatResults, prepareCall } from './invoke.ts'
import { DONE, type Io, readInput, UsageError } from './io.ts'
import { inFile, ModuleError } from './module-error.ts'
import type { Request } from './request.ts'
import { failure, instantiate, invokeExport } from './run.ts'
import { table } from './table.ts'

/** One side of the comparison. Times in milliseconds. */
interface Side {
  readonly name: string
  /** From the bytes of the module to an instance. */
  readonly load: number
  /** Time of the first call. */
  first: number
  /** How many calls make one sample. */
  batch: number
  /** Mean time of a call, of each sample since the batch has its size. */
  times: number[]
  readonly call: () => unknown
}

/** A sample should take this long at least, so that the clock's steps do not count. */
const SAMPLE = 2

/** Prints load time, first call and median of the later calls of both sides. */
export function benchCommand(request: Request, io: Io): number {
  const { file, invoke, program, options } = request
  const seconds = Number(options['seconds'])
  if (!(seconds > 0)) throw new UsageError('seconds must be a number above 0')
  if (invoke === undefined) throw new UsageError('bench needs --invoke NAME')
  const bytes = readInput(file)
  const module = inFile(file, () => decode(bytes))
  const call = prepareCall(module, invoke, program)
  const sides = [ours(request, io, bytes, module, call)]
  if (typeof WebAssembly === 'object') sides.push(native(file, io, bytes, module, call))
  const show = (result: unknown): string => formatResults(call.type, result).trim().replaceAll('\n', ' ')
  inTurns(file, sides, seconds * 1000, show)
  io.out(report(sides))
  return DONE
}

function ours({ file, options }: Request, io: Io, bytes: Uint8Array, module: Module, call: Call): Side {
  return load('nowasm', file, io, module, call, () => {
    const { chunks } = inFile(file, () => compileModule(bytes, compilerOptions(options, EVALUABLE)))
    return evaluate(chunks)
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
    const { exports } = instantiate(
      compile(),
      module,
      createWasi({ args: [file], env: process.env, streams: io.streams }),
    )
    const time = performance.now() - before
    const run = () => invokeExport(exports, call.name, call.args)
    return { name, load: time, first: 0, batch: 1, times: [], call: run }
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
  const [own, theirs] = sides.map((side) => orFailure(file, side.name, () => show(firstCall(side))))
  if (theirs !== undefined && theirs !== own) {
    throw new ModuleError(`${file}: results differ: nowasm ${own}, native ${theirs}`)
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

/** A sample that is too short makes the batch longer and does not count. */
function sample(side: Side): void {
  const { call, batch, times } = side
  const before = performance.now()
  for (let i = 0; i < batch; i++) call()
  const time = performance.now() - before
  if (time < SAMPLE) {
    side.batch *= 2
    side.times = []
  } else {
    times.push(time / batch)
  }
}

/** The first half of the samples warms up. */
function report(sides: readonly Side[]): string {
  const figures = sides.map(({ name, load, first, times }) => {
    const steady = median(times.slice(times.length >> 1))
    return { name, load, first, steady, samples: times.length }
  })
  const [own, theirs] = figures
  const rows: string[][] = [['', 'load ms', 'first call ms', 'median ms', 'samples']]
  for (const { name, load, first, steady, samples } of figures) {
    rows.push([name, digits(load), digits(first), digits(steady), String(samples)])
  }
  if (theirs) {
    const ratios = [own.load / theirs.load, own.first / theirs.first, own.steady / theirs.steady]
    rows.push(['ratio', ...ratios.map(digits)])
  }
  return table(rows) + (theirs ? '' : 'This engine has no WebAssembly to compare with.\n')
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x.toPrecision(3))

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
