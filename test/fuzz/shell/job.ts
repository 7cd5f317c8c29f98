// What goes to an engine that has no native WebAssembly to compare with: an output, the calls to make, and what is to be
// seen after each of them, recorded natively.

import type { Call } from '../net/contest.ts'
import type { HostImport } from '../net/host.ts'
import type { Running } from '../net/instance.ts'
import type { Subject } from '../rewrite/observe.ts'

export interface ShellJob {
  /** Evaluated by `new Function(code + '\nreturn wasm.instantiate')()`. */
  readonly code: string
  readonly subject: Omit<Subject, 'bytes'>
  readonly imports: readonly HostImport[]
  readonly seed: number
  readonly calls: readonly Call[]
  /** After each call. */
  readonly expected: readonly string[]
}

/** What the engine printed: how many calls were as expected, and what the first other one left. */
export interface ShellResult {
  readonly executions: number
  readonly got?: string
}

/** BigInts as text with an n behind, for JSON. */
export const pack = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)
export const unpack = (_: string, value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value

function hash(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer)
  let sum = 0
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i]!, 0x01000193)
  return sum
}

/** All that can be seen after a call, as text; undefined if the stack was full, where engines differ. */
export function seen(running: Running, memories: number): string | undefined {
  const { ending, value } = running
  if (ending === 'stack') return undefined
  const bytes = Array.from({ length: memories }, (_, i) => running.memory(i))
  const sizes = bytes.map(({ length }) => length)
  const state = running.state()
  return JSON.stringify(
    { ending, value: ending === 'returned' ? value : '', state, sizes, sums: bytes.map(hash) },
    pack,
  )
}
