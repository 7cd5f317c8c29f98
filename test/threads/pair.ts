// Two threads that run functions of one module on one memory, from files as users have them: each thread evaluates the
// output and makes an instance of its own.

import { Worker } from 'node:worker_threads'
import { compile, type Options } from '../../src/index.ts'
import { wat } from '../wat.ts'

type Func = (...args: unknown[]) => unknown
type Exports = Readonly<Record<string, Func>>
type Instantiate = (imports?: object) => { readonly exports: Exports }

const WORKER = `
const { parentPort, workerData: { memory, name, args } } = require('node:worker_threads')
const { exports } = out.instantiate({ env: { memory } })
parentPort.postMessage('ready')
parentPort.once('message', () => parentPort.postMessage(exports[name](...args)))`

export interface Pair {
  readonly memory: WebAssembly.Memory
  readonly exports: Exports
  /** Calls one function here and one in the other thread at the same time. @returns what both give */
  together(here: [name: string, ...args: unknown[]], there: [name: string, ...args: unknown[]]): Promise<unknown[]>
}

const evaluated = (code: string): Instantiate => new Function(`${code}\nreturn out.instantiate`)() as Instantiate

/**
 * @param memory the limits of the memory, as in the text format
 * @param functions the rest of the module
 * @param native whether the memory is one of the engine
 */
export function pair(memory: string, functions: string, options: Partial<Options>, native = false): Pair {
  const compiled = (text: string): string => compile(wat(text), { ...options, format: 'iife', name: 'out' }).code
  const code = compiled(`(module (import "env" "memory" (memory ${memory})) ${functions})`)
  const [initial, maximum] = memory.split(' ').map(Number) as [number, number]
  const made = native
    ? new WebAssembly.Memory({ initial, maximum, shared: true })
    : evaluated(compiled(`(module (memory (export "memory") ${memory}))`))().exports['memory']
  const shared = made as WebAssembly.Memory
  const { exports } = evaluated(code)({ env: { memory: shared } })
  return {
    memory: shared,
    exports,
    async together(here, [name, ...args]) {
      const worker = new Worker(code + WORKER, { eval: true, workerData: { memory: shared, name, args } })
      try {
        await message(worker)
        worker.postMessage('go')
        const own = exports[here[0]]!(...here.slice(1))
        return [own, await message(worker)]
      } finally {
        await worker.terminate()
      }
    },
  }
}

const message = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
