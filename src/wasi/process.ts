// The program as a process: arguments, environment, its end, random numbers.

import type { Context, WasiFunction } from './context.ts'
import { fail } from './errno.ts'
import type { GuestMemory } from './memory.ts'

/** Thrown by `proc_exit`; passes through the program as every exception of the host does. */
export class WASIExit extends Error {
  override readonly name = 'WASIExit'
  readonly code: number
  constructor(code: number) {
    super(`the program ended with exit code ${code}`)
    this.code = code
  }
}

export interface ProcessOptions {
  readonly args: readonly string[]
  /** `NAME=value` each. */
  readonly env: readonly string[]
}

export function processFunctions({ memory }: Context, { args, env }: ProcessOptions): Record<string, WasiFunction> {
  return {
    ...stringFunctions('args', args, memory),
    ...stringFunctions('environ', env, memory),
    random_get: (at: number, length: number) => fillRandom(memory.bytes(at, length)),
    sched_yield() {},
    proc_exit(code: number): never {
      throw new WASIExit(code >>> 0)
    },
    proc_raise: raise,
  }
}

/** `args_get` and `args_sizes_get`, or the same for the environment. */
function stringFunctions(prefix: string, strings: readonly string[], memory: GuestMemory) {
  const encoded = strings.map((text) => new TextEncoder().encode(`${text}\0`))
  const size = encoded.reduce((sum, bytes) => sum + bytes.length, 0)
  return {
    [`${prefix}_sizes_get`](countAt: number, sizeAt: number) {
      memory.setU32(countAt, encoded.length)
      memory.setU32(sizeAt, size)
    },
    [`${prefix}_get`](pointers: number, bytes: number) {
      let at = bytes >>> 0
      for (const [i, item] of encoded.entries()) {
        memory.setU32(pointers + 4 * i, at)
        memory.bytes(at, item.length).set(item)
        at += item.length
      }
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

/** WASI "signal": those that are ignored if nobody handles them (CHLD, CONT, URG, WINCH, and 0, which is none). */
const IGNORED = [0, 16, 17, 22, 27]
/** Those that stop a process, which this one cannot do. */
const STOPPING = [18, 19, 20, 21]

/** A signal ends the program, not the process that it runs in, with the exit code that a shell gives for it. */
function raise(signal: number): void {
  if (signal < 0 || signal > 30) fail('INVAL')
  if (STOPPING.includes(signal)) fail('NOTSUP')
  if (!IGNORED.includes(signal)) throw new WASIExit(128 + signal)
}
