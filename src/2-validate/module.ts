// Validation of everything but function bodies (spec, "Validation / Modules").

import { CompileError } from '../0-wasm/errors.ts'
import type { DataSegment, ElementSegment, Export, ExternKind, Module, SegmentMode } from '../0-wasm/module.ts'
import { matches } from '../0-wasm/subtyping.ts'
import { funcTypeName, isDefaultable, isRef, type Limits, typeName, type ValType } from '../0-wasm/types.ts'
import { validateConstExpr } from './constant.ts'
import { unknown } from './immediates.ts'
import { validateTypes } from './types.ts'

/** Throws a CompileError if the module is not valid. */
export function validateModule(module: Module): void {
  validateTypes(module)
  validateFuncs(module)
  validateTags(module)
  validateEntityTypes(module)
  validateTables(module)
  validateMemories(module)
  validateGlobals(module)
  validateExports(module)
  validateStart(module)
  module.elements.forEach((segment, index) => {
    validateElements(module, segment, index)
  })
  module.data.forEach((segment, index) => {
    validateData(module, segment, index)
  })
}

/** An error without code to point at: it is placed at the start of the section that it is about. */
function fail(module: Module, section: string, what: string): CompileError {
  const found = module.sections.find(({ id, name }) => id !== 0 && name === section)
  return new CompileError('invalid', what, { offset: found?.start ?? 0 })
}

/** Section that declares an entity. */
const sectionOf = (name: string, entity: { readonly import: unknown }): string => (entity.import ? 'import' : name)

/** Whether a type index is that of a function type. */
const isFuncType = (module: Module, index: number): boolean => module.types[index]?.composite.kind === 'func'

function validateFuncs(module: Module): void {
  module.funcs.forEach((func, index) => {
    if (isFuncType(module, func.type)) return
    throw fail(module, sectionOf('function', func), `${unknown('type', func.type)}, of function ${index}`)
  })
}

function validateTags(module: Module): void {
  module.tags.forEach((tag, index) => {
    const section = sectionOf('tag', tag)
    const type = module.types[tag.type]?.composite
    if (type?.kind !== 'func') throw fail(module, section, `${unknown('type', tag.type)}, of tag ${index}`)
    if (type.results.length > 0) throw fail(module, section, `non-empty tag result type, of tag ${index}`)
  })
}

/** Of what all others may name: constant expressions stand in many sections. */
function validateEntityTypes(module: Module): void {
  for (const table of module.tables) checkType(module, sectionOf('table', table), table.type.element)
  for (const global of module.globals) checkType(module, sectionOf('global', global), global.type.type)
  for (const { type } of module.elements) checkType(module, 'element', type)
}

/** What a type names exists. */
function checkType(module: Module, section: string, type: ValType): void {
  if (isRef(type) && typeof type.heap === 'number' && type.heap >= module.types.length) {
    throw fail(module, section, unknown('type', type.heap))
  }
}

function checkLimits(module: Module, section: string, limits: Limits, range: number | bigint, message: string): void {
  const { min, max } = limits.exact ?? limits
  if (min > range || (max ?? 0) > range) throw fail(module, section, message)
  if (max !== undefined && min > max) {
    throw fail(module, section, `size minimum must not be greater than maximum: ${min} > ${max}`)
  }
}

function validateTables(module: Module): void {
  const imported = module.globals.filter((global) => global.import).length
  module.tables.forEach((table, index) => {
    const { element, limits, addressType } = table.type
    const section = sectionOf('table', table)
    const bits = addressType === 'i64' ? 64 : 32
    checkLimits(module, section, limits, 2n ** BigInt(bits) - 1n, `table size must be at most 2^${bits}-1`)
    if (table.init) validateConstExpr(module, table.init, element, imported)
    else if (!table.import && !isDefaultable(element)) {
      throw fail(module, section, `type mismatch: table ${index} of ${typeName(element)} needs an initial value`)
    }
  })
}

function validateMemories(module: Module): void {
  module.memories.forEach((memory, index) => {
    const { limits, addressType, shared, pageSize } = memory.type
    const section = sectionOf('memory', memory)
    if (pageSize === undefined) throw fail(module, section, `invalid custom page size, of memory ${index}: 1 or 65536`)
    const { most, text } = addressType === 'i64' ? most64(pageSize) : most32(pageSize)
    checkLimits(module, section, limits, most, `memory size must be at most ${most} pages (${text})`)
    if (shared && limits.max === undefined) throw fail(module, section, 'shared memory must have maximum')
  })
}

/** As many pages as there are addresses for, and a number of them that is an address itself. */
const most32 = (pageSize: number) => ({ most: Math.min(2 ** 32 / pageSize, 2 ** 32 - 1), text: '4GiB' })
const most64 = (pageSize: number) => ({
  most: pageSize === 1 ? 2n ** 64n - 1n : 2n ** 64n / BigInt(pageSize),
  text: '16EiB',
})

function validateGlobals(module: Module): void {
  module.globals.forEach(({ init, type }, index) => {
    if (init) validateConstExpr(module, init, type.type, index)
  })
}

/** How many there are of each kind of entity. */
const SPACES: Readonly<Record<ExternKind, 'funcs' | 'tables' | 'memories' | 'globals' | 'tags'>> = {
  func: 'funcs',
  table: 'tables',
  memory: 'memories',
  global: 'globals',
  tag: 'tags',
}

function validateExports(module: Module): void {
  const names = new Set<string>()
  for (const { name, kind, index } of module.exports as readonly Export[]) {
    const quoted = JSON.stringify(name)
    if (index >= module[SPACES[kind]].length) {
      throw fail(module, 'export', `${unknown(kind, index)}, exported as ${quoted}`)
    }
    if (names.has(name)) throw fail(module, 'export', `duplicate export name ${quoted}`)
    names.add(name)
  }
}

function validateStart(module: Module): void {
  const { start } = module
  if (start === undefined) return
  const func = module.funcs[start]
  if (!func) throw fail(module, 'start', `${unknown('func', start)}, the start function`)
  const type = module.types[func.type]!.composite
  if (type.kind === 'func' && type.params.length + type.results.length > 0) {
    throw fail(module, 'start', `start function must have type [] -> [], it has ${funcTypeName(type)}`)
  }
}

/** The offset of an active segment has the address type of what it is written to. */
function validateMode(module: Module, mode: SegmentMode, space: 'tables' | 'memories'): void {
  if (mode.kind !== 'active') return
  validateConstExpr(module, mode.offset, module[space][mode.index]!.type.addressType, module.globals.length)
}

function validateElements(module: Module, { type, mode, items }: ElementSegment, segment: number): void {
  if (mode.kind === 'active') {
    const table = module.tables[mode.index]
    if (!table) throw fail(module, 'element', `${unknown('table', mode.index)}, of element segment ${segment}`)
    if (!matches(module, type, table.type.element)) {
      const types = `${typeName(type)} into a table of ${typeName(table.type.element)}`
      throw fail(module, 'element', `type mismatch: element segment ${segment} puts ${types}`)
    }
  }
  validateMode(module, mode, 'tables')
  if ('exprs' in items) {
    for (const expr of items.exprs) validateConstExpr(module, expr, type, module.globals.length)
    return
  }
  const missing = items.funcs.find((index) => index >= module.funcs.length)
  if (missing !== undefined) {
    throw fail(module, 'element', `${unknown('func', missing)}, in element segment ${segment}`)
  }
}

function validateData(module: Module, { mode }: DataSegment, segment: number): void {
  if (mode.kind === 'active' && mode.index >= module.memories.length) {
    throw fail(module, 'data', `${unknown('memory', mode.index)}, of data segment ${segment}`)
  }
  validateMode(module, mode, 'memories')
}
