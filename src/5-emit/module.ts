// A module as a Program: what instantiation does around the text of the functions.

import type * as es from 'estree'
import { externalTypeName } from '../0-wasm/external.ts'
import type { Module } from '../0-wasm/module.ts'
import { findCalleeEffects } from '../4-optimize/callees.ts'
import { type ModuleContext, moduleContext } from './context.ts'
import { layOutData } from './data.ts'
import { type EmittedFunctions, mergeUses } from './functions.ts'
import { InstanceEmitter } from './instance.ts'
import { dataView } from './memory/dataview.ts'
import { typedArrays } from './memory/typed-arrays.ts'
import { Printer } from './print.ts'
import type { Program } from './program.ts'

export interface EmitOptions {
  readonly engine: 'jit' | 'interpreter'
  readonly names: boolean
  readonly optimize: number
  readonly target: 'es5' | 'es2015' | 'es2020' | 'esnext'
}

/** What emission knows of a module. Threads that emit its functions make their own. */
export const emitContext = (module: Module, { engine, names, optimize, target }: EmitOptions): ModuleContext =>
  moduleContext({
    module,
    access: engine === 'jit' ? dataView : typedArrays({ coalesces: target === 'es2020' || target === 'esnext' }),
    readable: names,
    callees: optimize > 0 ? findCalleeEffects(module) : undefined,
  })

export class ModuleEmitter {
  readonly #c: ModuleContext
  readonly #instance: InstanceEmitter
  readonly #layout
  readonly #chunks: string[] = []
  readonly #printer: Printer

  constructor(context: ModuleContext) {
    this.#c = context
    this.#layout = layOutData(context.module)
    this.#instance = new InstanceEmitter(this.#c, this.#layout)
    this.#printer = new Printer(context.readable)
    this.#printer.writer.text('function instantiate(imports) {\n')
    this.#statements(this.#instance.before())
  }

  /** Functions come in the order of their indices. */
  add(functions: EmittedFunctions): void {
    mergeUses(this.#c, functions)
    for (const index of functions.tailBodies) this.#instance.addTailBody(index)
    this.#chunks.push(this.#printer.writer.take(), ...functions.chunks)
  }

  finish(): Program {
    this.#statements(this.#instance.after())
    this.#printer.writer.text('}\n')
    this.#chunks.push(this.#printer.writer.take())
    for (const stmt of this.#instance.types()) this.#printer.print(stmt)
    const types = this.#printer.writer.take()
    const { module, runtime } = this.#c
    return {
      chunks: [types, ...this.#chunks],
      runtime,
      data: this.#layout.bytes,
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

  #statements(statements: readonly es.Statement[]): void {
    for (const stmt of statements) this.#printer.print(stmt)
  }
}
