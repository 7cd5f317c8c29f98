// `instantiate`: what comes before and after the functions of a module, in the spec's order ("Execution / Modules /
// Instantiation"): imports, allocation, globals, tables, exports, element segments, data segments, start function.

import type * as es from 'estree'
import { isShared } from '../0-wasm/module.ts'
import { TAIL } from '../3-ir/versions.ts'
import { attempt, call, dot, id, type Node, object, raise, ret, stmt, text, vars } from './build.ts'
import type { DataLayout } from './data.ts'
import {
  globalStatements,
  importStatements,
  memoryStatements,
  tableStatements,
  tagStatements,
  viewStatements,
} from './entities.ts'
import { InstanceContext } from './instance-context.ts'
import type { ModuleContext } from './module-context.ts'
import { activeData, activeElements, escapeStatements, segmentVariables } from './segments.ts'
import { byteTableStatements } from './swizzle.ts'
import { typeStatements } from './types.ts'
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
    yield* tagStatements(this.#i)
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

  /** Declarations at the top level, for all instances. Call this when all else is emitted. */
  common(): es.Statement[] {
    return [...typeStatements(this.#i), ...byteTableStatements(this.#i.uses, this.#i.isEs5, this.#i.use)]
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
      tag: instance.tag,
    }
    yield vars([['exports', objectCall('create', id('null'))]])
    for (const { name, kind, index } of module.exports) {
      const exported = kind === 'memory' && isShared(module, index) ? 'shared_memory' : kind
      yield stmt(this.#i.call(`export_${exported}`, exports, text(name), entity[kind](index)))
    }
  }

  #start(): es.Statement[] {
    const { module, instance } = this.#i.c
    if (module.start === undefined) return []
    return [attempt([stmt(call(instance.ref(module.start), []))], 'e', [raise(this.#i.call('trapped', id('e')))])]
  }
}
