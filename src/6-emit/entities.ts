// Imports, memories, globals and tables of an instance.

import type * as es from 'estree'
import { valueKey } from '../0-wasm/canonical.ts'
import type { Global, Table } from '../0-wasm/module.ts'
import type { Limits, ValType } from '../0-wasm/types.ts'
import { assign, dot, id, literal, type Node, num, stmt, text } from './build.ts'
import { emitConstant } from './constant.ts'
import { isSharedGlobal } from './context.ts'
import type { InstanceContext } from './instance-context.ts'
import { define, type Variable } from './instance-variables.ts'
import { rowOf } from './values.ts'

const maximum = ({ max }: Limits): Node => num(max ?? -1)

export function* importStatements(i: InstanceContext): Iterable<es.Statement> {
  for (const entry of i.c.module.imports) {
    const from = [id('imports'), text(entry.module), text(entry.name)]
    yield* i.constants(importOne(i, entry.kind, entry.index, from))
  }
}

function importOne(i: InstanceContext, kind: string, index: number, from: Node[]): [Variable, Node][] {
  const { module, instance } = i.c
  switch (kind) {
    case 'func':
      return [[instance.func(index), i.call('func_import', ...from, i.type(index, 'host'))]]
    case 'memory': {
      const { limits } = module.memories[index]!.type
      return [[instance.memory(index), i.call('memory_import', ...from, num(limits.min), maximum(limits))]]
    }
    case 'table': {
      const { element, limits } = module.tables[index]!.type
      const letter = text(valueKey(element))
      return [[instance.table(index), i.call('table_import', ...from, letter, num(limits.min), maximum(limits))]]
    }
    default: {
      const { type, mutable } = module.globals[index]!.type
      const flag: Node = literal(mutable, String(mutable))
      const object = i.call('global_import', ...from, text(valueKey(type)), flag, ...accessors(i, type, true))
      return [[instance.globalObject(index), object], ...(mutable ? [] : copyOf(i, index, type))]
    }
  }
}

/** What JavaScript reads and sets a global with. */
function accessors(i: InstanceContext, type: ValType, isSet: boolean): Node[] {
  const { get, put } = rowOf(type)
  return isSet ? [i.use(get), i.use(put)] : [i.use(get)]
}

/** An immutable import is read once. */
function copyOf(i: InstanceContext, index: number, type: ValType): [Variable, Node][] {
  const { instance } = i.c
  return rowOf(type).fields.map((field, part) => [
    instance.global(index, part),
    dot(instance.globalObject(index), field),
  ])
}

export function memoryStatements(i: InstanceContext): es.Statement[] {
  const { module, instance } = i.c
  return module.memories.flatMap(({ import: imported, type: { limits } }, index) =>
    imported === undefined
      ? i.constants([[instance.memory(index), i.call('memory_new', num(limits.min), maximum(limits))]])
      : [],
  )
}

/** The views that functions use, made again whenever the memory grows. */
export function viewStatements(i: InstanceContext): es.Statement[] {
  const { module, instance, access } = i.c
  return module.memories.flatMap(({ import: imported }, index) => {
    const kept = access.keep(index, i.c.views)
    if (kept === undefined) return []
    for (const name of kept.runtime) i.use(name)
    const watch = imported === undefined ? 'memory_watch' : 'memory_watch_import'
    return [kept.declaration, stmt(i.call(watch, instance.memory(index), kept.watcher))]
  })
}

export function* globalStatements(i: InstanceContext): Iterable<es.Statement> {
  for (const [index, global] of i.c.module.globals.entries()) yield* globalOne(i, index, global)
}

function globalOne(i: InstanceContext, index: number, { init, type: { type, mutable } }: Global): es.Statement[] {
  if (init === undefined) return []
  const { instance } = i.c
  const { before, registers } = emitConstant(i.c, init, type)
  const newObject = (values: readonly Node[]): [Variable, Node] => [
    instance.globalObject(index),
    i.call(
      'global_new',
      text(valueKey(type)),
      literal(mutable, String(mutable)),
      values[0]!,
      values[1] ?? num(0),
      ...accessors(i, type, mutable),
    ),
  ]
  if (isSharedGlobal(i.c, index))
    return [...before, ...i.constants([newObject(registers)]), ...furtherFields(i, index, type, registers)]
  const own = registers.map((node, part): [Variable, Node] => [instance.global(index, part), node])
  if (!i.c.exportedGlobals.has(index)) return [...before, ...(mutable ? define(own) : i.constants(own))]
  const values = own.map(([variable]) => variable)
  const all = [...own, newObject(values)]
  return [...before, ...(mutable ? define(all) : i.constants(all)), ...furtherFields(i, index, type, values)]
}

/** `global_new` sets two fields. */
const furtherFields = ({ c }: InstanceContext, index: number, type: ValType, values: readonly Node[]): es.Statement[] =>
  rowOf(type)
    .fields.slice(2)
    .map((field, i) => stmt(assign(dot(c.instance.globalObject(index), field), values[i + 2]!)))

export function* tableStatements(i: InstanceContext): Iterable<es.Statement> {
  const { module, instance } = i.c
  const used = usedTables(i)
  for (const [index, table] of module.tables.entries()) {
    // Linkers write a table into every module. One that is too large to be made is not left out: that is an error.
    if (!used.has(index) && table.type.limits.min <= MAX_TABLE) continue
    if (table.import === undefined) yield* newTable(i, table, index)
    if (!i.c.calledTables.has(index)) continue
    yield* i.constants([
      [instance.tableElems(index), dot(instance.table(index), 'elems')],
      [instance.tableIds(index), dot(instance.table(index), 'ids')],
    ])
  }
}

function newTable(i: InstanceContext, { type: { element, limits }, init }: Table, index: number): es.Statement[] {
  const { before, registers } =
    init === undefined ? { before: [], registers: rowOf(element).zero } : emitConstant(i.c, init, element)
  const made = i.call('table_new', text(valueKey(element)), num(limits.min), maximum(limits), registers[0]!)
  return [...before, ...i.constants([[i.c.instance.table(index), made]])]
}

/** Tables that instructions use, or that are seen or set from outside of functions. */
function usedTables({ c: { module, tables } }: InstanceContext): ReadonlySet<number> {
  const used = new Set(tables)
  for (const { kind, index } of [...module.imports, ...module.exports]) if (kind === 'table') used.add(index)
  for (const { mode } of module.elements) if (mode.kind === 'active') used.add(mode.index)
  return used
}

/** As in `runtime/table.ts`. */
const MAX_TABLE = 10_000_000
