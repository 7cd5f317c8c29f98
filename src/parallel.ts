// All functions of a module, on one thread or several. Whoever is free takes the next range, this thread too, and here
// the results are put in order again: the output does not tell how many threads there were.
//
// Compiling is synchronous, so this thread sees no events: it looks into ports and waits on shared memory. A thread that
// cannot start (an engine without them, all code in one bundle) takes no range, and all is done here.

import type { ModuleFacts } from './4-lower/facts/module-facts.ts'
import type { EmittedFunctions } from './6-emit/functions.ts'
import type { ModuleContext } from './6-emit/module-context.ts'
import { codeSize, type FunctionRange, rangeCompiler, rangesOf } from './functions.ts'
import type { Settings } from './options.ts'

type Threads = typeof import('node:worker_threads')
type Port = import('node:worker_threads').MessagePort
type Worker = import('node:worker_threads').Worker

/** What a helping thread is given. */
export interface Task {
  readonly bytes: Uint8Array
  readonly options: Settings
  readonly facts: ModuleFacts | undefined
  readonly port: Port
  /** At NEXT the range to take next, at ANSWERS how many answers were sent. */
  readonly state: Int32Array
}

export const NEXT = 0
export const ANSWERS = 1

/** What a helping thread says of a range; no functions if compiling them threw, which the main thread finds out again. */
export interface Answer {
  readonly index: number
  readonly functions: EmittedFunctions | undefined
}

/**
 * The file that helping threads run. Not a URL of its name and of this file's: bundlers look for such, and would put the file, with
 * the compiler once more in it, beside pages that never load it.
 */
const workerFile = (): URL => new URL(import.meta.url.replace(/[^/]*$/, 'worker.js'))

/** A thread is worth its start if it gets this many bytes of code. */
const LEAST_CODE = 1 << 20

/** Milliseconds after which a range that another thread took is done here: the thread may have died. */
const PATIENCE = 10_000

/** Megabytes for young objects: with few collections, most of what a function needs is dead at the next one. */
const YOUNG_GENERATION = 192

/** Compiles all functions: results in order, each with its range. Throws the CompileError of the first bad function. */
export function* compileFunctions(
  context: ModuleContext,
  options: Settings,
): Iterable<[FunctionRange, EmittedFunctions]> {
  const { module } = context
  const ranges = rangesOf(module)
  const compileRange = rangeCompiler(context, options)
  const compile = (index: number): EmittedFunctions => compileRange(ranges[index]!)
  const count = Math.min(options.jobs, Math.floor(codeSize(module) / LEAST_CODE)) - 1
  const threads = count > 0 ? workerThreads() : undefined
  if (threads === undefined) {
    for (const [index, range] of ranges.entries()) yield [range, compile(index)]
    return
  }
  const helpers = new Helpers(threads, context, options, count)
  try {
    for (const [index, range] of ranges.entries()) yield [range, helpers.result(index, ranges.length, compile)]
  } finally {
    helpers.stop()
  }
}

class Helpers {
  readonly #state = new Int32Array(new SharedArrayBuffer(8))
  readonly #workers: Worker[] = []
  readonly #ports: Port[] = []
  readonly #results = new Map<number, () => EmittedFunctions>()
  readonly #threads: Threads
  #answers = 0

  constructor(threads: Threads, context: ModuleContext, options: Settings, count: number) {
    this.#threads = threads
    const {
      module: { bytes },
      facts,
    } = context
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
    shared.set(bytes)
    for (let i = 0; i < count; i++) this.#start(threads, { bytes: shared, options, facts })
  }

  #start({ Worker, MessageChannel }: Threads, given: Pick<Task, 'bytes' | 'options' | 'facts'>): void {
    const { port1, port2 } = new MessageChannel()
    const task: Task = { ...given, port: port2, state: this.#state }
    const worker = new Worker(workerFile(), {
      workerData: task,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    })
    // Not to start is no error, and must not keep the process alive.
    worker.on('error', () => {})
    worker.unref()
    this.#workers.push(worker)
    this.#ports.push(port1)
  }

  /** The result of a range, after working on whatever is still to be done until it is there. */
  result(index: number, count: number, compile: (index: number) => EmittedFunctions): EmittedFunctions {
    while (!this.#results.has(index)) {
      this.#collect(compile)
      if (this.#results.has(index)) break
      const next = Atomics.add(this.#state, NEXT, 1)
      if (next < count)
        this.#results.set(
          next,
          attempt(() => compile(next)),
        )
      else if (!this.#wait()) this.#results.set(index, () => compile(index))
    }
    const result = this.#results.get(index)!
    this.#results.delete(index)
    return result()
  }

  #collect(compile: (index: number) => EmittedFunctions): void {
    for (const port of this.#ports) {
      for (;;) {
        const received = this.#threads.receiveMessageOnPort(port)
        if (received === undefined) break
        const { index, functions } = received.message as Answer
        this.#answers++
        this.#results.set(index, functions === undefined ? () => compile(index) : () => functions)
      }
    }
  }

  /** @returns whether an answer came before patience ended */
  #wait(): boolean {
    return Atomics.wait(this.#state, ANSWERS, this.#answers, PATIENCE) !== 'timed-out'
  }

  stop(): void {
    for (const port of this.#ports) port.close()
    for (const worker of this.#workers) void worker.terminate()
  }
}

/** Calls now; gives the value or throws what was thrown when it is asked for. */
function attempt<T>(action: () => T): () => T {
  try {
    const value = action()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Node's threads, without an import that other engines would fail on. A CommonJS bundle does not know where it is. */
const workerThreads = (): Threads | undefined =>
  typeof process === 'object' && typeof SharedArrayBuffer === 'function' && import.meta.url
    ? process.getBuiltinModule?.('node:worker_threads')
    : undefined
