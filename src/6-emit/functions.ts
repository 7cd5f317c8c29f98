// Functions as text, and what their text needs of the rest of the output.

import type { Optimized } from '../5-optimize/passes.ts'
import type { ModuleContext } from './context.ts'
import { emitFunction } from './function.ts'
import { Printer } from './print.ts'
import { addUses, noUses, type Uses } from './uses.ts'

/** Text leaves the printer in pieces of about this many characters. */
export const CHUNK = 1 << 20

/** What a run of functions comes to: plain data, which one thread can hand to another. */
export interface EmittedFunctions {
  readonly chunks: readonly string[]
  readonly uses: Uses
}

export class FunctionsEmitter {
  readonly #c: ModuleContext
  readonly #printer: Printer
  #chunks: string[] = []
  #uses = noUses()

  constructor(context: ModuleContext) {
    this.#c = context
    this.#printer = new Printer(context.readable)
  }

  add(optimized: Optimized): void {
    const { declarations, uses } = emitFunction(this.#c, optimized)
    addUses(this.#uses, uses)
    for (const declaration of declarations) this.#printer.print(declaration)
    const { writer } = this.#printer
    if (writer.length >= CHUNK) this.#chunks.push(writer.take())
  }

  /** What was added since it was last taken. */
  take(): EmittedFunctions {
    const chunks = [...this.#chunks, this.#printer.writer.take()]
    const uses = this.#uses
    this.#chunks = []
    this.#uses = noUses()
    return { chunks, uses }
  }
}
