// Validation of everything but function bodies (spec, "Validation / Modules").

import { CompileError } from '../0-wasm/errors.ts'
import { RUNTIME_LIMITS } from '../0-wasm/limits.ts'
import type { DataSegment, ElementSegment, Export, ExternKind, Module, SegmentMode } from '../0-wasm/module.ts'
import { matches } from '../0-wasm/subtyping.ts'
import { funcTypeName, type Limits, typeName } from '../0-wasm/types.ts'
import { validateConstExpr } from './constant.ts'
import { unknown } from './immediates.ts'

/** Throws a CompileError if the module is not valid, or uses a feature that the compiler lacks. */
export function validateModule(module: Module): void {
  if (module.refusal) throw module.refusal
  validateFuncs(module)
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

function validateFuncs(module: Module): void {
  module.funcs.forEach((func, index) => {
    if (module.types[func.type]?.composite.kind === 'func') return
    throw fail(module, sectionOf('function', func), `${unknown('type', func.type)}, of function ${index}`)
  })
}

function checkLimits(module: Module, section: string, limits: Limits, range: number, message: string): void {
  const { min, max } = limits
  if (min > range || (max ?? 0) > range) throw fail(module, section, message)
  if (max !== undefined && min > max) {
    throw fail(module, section, `size minimum must not be greater than maximum: ${min} > ${max}`)
  }
}

function validateTables(module: Module): void {
  for (const table of module.tables) {
    checkLimits(module, sectionOf('table', table), table.type.limits, 2 ** 32 - 1, 'table size must be at most 2^32-1')
  }
}

function validateMemories(module: Module): void {
  const { memoryPages } = RUNTIME_LIMITS
  const message = `memory size must be at most ${memoryPages} pages (4GiB)`
  for (const memory of module.memories) {
    checkLimits(module, sectionOf('memory', memory), memory.type.limits, memoryPages, message)
  }
}

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
