// The types of imports and exports (spec, "External Types"), found and spelt.

import type { ExternKind, Module } from './module.ts'
import { type FuncType, funcTypeName, type Limits, typeName } from './types.ts'

/** The function type at a type index, which validation has made sure of. */
export function funcTypeAt(module: Module, typeIndex: number): FuncType {
  const composite = module.types[typeIndex]?.composite
  if (composite?.kind !== 'func') throw new Error(`type ${typeIndex} is not a function type`)
  return composite
}

/** `[i32] -> [f32]`, `mut i64`, `funcref 1..10`, `1.. i64 shared`: the type of an entity of the module. */
export function externalTypeName(module: Module, kind: ExternKind, index: number): string {
  switch (kind) {
    case 'func':
      return funcTypeName(funcTypeAt(module, module.funcs[index]!.type))
    case 'tag':
      return funcTypeName(funcTypeAt(module, module.tags[index]!.type))
    case 'global': {
      const { type, mutable } = module.globals[index]!.type
      return mutable ? `mut ${typeName(type)}` : typeName(type)
    }
    case 'memory': {
      const { limits, addressType, shared, pageSize } = module.memories[index]!.type
      const page = pageSize === 1 ? ' pagesize 1' : ''
      return `${limitsName(limits)}${addressType === 'i64' ? ' i64' : ''}${shared ? ' shared' : ''}${page}`
    }
    case 'table': {
      const { element, limits, addressType } = module.tables[index]!.type
      return `${typeName(element)} ${limitsName(limits)}${addressType === 'i64' ? ' i64' : ''}`
    }
  }
}

const limitsName = (limits: Limits): string => {
  const { min, max } = limits.exact ?? limits
  return `${min}..${max ?? ''}`
}

/** The kind of an import or export in the words of the JS API. */
export type ExternalKind = Exclude<ExternKind, 'func'> | 'function'

export const externalKind = (kind: ExternKind): ExternalKind => (kind === 'func' ? 'function' : kind)
