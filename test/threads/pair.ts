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

/** Behind the limits of a memory: those are in bytes. No tool that makes modules of text knows such memories. */
export const PAGES_OF_A_BYTE = 'pagesize 1'

/** The binary of a module whose one memory, imported or not, stands in a section shorter than 128 bytes. */
function binary(text: string): Uint8Array<ArrayBuffer> {
  const bytes = [...wat(text.replace(PAGES_OF_A_BYTE, ''))]
  if (!text.includes(PAGES_OF_A_BYTE)) return Uint8Array.from(bytes)
  let section = 8
  while (bytes[section] !== 2 && bytes[section] !== 5) section += bytes[section + 1]! + 2
  const end = section + bytes[section + 1]! + 2
  const limits = bytes.lastIndexOf(3, end - 3)
  bytes[section + 1]!++
  bytes[limits]! |= 8
  bytes.splice(end, 0, 0)
  return Uint8Array.from(bytes)
}

const evaluated = (code: string): Instantiate => new Function(`${code}\nreturn out.instantiate`)() as Instantiate

/**
 * @param memory the limits of the memory, as in the text format, and `PAGES_OF_A_BYTE`
 * @param functions the rest of the module
 * @param native whether the memory is one of the engine
 */
export function pair(memory: string, functions: string, options: Partial<Options>, native = false): Pair {
  const compiled = (text: string): string => compile(binary(text), { ...options, format: 'iife', name: 'out' }).code
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
