// `instantiate`: what comes before and after the functions of a module, in the spec's order ("Execution / Modules /
// Instantiation"): imports, allocation, globals, tables, exports, element segments, data segments, start function.

import type * as es from 'estree'
import { typeKey, valueKey } from '../0-wasm/canonical.ts'
import type { ConstExpr, ElementSegment } from '../0-wasm/module.ts'
import type { FuncType, Limits, ValType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import { registersOf } from '../3-lower/registers.ts'
import { funcType, type Use } from './boundary.ts'
import {
  attempt,
  call,
  construct,
  dot,
  func,
  id,
  list,
  type Node,
  num,
  raise,
  ret,
  set,
  stmt,
  text,
  vars,
} from './build.ts'
import { emitConstant } from './constant.ts'
import { isSharedGlobal, type ModuleContext } from './context.ts'
import type { DataLayout } from './data.ts'

const maximum = ({ max }: Limits): Node => num(max ?? -1)

export class InstanceEmitter {
  readonly #c: ModuleContext
  readonly #layout: DataLayout
  /** Function types whose descriptors the output needs, by canonical index. */
  readonly #types = new Set<number>()

  constructor(context: ModuleContext, layout: DataLayout) {
    this.#c = context
    this.#layout = layout
  }

  readonly #use: Use = (name) => {
    this.#c.runtime.add(name)
    return id(name)
  }

  #call(name: string, ...args: Node[]): Node {
    return call(this.#use(name), args)
  }

  /** Variables of the instance and its imports. */
  before(): es.Statement[] {
    return [...this.#imports(), ...this.#memories()]
  }

  /** What is set up once the functions are there, and the instance. */
  after(): es.Statement[] {
    return [
      ...this.#views(),
      ...this.#tailEntries,
      ...this.#escapes(),
      ...this.#globals(),
      ...this.#tables(),
      ...this.#segmentVariables(),
      ...this.#exports(),
      ...this.#activeElements(),
      ...this.#data(),
      ...this.#start(),
      ret({ type: 'ObjectExpression', properties: [property('exports', this.#call('exports_done', id('exports')))] }),
    ]
  }

  /** Declarations at the top level: types, for all instances. Call this last. */
  types(): es.Statement[] {
    const { module, names } = this.#c
    const descriptors = [...this.#types].map((index): [string, Node] => [
      names.type(index),
      funcType(this.#use, typeKey(module, index), module.types[index]!.composite as FuncType),
    ])
    const ids = [...this.#c.typeIds]
      .sort((a, b) => a - b)
      .map((index): [string, Node] => [names.typeId(index), this.#call('type_id', text(typeKey(module, index)))])
    const all = [...descriptors, ...ids]
    return all.length === 0 ? [] : [vars(all)]
  }

  readonly #tailEntries: es.Statement[] = []

  /** Notes that a function has a body with tail calls. */
  addTailBody(index: number): void {
    const { names } = this.#c
    this.#tailEntries.push(stmt(this.#call('tail_entry', id(names.func(index)), id(names.tailBody(index)))))
  }

  #type(funcIndex: number): Node {
    const { module, names } = this.#c
    const type = module.types[module.funcs[funcIndex]!.type]!.canonical
    this.#types.add(type)
    return id(names.type(type))
  }

  #imports(): es.Statement[] {
    return this.#c.module.imports.flatMap((entry) => {
      const from = [id('imports'), text(entry.module), text(entry.name)]
      return this.#import(entry.kind, entry.index, from)
    })
  }

  #import(kind: string, index: number, from: Node[]): es.Statement[] {
    const { module, names } = this.#c
    switch (kind) {
      case 'func':
        return [vars([[names.func(index), this.#call('func_import', ...from, this.#type(index))]])]
      case 'memory': {
        const { limits } = module.memories[index]!.type
        return [vars([[names.memory(index), this.#call('memory_import', ...from, num(limits.min), maximum(limits))]])]
      }
      case 'table': {
        const { element, limits } = module.tables[index]!.type
        const letter = text(valueKey(element))
        return [
          vars([[names.table(index), this.#call('table_import', ...from, letter, num(limits.min), maximum(limits))]]),
        ]
      }
      default: {
        const { type, mutable } = module.globals[index]!.type
        const flag: Node = { type: 'Literal', value: mutable, raw: String(mutable) }
        const object = this.#call('global_import', ...from, text(valueKey(type)), flag)
        return [vars([[names.globalObject(index), object], ...(mutable ? [] : this.#copyOf(index, type))])]
      }
    }
  }

  /** An immutable import is read once. */
  #copyOf(index: number, type: ValType): [string, Node][] {
    const { names } = this.#c
    return registersOf(type).map((_, part) => [
      names.global(index, part),
      dot(id(names.globalObject(index)), part === 0 ? 'v' : 'h'),
    ])
  }

  #memories(): es.Statement[] {
    const { module, names } = this.#c
    return module.memories.flatMap(({ import: imported, type: { limits } }, index) =>
      imported === undefined
        ? [vars([[names.memory(index), this.#call('memory_new', num(limits.min), maximum(limits))]])]
        : [],
    )
  }

  /** The views that functions use, made again whenever the memory grows. */
  #views(): es.Statement[] {
    const { module, names, access } = this.#c
    return module.memories.flatMap((_, index) => {
      const views = access.views(index).filter(({ name }) => this.#c.views.has(name))
      if (views.length === 0) return []
      const refresh = views.map(({ name, make }) => set(name, make(id('buffer'))))
      return [
        vars(views.map(({ name }): [string, null] => [name, null])),
        stmt(this.#call('memory_watch', id(names.memory(index)), func(['buffer'], refresh))),
      ]
    })
  }

  /** Functions that can become references are marked with their types. */
  #escapes(): es.Statement[] {
    const { module, names } = this.#c
    const escaping = new Set<number>()
    const add = (index: number) => escaping.add(index)
    for (const { kind, index } of module.exports) if (kind === 'func') add(index)
    for (const { items } of module.elements) {
      if ('funcs' in items) items.funcs.forEach(add)
      else for (const expr of items.exprs) this.#refsIn(expr).forEach(add)
    }
    for (const { init } of [...module.globals, ...module.tables])
      if (init !== undefined) this.#refsIn(init).forEach(add)
    if (escaping.size === 0) return []
    const indices = [...escaping].sort((a, b) => a - b)
    return [
      stmt(
        this.#call(
          'func_refs',
          list(indices.map((index) => id(names.func(index)))),
          list(indices.map(num)),
          list(indices.map((index) => this.#type(index))),
        ),
      ),
    ]
  }

  #refsIn(expr: ConstExpr): number[] {
    const reader = new CodeReader(this.#c.module, expr.start, expr.end)
    const refs: number[] = []
    while (reader.next()) if (reader.ins.op.name === 'ref.func') refs.push(reader.ins.index)
    return refs
  }

  #globals(): es.Statement[] {
    const { module, names } = this.#c
    return module.globals.flatMap(({ init, type: { type, mutable } }, index) => {
      const { before, registers } =
        init === undefined ? { before: [], registers: [] } : emitConstant(this.#c, init, type)
      const newObject = (values: readonly Node[]): [string, Node] => [
        names.globalObject(index),
        this.#call(
          'global_new',
          text(valueKey(type)),
          { type: 'Literal', value: mutable, raw: String(mutable) },
          values[0]!,
          values[1] ?? num(0),
        ),
      ]
      if (init === undefined) return []
      if (isSharedGlobal(this.#c, index)) return [...before, vars([newObject(registers)])]
      const own = registers.map((node, part): [string, Node] => [names.global(index, part), node])
      const object = this.#c.exportedGlobals.has(index) ? [newObject(own.map(([name]) => id(name)))] : []
      return [...before, vars([...own, ...object])]
    })
  }

  #tables(): es.Statement[] {
    const { module, names } = this.#c
    return module.tables.flatMap(({ import: imported, type: { element, limits }, init }, index) => {
      const { before, registers } =
        init === undefined ? { before: [], registers: [id('null')] } : emitConstant(this.#c, init, element)
      const own =
        imported !== undefined
          ? []
          : [
              ...before,
              vars([
                [
                  names.table(index),
                  this.#call('table_new', text(valueKey(element)), num(limits.min), maximum(limits), registers[0]!),
                ],
              ]),
            ]
      return [
        ...own,
        vars([
          [names.tableElems(index), dot(id(names.table(index)), 'elems')],
          [names.tableIds(index), dot(id(names.table(index)), 'ids')],
        ]),
      ]
    })
  }

  /** Segments that instructions use. Active and declarative ones are dropped before the program starts. */
  #segmentVariables(): es.Statement[] {
    const { module, names, segments } = this.#c
    const statements: es.Statement[] = []
    for (const [index, segment] of module.elements.entries()) {
      const name = names.elem(index)
      if (!segments.has(name)) continue
      const { before, items } = segment.mode.kind === 'passive' ? this.#items(segment) : { before: [], items: list([]) }
      statements.push(...before, vars([[name, items]]))
    }
    if (this.#layout.bytes.length > 0) statements.push(vars([['bytes', call(id('data'), [])]]))
    for (const [index, { mode }] of module.data.entries()) {
      const name = names.data(index)
      if (!segments.has(name)) continue
      const step = this.#layout.steps.find((each) => each.kind === 'segment' && each.index === index)
      const bytes =
        mode.kind === 'passive' && step?.kind === 'segment' && step.end > step.start
          ? call(dot(id('bytes'), 'subarray'), [num(step.start), num(step.end)])
          : construct('Uint8Array', [num(0)])
      statements.push(vars([[name, bytes]]))
    }
    return statements
  }

  #items({ items, type }: ElementSegment): { before: readonly es.Statement[]; items: Node } {
    if ('funcs' in items) return { before: [], items: list(items.funcs.map((index) => id(this.#c.names.func(index)))) }
    const constants = items.exprs.map((expr) => emitConstant(this.#c, expr, type))
    return {
      before: constants.flatMap(({ before }) => before),
      items: list(constants.map(({ registers }) => registers[0]!)),
    }
  }

  #exports(): es.Statement[] {
    const { module, names } = this.#c
    const exports = id('exports')
    const entity = {
      func: names.func.bind(names),
      memory: names.memory,
      table: names.table,
      global: names.globalObject,
      tag: names.type,
    }
    return [
      vars([['exports', this.#call('exports_new')]]),
      ...module.exports.map(({ name, kind, index }) =>
        stmt(this.#call(`export_${kind}`, exports, text(name), id(entity[kind](index)))),
      ),
    ]
  }

  #activeElements(): es.Statement[] {
    const { module, names } = this.#c
    return module.elements.flatMap((segment) => {
      if (segment.mode.kind !== 'active') return []
      const offset = emitConstant(this.#c, segment.mode.offset, 'i32')
      const { before, items } = this.#items(segment)
      const length = 'funcs' in segment.items ? segment.items.funcs.length : segment.items.exprs.length
      const init = this.#call(
        'table_init',
        id(names.table(segment.mode.index)),
        items,
        offset.registers[0]!,
        num(0),
        num(length),
      )
      return [...offset.before, ...before, stmt(init)]
    })
  }

  #data(): es.Statement[] {
    const { names } = this.#c
    return this.#layout.steps.flatMap((step) => {
      if (step.kind === 'run') {
        return [
          stmt(this.#call('data_run', id(names.memory(step.memory)), id('bytes'), num(step.pos), num(step.count))),
        ]
      }
      const { mode } = step.segment
      if (mode.kind !== 'active') return []
      const offset = emitConstant(this.#c, mode.offset, 'i32')
      const bytes =
        step.end === step.start
          ? construct('Uint8Array', [num(0)])
          : call(dot(id('bytes'), 'subarray'), [num(step.start), num(step.end)])
      const init = this.#call(
        'memory_init',
        id(names.memory(mode.index)),
        bytes,
        offset.registers[0]!,
        num(0),
        num(step.end - step.start),
      )
      return [...offset.before, stmt(init)]
    })
  }

  #start(): es.Statement[] {
    const { module, names } = this.#c
    if (module.start === undefined) return []
    return [attempt([stmt(call(id(names.func(module.start)), []))], 'e', [raise(this.#call('trapped', id('e')))])]
  }
}

const property = (name: string, value: Node): es.Property => ({
  type: 'Property',
  key: id(name),
  value,
  kind: 'init',
  method: false,
  shorthand: false,
  computed: false,
})
