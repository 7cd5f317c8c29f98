// A module as a Program: functions come in one by one and leave as text, so only one tree exists at a time.

import type * as es from 'estree'
import { externalTypeName } from '../0-wasm/external.ts'
import type { Module } from '../0-wasm/module.ts'
import type { Optimized } from '../4-optimize/passes.ts'
import { type ModuleContext, moduleContext } from './context.ts'
import { layOutData } from './data.ts'
import { emitFunction } from './function.ts'
import { InstanceEmitter } from './instance.ts'
import { dataView } from './memory/dataview.ts'
import { typedArrays } from './memory/typed-arrays.ts'
import { Printer } from './print.ts'
import type { Program } from './program.ts'

export interface EmitOptions {
  readonly engine: 'jit' | 'interpreter'
  readonly names: boolean
}

/** Text leaves the printer in pieces of about this many characters. */
const CHUNK = 1 << 20

export class ModuleEmitter {
  readonly #c: ModuleContext
  readonly #instance: InstanceEmitter
  readonly #layout
  readonly #chunks: string[] = []
  readonly #printer: Printer

  constructor(module: Module, { engine, names }: EmitOptions) {
    this.#c = moduleContext(module, engine === 'jit' ? dataView : typedArrays, names)
    this.#layout = layOutData(module)
    this.#instance = new InstanceEmitter(this.#c, this.#layout)
    this.#printer = new Printer(names)
    this.#printer.writer.text('function instantiate(imports) {\n')
    this.#statements(this.#instance.before())
  }

  add(optimized: Optimized): void {
    if (optimized.func.hasTailCalls) this.#instance.addTailBody(optimized.func.index)
    for (const declaration of emitFunction(this.#c, optimized)) this.#print(declaration)
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
        module: entry.module, name: entry.name, kind: entry.kind, type: externalTypeName(module, entry.kind, entry.index),
      })),
      exports: module.exports.map(({ name, kind, index }) => ({ name, kind, type: externalTypeName(module, kind, index) })),
    }
  }

  #statements(statements: readonly es.Statement[]): void {
    for (const stmt of statements) this.#print(stmt)
  }

  #print(stmt: es.Statement): void {
    const { writer } = this.#printer
    this.#printer.print(stmt)
    if (writer.length >= CHUNK) this.#chunks.push(writer.take())
  }
}
