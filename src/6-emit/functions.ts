// Functions as text, and what their text needs of the rest of the output.

import type { Optimized } from '../5-optimize/passes.ts'
import { emitFunction } from './function.ts'
import type { ModuleContext } from './module-context.ts'
import { Printer } from './print.ts'
import { noUses, type Uses } from './uses.ts'
import type { Writer } from './writer.ts'

/** Text leaves the printer in pieces of about this many characters. */
export const CHUNK = 1 << 20

/** What a run of functions comes to: plain data, which one thread can hand to another. */
export interface EmittedFunctions {
  /** Of a module whose functions are compiled lazily: one for each version and part, in order. */
  readonly chunks: readonly string[]
  readonly uses: Uses
  /** Which instructions the text is from (Positions), if that is asked. */
  readonly positions: Int32Array | undefined
}

export class FunctionsEmitter {
  readonly #c: ModuleContext
  readonly #printer: Printer
  readonly #chunks: string[] = []
  readonly #uses = noUses()

  /** @param writer for the text, which no other run of functions uses at the same time */
  constructor(context: ModuleContext, writer: Writer) {
    this.#c = context
    writer.clear()
    this.#printer = new Printer(context.readable, writer)
  }

  add(optimized: Optimized): void {
    const { declarations, marks } = emitFunction(this.#c, optimized, this.#uses)
    this.#printer.marks = marks
    for (const declaration of declarations) this.#printer.print(declaration)
    const { writer } = this.#printer
    if (writer.length >= CHUNK || this.#c.isLazy) this.#chunks.push(writer.take())
  }

  /** All that was added; nothing can be added any more. */
  take(): EmittedFunctions {
    const rest = this.#printer.writer.take()
    const chunks = rest === '' ? this.#chunks : [...this.#chunks, rest]
    return { chunks, uses: this.#uses, positions: this.#c.hasPositions ? this.#printer.positions.pairs : undefined }
  }
}
