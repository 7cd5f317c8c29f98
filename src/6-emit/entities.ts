// Imports, memories, globals and tables of an instance.

import type * as es from 'estree'
import { valueKey } from '../0-wasm/canonical.ts'
import type { Table } from '../0-wasm/module.ts'
import type { Limits, ValType } from '../0-wasm/types.ts'
import { wordsOfType } from '../3-ir/registers.ts'
import type { RuntimeFunction } from '../3-ir/runtime-names.ts'
import { dot, id, literal, type Node, num, set, stmt, text, vars } from './build.ts'
import { emitConstant } from './constant.ts'
import { isSharedGlobal } from './context.ts'
import type { InstanceContext } from './instance-context.ts'

const maximum = ({ max }: Limits): Node => num(max ?? -1)

export function importStatements(i: InstanceContext): es.Statement[] {
  return i.c.module.imports.flatMap((entry) => {
    const from = [id('imports'), text(entry.module), text(entry.name)] as const
    return importOne(i, entry.kind, entry.index, from)
  })
}

function importOne(i: InstanceContext, kind: string, index: number, from: readonly [Node, Node, Node]): es.Statement[] {
  const { module, names } = i.c
  switch (kind) {
    case 'func':
      return [i.constants([[names.func(index), i.call('func_import', ...from, i.type(index, 'host'))]])]
    case 'memory': {
      const { limits } = module.memories[index]!.type
      return [i.constants([[names.memory(index), i.call('memory_import', ...from, num(limits.min), maximum(limits))]])]
    }
    case 'table': {
      const { element, limits } = module.tables[index]!.type
      const letter = text(valueKey(element))
      return [
        i.constants([[names.table(index), i.call('table_import', ...from, letter, num(limits.min), maximum(limits))]]),
      ]
    }
    default: {
      const { type, mutable } = module.globals[index]!.type
      const flag: Node = literal(mutable, String(mutable))
      const [get, put] = accessorsOf(type)
      const object = i.call('global_import', ...from, text(valueKey(type)), flag, i.use(get), i.use(put))
      const entity: [string, Node] = [names.globalObject(index), object]
      const copy = mutable ? [] : copyOf(i, index, type)
      return type === 'f64' ? [i.constants([entity]), ...doubles(copy)] : [i.constants([entity, ...copy])]
    }
  }
}

const PLAIN = 'global_get'

/** What JavaScript reads and sets globals with, by the letter of their type. */
const ACCESSORS = {
  i: [PLAIN, 'global_put_i'],
  I: ['global_get_I', 'global_put_I'],
  f: [PLAIN, 'global_put_f'],
  d: [PLAIN, 'global_put_d'],
  F: ['global_get_F', 'global_put_F'],
  x: [PLAIN, 'global_put_x'],
} as const satisfies Record<string, readonly RuntimeFunction[]>

const accessorsOf = (type: ValType) => ACCESSORS[valueKey(type) as keyof typeof ACCESSORS]

/** An immutable import is read once. */
function copyOf(i: InstanceContext, index: number, type: ValType): [string, Node][] {
  const { names } = i.c
  return wordsOfType(type).map((_, part) => [
    names.global(index, part),
    dot(id(names.globalObject(index)), part === 0 ? 'v' : 'h'),
  ])
}

export function memoryStatements(i: InstanceContext): es.Statement[] {
  const { module, names } = i.c
  return module.memories.flatMap(({ import: imported, type: { limits } }, index) =>
    imported === undefined
      ? [i.constants([[names.memory(index), i.call('memory_new', num(limits.min), maximum(limits))]])]
      : [],
  )
}

/** The views that functions use, made again whenever the memory grows. */
export function viewStatements(i: InstanceContext): es.Statement[] {
  const { module, names, access } = i.c
  return module.memories.flatMap(({ import: imported }, index) => {
    const kept = access.keep(index, i.uses.views)
    if (kept === undefined) return []
    for (const name of kept.runtime) i.use(name)
    const watch = imported === undefined ? 'memory_watch' : 'memory_watch_import'
    return [kept.declaration, stmt(i.call(watch, id(names.memory(index)), kept.watcher))]
  })
}

export function globalStatements(i: InstanceContext): es.Statement[] {
  const { module, names } = i.c
  return module.globals.flatMap(({ init, type: { type, mutable } }, index) => {
    const { before, registers } = init === undefined ? { before: [], registers: [] } : emitConstant(i, init, type)
    const newObject = (values: readonly Node[]): [string, Node] => {
      const [low, high = num(0)] = values
      const [get, put] = accessorsOf(type)
      const flag: Node = literal(mutable, String(mutable))
      const setter: [put?: Node] = mutable ? [i.use(put)] : []
      const made = i.call('global_new', text(valueKey(type)), flag, low!, high, i.use(get), ...setter)
      return [names.globalObject(index), made]
    }
    if (init === undefined) return []
    if (isSharedGlobal(i.c, index)) return [...before, i.constants([newObject(registers)])]
    const own = registers.map((node, part): [string, Node] => [names.global(index, part), node])
    const object = i.c.exportedGlobals.has(index) ? [newObject(own.map(([name]) => id(name)))] : []
    if (type === 'f64' && own.some(([, first]) => mutable || first.type !== 'Literal')) {
      return [...before, ...doubles(own), ...(object.length > 0 ? [i.constants(object)] : [])]
    }
    return [...before, mutable ? vars([...own, ...object]) : i.constants([...own, ...object])]
  })
}

/**
 * Declares variables that are f64 NaNs now or later. V8 14 keeps a variable of a small module that was always a number as
 * a bare double, and quiets a signalling NaN that is put there; one that was something else once is kept as any value is.
 */
const doubles = (registers: [string, Node][]): es.Statement[] =>
  registers.flatMap(([name, first]) => [vars([[name, first]]), set(name, id('null')), set(name, first)])

export function tableStatements(i: InstanceContext): es.Statement[] {
  const { module, names } = i.c
  return module.tables.flatMap((table, index) => {
    if (isUnused(i, table, index)) return []
    const own = table.import === undefined ? newTable(i, table, index) : []
    const elems: [string, Node] = [names.tableElems(index), dot(id(names.table(index)), 'elems')]
    const ids: [string, Node] = [names.tableIds(index), dot(id(names.table(index)), 'ids')]
    return i.uses.calledTables.has(index) ? [...own, i.constants([elems, ids])] : own
  })
}

function newTable(i: InstanceContext, { type: { element, limits }, init }: Table, index: number): es.Statement[] {
  const { before, registers } =
    init === undefined ? { before: [], registers: [id('null')] } : emitConstant(i, init, element)
  const made = i.call('table_new', text(valueKey(element)), num(limits.min), maximum(limits), registers[0]!)
  return [...before, i.constants([[i.c.names.table(index), made]])]
}

/** Linkers write a table into every module. One that is too large to be made is not left out: that is an error. */
function isUnused({ c, uses }: InstanceContext, { import: imported, type }: Table, index: number): boolean {
  const isSeen =
    imported !== undefined || c.module.exports.some((each) => each.kind === 'table' && each.index === index)
  const isSet = c.module.elements.some(({ mode }) => mode.kind === 'active' && mode.index === index)
  return !isSeen && !isSet && !uses.tables.has(index) && type.limits.min <= MAX_TABLE
}

/** As in `runtime/table.ts`. */
const MAX_TABLE = 10_000_000
