// Imports, memories, globals and tables of an instance.

import type * as es from 'estree'
import { typeKey } from '../0-wasm/canonical.ts'
import { funcTypeAt } from '../0-wasm/external.ts'
import { type Global, isShared, type Table } from '../0-wasm/module.ts'
import type { Limits, MemoryType, ValType } from '../0-wasm/types.ts'
import { BUILTIN_CALLS } from '../3-ir/builtin-calls.ts'
import { assign, dot, id, list, literal, type Node, num, set, stmt, text } from './build.ts'
import { emitConstant } from './constant.ts'
import type { InstanceContext } from './instance-context.ts'
import { define, type Variable } from './instance-variables.ts'
import { isSharedGlobal } from './module-context.ts'
import { carriedLetterOf, letterOf, rowOf } from './values.ts'

/** Of kinds with 64-bit addresses both may be numbers that are not exact as doubles (runtime/kinds.ts). */
const bound = (exact: number | bigint | undefined): Node =>
  typeof exact === 'bigint' && exact > Number.MAX_SAFE_INTEGER ? text(String(exact)) : num(Number(exact ?? -1))

function boundsOf(limits: Limits): [min: Node, max: Node] {
  const { min, max } = limits.exact ?? limits
  return [bound(min), bound(max)]
}

/** Undefined for the common kind. */
function kindOf({ addressType, pageSize }: MemoryType): Node | undefined {
  const kind = `memory${addressType === 'i64' ? '64' : ''}${pageSize === 1 ? '_1' : ''}`
  return kind === 'memory' ? undefined : text(kind)
}

export function* importStatements(i: InstanceContext): Iterable<es.Statement> {
  yield* i.constants(builtinFunctions(i))
  for (const entry of i.c.module.imports) {
    yield* importOne(i, entry.kind, entry.index, [id('imports'), text(entry.module), text(entry.name)])
  }
}

/** Builtins are called as what they are in the runtime; those that there are references to are functions of the instance too. */
function builtinFunctions(i: InstanceContext): [Variable, Node][] {
  const { module, instance, isLazy } = i.c
  const isExported = new Set(module.exports.flatMap(({ kind, index }) => (kind === 'func' ? [index] : [])))
  return module.funcs.flatMap(({ builtin }, index): [Variable, Node][] => {
    if (builtin === undefined) return []
    if (!isLazy && !isExported.has(index) && !module.refs.has(index) && !i.uses.funcs.has(index)) return []
    return [[instance.ref(index), i.call('builtin_func', i.use(BUILTIN_CALLS[builtin]))]]
  })
}

function importOne(i: InstanceContext, kind: string, index: number, from: readonly [Node, Node, Node]): es.Statement[] {
  const { module, instance } = i.c
  switch (kind) {
    case 'func': {
      const { final } = module.types[module.funcs[index]!.type]!
      const type = i.type(index, 'host')
      const made = final ? i.call('func_import', ...from, type) : i.call('func_import_sub', ...from, type)
      return i.constants([[instance.ref(index), made]])
    }
    case 'memory': {
      const { type } = module.memories[index]!
      const [kind, bounds] = [kindOf(type), boundsOf(type.limits)]
      const made = isShared(module, index)
        ? i.call('shared_memory_import', ...from, ...bounds, ...(kind === undefined ? [] : [kind]))
        : kind === undefined
          ? i.call('memory_import', ...from, ...bounds)
          : i.call('memory_import_kind', ...from, kind, ...bounds)
      return i.constants([[instance.memory(index), made]])
    }
    case 'table': {
      const { element, limits, addressType } = module.tables[index]!.type
      const letter = letterOf(i.use, element)
      const name = addressType === 'i32' ? 'table_import' : 'table_import_kind'
      return i.constants([[instance.table(index), i.call(name, ...from, letter, ...boundsOf(limits))]])
    }
    case 'tag': {
      const key = text(typeKey(module, module.tags[index]!.type))
      return i.constants([[instance.tag(index), i.call('tag_import', ...from, key)]])
    }
    default: {
      const { type, mutable } = module.globals[index]!.type
      const flag: Node = literal(mutable, String(mutable))
      const { letter, get, put, isDouble } = rowOf(type)
      const object =
        letter === undefined
          ? i.call('global_import_ref', ...from, letterOf(i.use, type), flag)
          : i.call('global_import', ...from, text(letter), flag, i.use(get), i.use(put))
      const entity: [Variable, Node] = [instance.globalObject(index), object]
      const copy = mutable ? [] : copyOf(i, index, type)
      return isDouble ? [...i.constants([entity]), ...doubles(copy)] : i.constants([entity, ...copy])
    }
  }
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
  return module.memories.flatMap(({ import: imported, type }, index) => {
    if (imported !== undefined) return []
    const [kind, bounds] = [kindOf(type), boundsOf(type.limits)]
    const made = isShared(module, index)
      ? i.call('shared_memory_new', ...bounds, ...(kind === undefined ? [] : [kind]))
      : kind === undefined
        ? i.call('memory_new', ...bounds)
        : i.call('memory_new_kind', kind, ...bounds)
    return i.constants([[instance.memory(index), made]])
  })
}

/** Those that the module defines itself. */
export function tagStatements(i: InstanceContext): es.Statement[] {
  const { module, instance } = i.c
  return module.tags.flatMap(({ import: imported, type }, index) => {
    if (imported !== undefined) return []
    const params = list(funcTypeAt(module, type).params.map((param) => carriedLetterOf(i.use, param)))
    return i.constants([[instance.tag(index), i.call('tag_new', text(typeKey(module, type)), params)]])
  })
}

/** The views that functions use, made again whenever the memory grows. */
export function viewStatements(i: InstanceContext): es.Statement[] {
  const { module, instance, access } = i.c
  return module.memories.flatMap(({ import: imported }, index) => {
    const kept = access.keep(index, i.uses.views)
    if (kept === undefined) return []
    for (const name of kept.runtime) i.use(name)
    const watch = imported === undefined ? 'memory_watch' : 'memory_watch_import'
    return [kept.declaration, stmt(i.call(watch, instance.memory(index), kept.watcher))]
  })
}

export function* globalStatements(i: InstanceContext): Iterable<es.Statement> {
  for (const [index, global] of i.c.module.globals.entries()) yield* globalOne(i, index, global)
}

function globalOne(
  i: InstanceContext,
  index: number,
  { init, string, type: { type, mutable } }: Global,
): es.Statement[] {
  if (init === undefined && string === undefined) return []
  const { instance, exportedGlobals } = i.c
  const { before, registers } =
    init === undefined ? { before: [], registers: [text(string!)] } : emitConstant(i, init, type)
  const { get, put, isDouble } = rowOf(type)
  const newObject = (values: readonly Node[]): [Variable, Node] => {
    const [low, high = num(0)] = values
    const flag: Node = literal(mutable, String(mutable))
    const setter: [put?: Node] = mutable ? [i.use(put)] : []
    const made = i.call('global_new', letterOf(i.use, type), flag, low!, high, i.use(get), ...setter)
    return [instance.globalObject(index), made]
  }
  if (isSharedGlobal(i.c, index))
    return [...before, ...i.constants([newObject(registers)]), ...furtherFields(i, index, type, registers)]
  const own = registers.map((node, part): [Variable, Node] => [instance.global(index, part), node])
  const values = own.map(([variable]) => variable)
  const object = exportedGlobals.has(index) ? [newObject(values)] : []
  const further = object.length > 0 ? furtherFields(i, index, type, values) : []
  if (isDouble && own.some(([, first]) => mutable || first.type !== 'Literal'))
    return [...before, ...doubles(own), ...i.constants(object), ...further]
  return [...before, ...(mutable ? define([...own, ...object]) : i.constants([...own, ...object])), ...further]
}

/**
 * Defines variables that are f64 NaNs now or later. V8 14 keeps a variable of a small module that was always a number as
 * a bare double, and quiets a signalling NaN that is put there; one that was something else once is kept as any value is.
 */
const doubles = (registers: readonly (readonly [Variable, Node])[]): es.Statement[] =>
  registers.flatMap(([variable, first]) => {
    const defined = define([[variable, first]])
    if (variable.type !== 'Identifier') return defined
    return [...defined, set(variable.name, id('null')), set(variable.name, first)]
  })

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
    if (!i.uses.calledTables.has(index)) continue
    yield* i.constants([
      [instance.tableElems(index), dot(instance.table(index), 'elems')],
      [instance.tableIds(index), dot(instance.table(index), 'ids')],
    ])
  }
}

function newTable(
  i: InstanceContext,
  { type: { element, limits, addressType }, init }: Table,
  index: number,
): es.Statement[] {
  const { before, registers } =
    init === undefined ? { before: [], registers: rowOf(element).zero } : emitConstant(i, init, element)
  const name = addressType === 'i32' ? 'table_new' : 'table_new_kind'
  const made = i.call(name, letterOf(i.use, element), ...boundsOf(limits), registers[0]!)
  return [...before, ...i.constants([[i.c.instance.table(index), made]])]
}

/** Tables that instructions use, or that are seen or set from outside of functions. */
function usedTables({ c: { module }, uses }: InstanceContext): ReadonlySet<number> {
  const used = new Set(uses.tables)
  for (const { kind, index } of [...module.imports, ...module.exports]) if (kind === 'table') used.add(index)
  for (const { mode } of module.elements) if (mode.kind === 'active') used.add(mode.index)
  return used
}

/** `table_limit` of runtime/table.ts, as a test compares. */
const MAX_TABLE = 10_000_000
