// A module as a Program: what instantiation does around the text of the functions.

import type * as es from 'estree'
import { externalTypeName } from '../0-wasm/external.ts'
import type { Module } from '../0-wasm/module.ts'
import { findCalleeEffects } from '../5-optimize/callees.ts'
import type { Constant } from './build.ts'
import { type ModuleContext, moduleContext } from './context.ts'
import { layOutData } from './data.ts'
import type { EmittedFunctions } from './functions.ts'
import { InstanceEmitter } from './instance.ts'
import { dataView } from './memory/dataview.ts'
import { typedArrays } from './memory/typed-arrays.ts'
import { JIT_MEANINGS, MEANINGS } from './plain.ts'
import { Printer } from './print.ts'
import type { Program } from './program.ts'
import { addUses, noUses } from './uses.ts'

export interface EmitOptions {
  readonly engine: 'jit' | 'interpreter'
  readonly names: boolean
  readonly optimize: number
  readonly target: 'es5' | 'es2015' | 'es2020' | 'esnext'
  readonly sourceMap: boolean
}

/**
 * What emission knows of a module. Threads that emit its functions make their own.
 *
 * @param callees if they are known already
 */
export const emitContext = (
  module: Module,
  { engine, names, optimize, target, sourceMap }: EmitOptions,
  callees = optimize > 0 ? findCalleeEffects(module) : undefined,
): ModuleContext =>
  moduleContext({
    module,
    access:
      engine === 'jit'
        ? dataView({ short: target !== 'es5' && !names, constant: constantFor(target) })
        : typedArrays({ coalesces: target === 'es2020' || target === 'esnext' }),
    meanings: engine === 'jit' ? JIT_MEANINGS : MEANINGS,
    readable: names,
    callees,
    typesResults: engine === 'jit' && optimize > 0,
    constant: constantFor(target),
    hasPositions: sourceMap,
  })

const constantFor = (target: EmitOptions['target']): Constant => (target === 'es5' ? 'var' : 'const')

export class ModuleEmitter {
  readonly #c: ModuleContext
  /** Of all functions. */
  readonly #uses = noUses()
  readonly #chunks: string[] = []
  readonly #printer: Printer

  constructor(context: ModuleContext) {
    this.#c = context
    this.#printer = new Printer(context.readable)
  }

  /** Functions come in the order of their indices. */
  add(functions: EmittedFunctions): void {
    addUses(this.#uses, functions.uses)
    this.#chunks.push(...functions.chunks)
  }

  finish(): Program {
    const { module } = this.#c
    const layout = layOutData(module)
    const instance = new InstanceEmitter(this.#c, layout, this.#uses)
    const after = this.#text(instance.after())
    const before = this.#text(instance.before())
    const types = this.#text(instance.types())
    return {
      chunks: [types, 'function instantiate(imports) {\n', before, ...this.#chunks, after, '}\n'],
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

  #text(statements: readonly es.Statement[]): string {
    for (const stmt of statements) this.#printer.print(stmt)
    return this.#printer.writer.take()
  }
}
