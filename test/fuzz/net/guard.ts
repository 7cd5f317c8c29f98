// Finds out whether calls end, on an instance of its own that counts rounds: a call that does not end natively must not be
// made there, and one that takes long is not worth it.

import { decode } from '../../../src/1-decode/decode.ts'
import { countFuel, FUEL } from '../rewrite/fuel.ts'
import type { Callee, Subject } from '../rewrite/observe.ts'
import { type HostImport, importsOf } from './host.ts'
import { type Argument, type Counter, type Program, Running } from './instance.ts'
import { nativeProgram } from './programs.ts'

export class Guard {
  readonly #subject: Subject
  readonly #imports: readonly HostImport[]
  readonly #program: Program
  readonly #seed: number
  readonly #counter: Counter
  #running: Running

  /**
   * Throws if the native engine cannot instantiate the module.
   *
   * @param rounds of loops, and calls, that one call may take
   */
  constructor(subject: Subject, seed: number, rounds: number) {
    const bytes = countFuel(subject.bytes)
    this.#subject = { ...subject, bytes }
    this.#imports = importsOf(decode(bytes))
    this.#program = nativeProgram(bytes)
    this.#seed = seed
    this.#counter = { name: FUEL, full: rounds }
    this.#running = this.#start()
  }

  #start(): Running {
    return new Running(this.#program, this.#subject, this.#imports, this.#seed, this.#counter)
  }

  /** Makes the call; after one that does not end it has to be restarted. */
  ends(callee: Callee, args: readonly Argument[]): boolean {
    this.#running.call(callee, args)
    return this.#running.left(this.#counter) > 0
  }

  restart(): void {
    this.#running = this.#start()
  }
}
