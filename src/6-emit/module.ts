// A module as a Program: what instantiation does around the text of the functions.

import type * as es from 'estree'
import { externalTypeName } from '../0-wasm/external.ts'
import type { Module } from '../0-wasm/module.ts'
import { findModuleFacts } from '../4-lower/facts/module-facts.ts'
import { constantFor } from './build.ts'
import { layOutData } from './data.ts'
import { CHUNK, type EmittedFunctions } from './functions.ts'
import { InstanceEmitter } from './instance.ts'
import { instanceArrays, typeArrays } from './instance-variables.ts'
import { JIT_MEANINGS, MEANINGS } from './meanings.ts'
import { dataView } from './memory/dataview.ts'
import { typedArrays } from './memory/typed-arrays.ts'
import { type ModuleContext, moduleContext } from './module-context.ts'
import { Printer } from './print.ts'
import { lengthOf, type MappedText, type Program, shifted } from './program.ts'
import { addUses, noUses } from './uses.ts'

export interface EmitOptions {
  readonly engine: 'jit' | 'interpreter'
  readonly names: boolean
  readonly optimize: number
  readonly target: 'es5' | 'es2015' | 'es2020' | 'esnext'
  readonly sourceMap: boolean
  /** Functions are compiled when they are first called (lazy.ts). */
  readonly isLazy?: boolean
  readonly tracesExceptions?: boolean | undefined
}

/**
 * What emission knows of a module. Threads that emit its functions make their own.
 *
 * @param facts if they are known already
 */
export const emitContext = (
  module: Module,
  { engine, names, optimize, target, sourceMap, isLazy = false, tracesExceptions = false }: EmitOptions,
  facts = optimize > 0 ? findModuleFacts(module) : undefined,
): ModuleContext =>
  moduleContext({
    module,
    access:
      engine === 'jit'
        ? dataView({ short: target !== 'es5' && !names, constant: constantFor(target === 'es5') })
        : typedArrays({ coalesces: target === 'es2020' || target === 'esnext' }),
    meanings: engine === 'jit' ? JIT_MEANINGS : MEANINGS,
    readable: names,
    facts,
    isLazy,
    typesResults: engine === 'jit' && optimize > 0,
    isEs5: target === 'es5',
    hasPositions: sourceMap,
    tracesExceptions,
  })

export class ModuleEmitter {
  readonly #c: ModuleContext
  /** Of all functions. */
  readonly #uses = noUses()
  readonly #chunks: string[] = []
  /** Behind the first of the chunks. */
  readonly #mapped: MappedText[] = []
  #length = 0
  readonly #printer: Printer

  constructor(context: ModuleContext) {
    this.#c = context
    this.#printer = new Printer(context.readable)
  }

  /** Functions come in the order of their indices. */
  add(functions: EmittedFunctions): void {
    addUses(this.#uses, functions.uses)
    if (functions.positions !== undefined) {
      this.#mapped.push({ start: this.#length, pairs: functions.positions })
      this.#length += lengthOf(functions.chunks)
    }
    this.#chunks.push(...functions.chunks)
  }

  finish(): Program {
    const { module, isLazy } = this.#c
    const layout = layOutData(module)
    const instance = new InstanceEmitter(this.#c, layout, this.#uses)
    const after = this.#text(instance.after())
    const before = this.#text([...instanceArrays(module, isLazy), ...instance.before()])
    const common = this.#text([...typeArrays(module), ...instance.common()])
    const head = [...common, 'function instantiate(imports) {\n', ...before]
    return {
      chunks: [...head, ...this.#chunks, ...after, '}\n'],
      mapped: shifted(this.#mapped, lengthOf(head)),
      runtime: instance.uses.runtime,
      data: layout.bytes,
      imports: module.imports.map((entry) => ({
        module: entry.module,
        name: entry.name,
        kind: entry.kind,
        type: externalTypeName(module, entry.kind, entry.index),
      })),
      exports: module.exports.map(({ name, kind, index }) => ({
        name,
        kind,
        type: externalTypeName(module, kind, index),
      })),
    }
  }

  #text(statements: Iterable<es.Statement>): string[] {
    const chunks: string[] = []
    const { writer } = this.#printer
    for (const stmt of statements) {
      this.#printer.print(stmt)
      if (writer.length >= CHUNK) chunks.push(writer.take())
    }
    return [...chunks, writer.take()]
  }
}
