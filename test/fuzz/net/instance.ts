// Instances of a module, native and compiled, that can be called and compared.

import type { Instantiate } from '../../../src/evaluate.ts'
import type { Api } from '../../spec/engine.ts'
import type { Callee, Subject } from '../rewrite/observe.ts'
import { Host, type HostImport } from './host.ts'

/** Loop rounds and calls that one call may take, in modules that count them. */
const FUEL = 300

export type Argument = number | bigint
type Func = (...args: readonly Argument[]) => unknown

/** How a call ended. `stack`: the engine's stack was full, where engines differ. */
export type Ending = 'returned' | 'trapped' | 'stack' | 'failed'

/** An exported global that says how many bytes the memory has, where the Memory has more (rewrite/byte-pages.ts). */
export const SIZE = 'bytes of the memory'

export interface Program {
  readonly api: Api
  readonly instantiate: Instantiate
}

/** An exported global that a module counts its loop rounds and calls in, and what it is set to before each call. */
export interface Counter {
  readonly name: string
  readonly full: number
}

/** How something ended that was thrown. */
function endingOf(error: unknown, { RuntimeError }: Api): Ending {
  if (error instanceof RuntimeError) return 'trapped'
  const isFull = error instanceof Error && /call stack|stack overflow|too much recursion/i.test(error.message)
  return isFull ? 'stack' : 'failed'
}

/** What cannot be instantiated: what was thrown, and what could be seen until then. */
export class NotStarted extends Error {
  readonly ending: Ending
  readonly value: string
  /** What host functions were told. */
  readonly log: number

  constructor(thrown: unknown, api: Api, log: number) {
    super(String(thrown), { cause: thrown })
    this.ending = endingOf(thrown, api)
    this.value = String(thrown)
    this.log = log
  }
}

export class Running {
  ending: Ending = 'returned'
  /** What the last call returned, or the message of what it threw. */
  value: unknown
  readonly #host: Host
  readonly #exports: Readonly<Record<string, unknown>>
  readonly #api: Api
  readonly #memories: readonly WebAssembly.Memory[]
  /** None before the first look: memories of which nobody has seen the buffer grow in another way. */
  readonly #buffers: ArrayBuffer[] = []
  readonly #views: Uint8Array[] = []
  readonly #state: (() => number) | undefined
  readonly #tanks: readonly { readonly fuel: { value: number }; readonly full: number }[]

  /**
   * Throws NotStarted.
   *
   * @param counter beside the subject's own
   */
  constructor(
    { api, instantiate }: Program,
    subject: Omit<Subject, 'bytes'>,
    imports: readonly HostImport[],
    seed: number,
    counter?: Counter,
  ) {
    this.#api = api
    this.#host = new Host(api, imports, seed)
    try {
      this.#exports = instantiate(this.#host.imports).exports
    } catch (error) {
      throw new NotStarted(error, api, this.#host.log)
    }
    this.#memories = subject.memories.map((name) => this.#exports[name] as WebAssembly.Memory)
    this.#host.memories = this.#memories
    this.#host.exports = this.#exports
    this.#state = subject.state === undefined ? undefined : (this.#exports[subject.state] as () => number)
    const counters = [
      ...(subject.fuel === undefined ? [] : [{ name: subject.fuel, full: FUEL }]),
      ...(counter ? [counter] : []),
    ]
    this.#tanks = counters.map(({ name, full }) => ({ fuel: this.#exports[name] as { value: number }, full }))
  }

  call({ name }: Callee, args: readonly Argument[]): void {
    for (const tank of this.#tanks) tank.fuel.value = tank.full
    try {
      this.value = (this.#exports[name] as Func)(...args)
      this.ending = 'returned'
    } catch (error) {
      this.ending = endingOf(error, this.#api)
      this.value = String(error)
    }
  }

  /** What the last call left in a counter. */
  left({ name }: Counter): number {
    return (this.#exports[name] as { value: number }).value
  }

  /** A number that changes with globals, tables, sizes and what host functions were told. */
  state(): number {
    return (this.#state?.() ?? 0) ^ this.#host.log
  }

  /** The contents of a memory. */
  memory(index: number): Uint8Array {
    const buffer = this.#memories[index]!.buffer as ArrayBuffer
    if (buffer !== this.#buffers[index]) {
      this.#buffers[index] = buffer
      this.#views[index] = new Uint8Array(buffer)
    }
    const size = this.#exports[SIZE] as { value: number } | undefined
    return size === undefined ? this.#views[index]! : this.#views[index]!.subarray(0, size.value)
  }
}
