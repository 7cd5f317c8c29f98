// `instantiate`: what comes before and after the functions of a module, in the spec's order ("Execution / Modules /
// Instantiation"): imports, allocation, globals, tables, exports, element segments, data segments, start function.

import type * as es from 'estree'
import { typeKey } from '../0-wasm/canonical.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { TAIL } from '../3-ir/versions.ts'
import { funcType } from './boundary.ts'
import { attempt, call, dot, id, type Node, object, raise, ret, stmt, text, vars } from './build.ts'
import type { ModuleContext } from './context.ts'
import type { DataLayout } from './data.ts'
import { globalStatements, importStatements, memoryStatements, tableStatements, viewStatements } from './entities.ts'
import { InstanceContext } from './instance-context.ts'
import { define, type Variable } from './instance-variables.ts'
import { activeData, activeElements, escapeStatements, segmentVariables } from './segments.ts'
import type { Uses } from './uses.ts'

/** A function of `Object`. */
const objectCall = (name: string, argument: Node): Node => call(dot(id('Object'), name), [argument])

export class InstanceEmitter {
  readonly #i: InstanceContext

  /** @param functions what the functions use */
  constructor(context: ModuleContext, layout: DataLayout, functions: Uses) {
    this.#i = new InstanceContext(context, layout, functions)
  }

  /** What the functions use, and what was emitted here. */
  get uses(): Uses {
    return this.#i.uses
  }

  /** Variables of the instance and its imports. */
  *before(): Iterable<es.Statement> {
    yield* importStatements(this.#i)
    yield* memoryStatements(this.#i)
  }

  /** What is set up once the functions are there, and the instance. */
  *after(): Iterable<es.Statement> {
    yield* viewStatements(this.#i)
    yield* this.#tailEntries()
    yield* escapeStatements(this.#i)
    yield* globalStatements(this.#i)
    yield* tableStatements(this.#i)
    yield* segmentVariables(this.#i)
    yield* this.#exports()
    yield* activeElements(this.#i)
    yield* activeData(this.#i)
    yield* this.#start()
    yield ret(object([['exports', objectCall('freeze', id('exports'))]]))
  }

  /** Declarations at the top level: types, for all instances. Call this when all else is emitted. */
  types(): es.Statement[] {
    const { module, instance } = this.#i.c
    const descriptors = [...this.#i.types].map(([index, sides]): [Variable, Node] => [
      instance.type(index),
      funcType(this.#i, typeKey(module, index), module.types[index]!.composite as FuncType, sides),
    ])
    const ids = [...this.#i.uses.typeIds]
      .sort((a, b) => a - b)
      .map((index): [Variable, Node] => [instance.typeId(index), this.#i.call('type_id', text(typeKey(module, index)))])
    const all = [...descriptors, ...ids]
    return all.length === 0 ? [] : define(all)
  }

  /** Says which functions have a version with tail calls. */
  #tailEntries(): es.Statement[] {
    const { instance } = this.#i.c
    const entry = (index: number): es.Statement =>
      stmt(this.#i.call('tail_entry', instance.ref(index), instance.version(index, TAIL)))
    return [...this.#i.uses.tails].sort((a, b) => a - b).map(entry)
  }

  *#exports(): Iterable<es.Statement> {
    const { module, instance } = this.#i.c
    const exports = id('exports')
    const entity = {
      func: instance.ref,
      memory: instance.memory,
      table: instance.table,
      global: instance.globalObject,
    }
    yield vars([['exports', objectCall('create', id('null'))]])
    for (const { name, kind, index } of module.exports) {
      // Modules with tags are refused (0-wasm/features.ts).
      const known = kind as keyof typeof entity
      yield stmt(this.#i.call(`export_${known}`, exports, text(name), entity[known](index)))
    }
  }

  #start(): es.Statement[] {
    const { module, instance } = this.#i.c
    if (module.start === undefined) return []
    return [attempt([stmt(call(instance.ref(module.start), []))], 'e', [raise(this.#i.call('trapped', id('e')))])]
  }
}
