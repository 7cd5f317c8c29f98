// Enough of WASI preview 1 for commands that compute: arguments, environment, standard streams, clock, random numbers
// and exit. There is no file system: no folder is open, and every other function answers "not supported".

import { INVAL, NOSYS, SUCCESS } from './errno.ts'
import { type Streams, streamFunctions } from './streams.ts'

/** The module name under which programs import it. */
export const WASI_MODULE = 'wasi_snapshot_preview1'

/** Thrown by `proc_exit`; passes through the program as every exception of the host does. */
export class WasiExit extends Error {
  override readonly name = 'WasiExit'
  readonly code: number
  constructor(code: number) {
    super(`the program ended with exit code ${code}`)
    this.code = code
  }
}

export interface WasiOptions {
  /** The program's name first. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly streams: Streams
}

type WasiFunction = (...args: never[]) => number

export interface Wasi {
  /** The functions, to be imported as WASI_MODULE. `names`: those the program wants. */
  imports(names: readonly string[]): Record<string, WasiFunction>
  /** Tells the program's memory; before it has one no function but proc_exit works. */
  attach(memory: { readonly buffer: ArrayBuffer }): void
}

export function createWasi({ args, env, streams }: WasiOptions): Wasi {
  let memory: { readonly buffer: ArrayBuffer } | undefined
  const buffer = (): ArrayBuffer => {
    if (!memory) throw new Error('a WASI program must export its memory')
    return memory.buffer
  }
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value ?? ''}`)
  const functions: Record<string, WasiFunction> = {
    ...stringFunctions('args', args, buffer),
    ...stringFunctions('environ', variables, buffer),
    ...streamFunctions(streams, buffer),
    ...clockFunctions(buffer),
    random_get(at: number, length: number): number {
      fillRandom(new Uint8Array(buffer(), at >>> 0, length >>> 0))
      return SUCCESS
    },
    sched_yield: (): number => SUCCESS,
    proc_exit(code: number): never {
      throw new WasiExit(code >>> 0)
    },
  }
  return {
    imports: (names) => Object.fromEntries(names.map((name) => [name, functions[name] ?? (() => NOSYS)])),
    attach(exported) {
      memory = exported
    },
  }
}

/** `args_get` and `args_sizes_get`, or the same for the environment. */
function stringFunctions(prefix: string, strings: readonly string[], memory: () => ArrayBuffer) {
  const encoded = strings.map((text) => new TextEncoder().encode(`${text}\0`))
  return {
    [`${prefix}_sizes_get`](count: number, size: number): number {
      const view = new DataView(memory())
      view.setUint32(count >>> 0, encoded.length, true)
      view.setUint32(
        size >>> 0,
        encoded.reduce((sum, bytes) => sum + bytes.length, 0),
        true,
      )
      return SUCCESS
    },
    [`${prefix}_get`](pointers: number, bytes: number): number {
      const view = new DataView(memory())
      let at = bytes >>> 0
      for (const [i, item] of encoded.entries()) {
        view.setUint32((pointers >>> 0) + 4 * i, at, true)
        new Uint8Array(view.buffer, at, item.length).set(item)
        at += item.length
      }
      return SUCCESS
    },
  }
}

/** WASI "clockid": 0 the time of day, 1 monotonic; those of processes and threads count as monotonic. */
function clockFunctions(memory: () => ArrayBuffer) {
  return {
    clock_time_get(id: number, _precision: bigint, result: number): number {
      if (id < 0 || id > 3) return INVAL
      const now = id === 0 ? BigInt(Date.now()) * 1_000_000n : process.hrtime.bigint()
      new DataView(memory()).setBigUint64(result >>> 0, now, true)
      return SUCCESS
    },
    clock_res_get(id: number, result: number): number {
      if (id < 0 || id > 3) return INVAL
      new DataView(memory()).setBigUint64(result >>> 0, id === 0 ? 1_000_000n : 1n, true)
      return SUCCESS
    },
  }
}

/** `crypto.getRandomValues` fills at most 65,536 bytes at a time, and none that are shared. */
function fillRandom(bytes: Uint8Array): void {
  const piece = new Uint8Array(Math.min(bytes.length, 65_536))
  for (let at = 0; at < bytes.length; at += piece.length) {
    bytes.set(crypto.getRandomValues(piece).subarray(0, bytes.length - at), at)
  }
}
