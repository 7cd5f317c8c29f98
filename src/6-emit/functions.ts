// Functions as text, and what their text needs of the rest of the output.

import type { Optimized } from '../5-optimize/passes.ts'
import type { ModuleContext } from './context.ts'
import { emitFunction } from './function.ts'
import { Printer } from './print.ts'

/** Text leaves the printer in pieces of about this many characters. */
export const CHUNK = 1 << 20

/** What a run of functions comes to: plain data, which one thread can hand to another. */
export interface EmittedFunctions {
  readonly chunks: readonly string[]
  /** The sets of the module's context, by name: what the functions use. */
  readonly uses: Readonly<Record<string, ReadonlySet<string | number>>>
  /** Functions with a body for tail calls. */
  readonly tailBodies: readonly number[]
}

export class FunctionsEmitter {
  readonly #c: ModuleContext
  readonly #printer: Printer
  #chunks: string[] = []
  #tailBodies: number[] = []

  /** @param context its sets gather what the functions use */
  constructor(context: ModuleContext) {
    this.#c = context
    this.#printer = new Printer(context.readable)
  }

  add(optimized: Optimized): void {
    if (optimized.func.hasTailCalls) this.#tailBodies.push(optimized.func.index)
    for (const declaration of emitFunction(this.#c, optimized)) this.#printer.print(declaration)
    const { writer } = this.#printer
    if (writer.length >= CHUNK) this.#chunks.push(writer.take())
  }

  /** What was added since it was last taken. */
  take(): EmittedFunctions {
    const chunks = [...this.#chunks, this.#printer.writer.take()]
    const tailBodies = this.#tailBodies
    this.#chunks = []
    this.#tailBodies = []
    return { chunks, tailBodies, uses: setsOf(this.#c) }
  }
}

/** Adds what functions use to the context of the module they belong to. */
export function mergeUses(context: ModuleContext, { uses }: EmittedFunctions): void {
  const sets = setsOf(context)
  for (const [name, used] of Object.entries(uses)) for (const item of used) sets[name]!.add(item)
}

function setsOf(context: ModuleContext): Record<string, Set<string | number>> {
  const sets: Record<string, Set<string | number>> = {}
  for (const [name, value] of Object.entries(context)) if (value instanceof Set) sets[name] = value
  return sets
}
